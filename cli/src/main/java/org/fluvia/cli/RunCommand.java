package org.fluvia.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.fluvia.cli.source.ProgramFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fluvia run}: a Java program that uses the library. */
@Command(name = "run", sortOptions = false, header = "Runs a Java program that uses the library.",
        description = "Compiles the program in memory, with what it uses of the other sources in its folder, and calls its main method. The run"
                + " ends when that returns.",
        footer = "%nExample: fluvia run examples/demos/TwoMoons.java gallery")
final class RunCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "PROGRAM.java", description = "A Java source file whose public class has a main method.")
    private String program;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGUMENT", description = "What the main method is given; all after the program's name.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        ProgramFile file = ProgramFile.of(program);
        Versions.kernels();
        ExitGuard.standDown();
        file.run(arguments);
        return 0;
    }
}

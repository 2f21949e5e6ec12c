package org.fluvia.cli;

import java.io.PrintWriter;
import org.fluvia.cli.source.StanFile;
import org.fluvia.cli.source.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluvia translate}: a Stan program as a model in Java. */
@Command(name = "translate", sortOptions = false, header = "Prints a Stan program as a model in Java.",
        description = "The class has the same log-density, names and comments, and is named as the program's file. What cannot be translated is refused,"
                + " with the line and with what to write instead; generated quantities that cannot be are left out, with a line on standard error.",
        footer = "%nExample: fluvia translate eight_schools.stan > EightSchools.java%nThen: fluvia fit EightSchools.java --data schools.json")
final class TranslateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROGRAM.stan", description = "A Stan program.")
    private String program;

    @Override
    public void run() {
        if (!StanFile.isProgram(program)) throw new UserError("PROGRAM.stan: " + program + " is not named as a Stan program is, by .stan at its end.");
        PrintWriter err = spec.commandLine().getErr();
        String java = StanFile.of(program).toJava(note -> Output.warn(err, note));
        PrintWriter out = spec.commandLine().getOut();
        out.print(java);
        out.flush();
    }
}

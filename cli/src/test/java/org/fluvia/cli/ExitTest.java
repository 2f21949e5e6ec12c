package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit code says what became of the fit, whatever the model does and wherever the output goes. In JVMs of their own. */
class ExitTest {
    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private Ended run(String redirection, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Dfluvia.simd=off",
                "-cp", System.getProperty("java.class.path"),
                "org.fluvia.cli.FluviaCommand"));
        for (Object a : arguments) command.add(String.valueOf(a));
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" " + redirection, "sh"));
        shell.addAll(command);
        Path err = folder.resolve("err.txt");
        Process p = new ProcessBuilder(shell).redirectError(err.toFile()).start();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(p.waitFor(), out, Files.readString(err));
    }

    @Test
    void aModelThatEndsTheJvmIsToldAndTheFitIsNoSuccess() throws Exception {
        Path out = folder.resolve("out");
        for (String definition : List.of("System.exit(0);", "Runtime.getRuntime().exit(3);",
                "m.logDensity(m.parameter(\"x\", Support.real()).external((at, gradient) -> { System.exit(0); return 0; }));")) {
            Ended e = run("", "fit", Run.model(folder, "Ends", "", definition), "--out", out);
            assertEquals(new Ended(ExitCode.USERS_MISTAKE, "", "fluvia: Ends.java:11 calls System.exit, which ends the fit without a result."
                    + " Throw an exception instead, or return.\n"), e);
            assertFalse(Files.exists(out));
        }
    }

    @Test
    void aProgramMayEndTheJvm() throws Exception {
        Path program = Run.file(folder, "Ends.java", "public class Ends { public static void main(String[] a) { System.exit(7); } }");
        assertEquals(new Ended(7, "", ""), run("", "run", program));
    }

    @Test
    void whatCannotBePrintedIsTold() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        Path model = Run.model(folder, "Tiny", "m.sample(\"x\", normal(0, 1));");
        Path points = Run.file(folder, "points.json", "[{\"x\": 1}]");
        Path out = folder.resolve("out");
        for (String redirection : List.of("> /dev/full", ">&-")) {
            for (Ended e : List.of(run(redirection, "--version"), run(redirection, "fit", "--help"), run(redirection, "density", model, "--at", points),
                    run(redirection, "fit", model, "--draws", 100, "--out", out))) {
                assertEquals(ExitCode.USERS_MISTAKE, e.code, e.err);
                assertEquals("fluvia: cannot write to standard output: it is closed, or its disk is full\n", e.err);
            }
        }
        assertTrue(Files.exists(out.resolve("summary.json")));
    }
}

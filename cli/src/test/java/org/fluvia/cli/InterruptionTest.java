package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.flows.file.FlowFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C during a fit or a training, in a JVM of its own. */
@DisabledOnOs(OS.WINDOWS) // no signals
class InterruptionTest {
    /** It takes well under a second; a busy machine is given more. The fit alone would take for ever. */
    private static final long PATIENCE_SECONDS = 10;

    @TempDir
    private Path folder;

    /** Starts a fit that would take for ever, and waits until it is under way. */
    private Process begin(Path out) throws IOException {
        Path model = Run.model(folder, "Slow", "Expr x = m.parameter(\"x\", Support.real());",
                "m.logDensity(x.external((at, gradient) -> {",
                "    System.out.println(\"under way\");",
                "    long end = System.nanoTime() + 50_000_000;",
                "    while (System.nanoTime() < end) Thread.onSpinWait();",
                "    gradient[0] = -at[0];",
                "    return -0.5 * at[0] * at[0];",
                "}));");
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Dfluvia.simd=off", "-cp", System.getProperty("java.class.path"),
                "org.fluvia.cli.FluviaCommand", "fit", model.toString(), "--out", out.toString(), "--threads", "1").start();
        while (process.getInputStream().read() != '\n') assertTrue(process.isAlive());
        return process;
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
    }

    private static String ended(Process process, int code) throws IOException, InterruptedException {
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "did not end");
            assertEquals(code, process.exitValue());
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether this process's parent, such as a shell that runs it in the background, made it ignore SIGINT, as its children then do. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return false;
        String mask = Files.readAllLines(status).stream().filter(l -> l.startsWith("SigIgn:")).findFirst().orElse("0");
        return (Long.parseUnsignedLong(mask.replaceFirst("SigIgn:\\s*", ""), 16) & 2) != 0;
    }

    @Test
    void itEndsSoonAndLeavesOlderResultsAlone() throws Exception {
        assumeFalse(interruptsAreIgnored(), "skipped: whoever started this ignores SIGINT");
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("summary.json"), "old");
        Process process = begin(out);
        signal(process, "INT");
        assertEquals("fluvia: interrupted; nothing was written\n", ended(process, ExitCode.INTERRUPTED));
        try (var files = Files.list(out)) {
            assertEquals(List.of(out.resolve("summary.json")), files.toList());
        }
        assertEquals("old", Files.readString(out.resolve("summary.json")));
    }

    @Test
    void aRequestToTerminateEndsItToo() throws Exception {
        Path out = folder.resolve("out");
        Process process = begin(out);
        signal(process, "TERM");
        ended(process, 143);
        assertFalse(Files.exists(out));
    }

    @Test
    void whatWasCalibratedIsKept() throws Exception {
        assumeFalse(interruptsAreIgnored(), "skipped: whoever started this ignores SIGINT");
        Path model = Run.model(folder, "Mean", "m.observe(\"y\", normal(m.sample(\"mu\", normal(0, 1)), 1));");
        Path data = Run.file(folder, "data.json", "{\"y\": [0, 0]}");
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Dfluvia.simd=off", "-Dfluvia.terminal=true", "-cp",
                System.getProperty("java.class.path"), "org.fluvia.cli.FluviaCommand", "sbc", model.toString(), "--data", data.toString(),
                "--repeats", "100000", "--flow", "fullRank", "--out", out.toString()).start();
        StringBuilder err = new StringBuilder();
        Pattern some = Pattern.compile("fits ([3-9]\\d|\\d{3,})/"); // not every number is shown
        while (!some.matcher(err).find()) {
            int next = process.getErrorStream().read();
            assertTrue(next >= 0, err.toString());
            err.append((char) next);
        }
        signal(process, "INT");
        String rest = ended(process, ExitCode.INTERRUPTED);
        String ranks = Pattern.quote(out.resolve("ranks.csv").toString());
        Matcher said = Pattern.compile("fluvia: interrupted; the first (\\d+) fits are in " + ranks + "\n$").matcher(rest);
        assertTrue(said.find(), rest);
        assertEquals(Integer.parseInt(said.group(1)) + 4, Files.readAllLines(out.resolve("ranks.csv")).size(), "3 comments, the names, a row for each");
    }

    @Test
    void whatWasLearnedIsKept() throws Exception {
        assumeFalse(interruptsAreIgnored(), "skipped: whoever started this ignores SIGINT");
        StringBuilder csv = new StringBuilder("x,y\n");
        double[] z = NormalNoise.of(1).values(20_000);
        for (int i = 0; i < z.length; i += 2) csv.append(z[i]).append(',').append(z[i] * z[i] + z[i + 1]).append('\n');
        Path data = Run.file(folder, "data.csv", csv.toString());
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Dfluvia.simd=off", "-Dfluvia.terminal=true", "-cp",
                System.getProperty("java.class.path"), "org.fluvia.cli.FluviaCommand", "learn", data.toString(), "--out", out.toString(),
                "--epochs", "1000000").start();
        StringBuilder err = new StringBuilder();
        while (!err.toString().contains("nats a row")) {
            int next = process.getErrorStream().read();
            assertTrue(next >= 0, err.toString());
            err.append((char) next);
        }
        assertTrue(err.toString().contains("\rreading data.csv  1000 rows  "), err.toString());
        signal(process, "INT");
        String rest = ended(process, ExitCode.INTERRUPTED);
        assertTrue(rest.endsWith("fluvia: interrupted; the best flow so far is in " + out.resolve("flow.fluvia") + "\n"), rest);
        FlowFile kept = FlowFile.read(out.resolve("flow.fluvia"));
        assertEquals(TrainingRecord.Ending.INTERRUPTED, kept.flow().record().ending());
        assertEquals(List.of("x", "y"), kept.columns());
    }
}

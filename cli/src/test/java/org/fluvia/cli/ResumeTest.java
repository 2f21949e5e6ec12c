package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Model;
import org.fluvia.report.OutputFolder;
import org.fluvia.support.Support;
import org.fluvia.vi.Checkpoint;
import org.fluvia.vi.Fit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fluvia fit --resume}: what was killed ends as if nothing had happened. */
class ResumeTest {
    @TempDir
    private Path folder;
    private Path model;
    private Path out;

    @BeforeEach
    void writeAModel() {
        model = banana("4");
        out = folder.resolve("out");
    }

    private Path banana(String variance) {
        return Run.model(folder, "Banana", "Expr x = m.parameter(\"x\", Support.real());", "Expr y = m.parameter(\"y\", Support.real());",
                "m.logDensity(x.div(2).square().plus(y.minus(x.square().minus(" + variance + ").times(0.25)).square()).times(-0.5));");
    }

    /** Leaves what the command leaves that is killed in the middle of a training. */
    private void killed(String... words) {
        Model same = Model.define("Banana", m -> {
            Expr x = m.parameter("x", Support.real());
            Expr y = m.parameter("y", Support.real());
            m.logDensity(x.div(2).square().plus(y.minus(x.square().minus(4).times(0.25)).square()).times(-0.5));
        });
        Checkpoint checkpoint = Checkpoint.in(out.resolve(OutputFolder.CHECKPOINT)).every(Duration.ZERO).command(List.of(words));
        int[] steps = new int[1];
        assertThrows(IllegalStateException.class, () -> Fit.of(same).draws(200).checkpoint(checkpoint).progress(e -> {
            if (e.stage().equals("flow") && ++steps[0] == 3) throw new IllegalStateException("killed");
        }).run());
        assertTrue(Files.exists(checkpoint.file()));
    }

    private String[] command() {
        return new String[] {model.toString(), "--draws", "200", "--out", out.toString()};
    }

    private static String results(Path out) throws IOException {
        String summary = Files.readString(out.resolve("summary.json"));
        String draws = Files.readString(out.resolve("draws.csv"));
        return summary.lines().filter(l -> !l.startsWith("  \"seconds\":")).collect(Collectors.joining("\n"))
                + draws.lines().filter(l -> !l.startsWith("#")).collect(Collectors.joining("\n"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void itEndsAsIfNothingHadHappened() throws IOException {
        Path whole = folder.resolve("whole");
        Run uninterrupted = Run.of("fit", model, "--draws", 200, "--out", whole);
        killed(command());
        Run resumed = Run.of("fit", "--resume", out);
        assertEquals("fluvia: goes on from " + out.resolve("checkpoint.fluvia") + "\n", resumed.err());
        assertEquals(uninterrupted.code(), resumed.code());
        assertEquals(results(whole), results(out));
        assertEquals(List.of("draws.csv", "posterior.fluvia", "summary.json"), names(out));

        Run again = Run.of("fit", "--resume", out);
        assertEquals(ExitCode.USERS_MISTAKE, again.code());
        assertEquals("fluvia: --resume: checkpoint " + out.resolve("checkpoint.fluvia") + ": cannot be read (there is no such file). Begin the fit anew."
                + " Try fluvia fit --help.\n", again.err());
    }

    @Test
    void theSameCommandAgainGoesOnToo() throws IOException {
        killed(command());
        Run again = Run.of("fit", model, "--draws", 200, "--out", out);
        assertTrue(again.err().startsWith("fluvia: goes on from "), again.err());
        assertEquals(List.of("draws.csv", "posterior.fluvia", "summary.json"), names(out));
    }

    @Test
    void otherOptionsMayBeAdded() {
        killed(command());
        Run resumed = Run.of("fit", "--threads", 1, "--resume=" + out, "--report", folder.resolve("report.html"));
        assertTrue(resumed.err().startsWith("fluvia: goes on from "), resumed.err());
        assertTrue(Files.exists(folder.resolve("report.html")));
    }

    @Test
    void anotherModelIsRefused() {
        killed(command());
        banana("5");
        Run resumed = Run.of("fit", "--resume", out);
        assertEquals(ExitCode.USERS_MISTAKE, resumed.code());
        assertTrue(resumed.err().startsWith("fluvia: --resume: " + out.resolve("checkpoint.fluvia") + " is of another fit: "), resumed.err());
        assertTrue(Files.exists(out.resolve("checkpoint.fluvia")), "it is not lost");
    }

    @Test
    void aFitOfAnotherFolderIsRefused() {
        killed(model.toString(), "--draws", "200", "--out", "elsewhere");
        Run resumed = Run.of("fit", "--resume", out);
        assertEquals(ExitCode.USERS_MISTAKE, resumed.code());
        assertTrue(resumed.err().contains("begun in another folder") && resumed.err().contains("elsewhere"), resumed.err());
    }

    @Test
    void aFitThatComesToItsEndLeavesNoCheckpoint() throws IOException {
        killed(command());
        banana("5");
        Run other = Run.of("fit", model, "--draws", 200, "--out", out);
        assertFalse(other.err().contains("goes on"), other.err());
        assertFalse(Files.exists(out.resolve("checkpoint.fluvia")));
        assertFalse(names(out).stream().anyMatch(n -> n.endsWith(".tmp")));
    }

    @Test
    void withoutAFolderThereIsAMessage() {
        Run run = Run.of("fit", "--resume");
        assertEquals(ExitCode.USERS_MISTAKE, run.code());
        assertEquals("fluvia: --resume needs a value, DIR. Try fluvia fit --help.\n", run.err());
    }
}

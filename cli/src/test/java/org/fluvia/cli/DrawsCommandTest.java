package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fluvia.model.Data;
import org.fluvia.vi.PosteriorFile;
import org.fluvia.vi.SavedPosterior;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fluvia draws} of what {@code fluvia fit} wrote, when model and data are gone. */
class DrawsCommandTest {
    @TempDir
    private static Path folder;
    private static Path results;
    private static SavedPosterior saved;
    private static String printed;

    @BeforeAll
    static void fit() throws IOException {
        Path model = Run.model(folder, "Small", "Expr tau = m.sample(\"tau\", halfNormal(1));", "m.sample(\"a\", normal(0, 1), 2, 3);",
                "m.observe(\"y\", normal(tau, 1));", "m.derive(\"twice\", tau.times(2));");
        Path data = Run.file(folder, "data.json", "{\"y\": 0.5}");
        results = folder.resolve("out");
        Run run = Run.of("fit", model, "--data", data, "--out", results, "--draws", 300);
        assertEquals(0, run.code());
        printed = run.out();
        Files.delete(model);
        Files.delete(data);
        saved = PosteriorFile.read(results.resolve("posterior.fluvia"));
    }

    @Test
    void theDrawsThatWereKeptAreThoseOfTheFit() throws IOException {
        List<String> fitted = Files.readAllLines(results.resolve("draws.csv"));
        Run run = Run.of("draws", results, "--format", "stan");
        assertEquals(0, run.code(), run.err());
        assertEquals(fitted, run.out().lines().toList());
        Run few = Run.of("draws", results.resolve("posterior.fluvia"), "--draws", 3);
        assertEquals("tau,\"a[1,1]\",\"a[1,2]\",\"a[1,3]\",\"a[2,1]\",\"a[2,2]\",\"a[2,3]\",twice", few.out().lines().findFirst().orElseThrow());
        assertEquals(4, few.out().lines().count());
        assertTrue(few.out().lines().skip(1).findFirst().orElseThrow().startsWith(saved.draws("tau")[0] + ","), few.out());
    }

    @Test
    void newDrawsAreAFunctionOfTheSeedAndAsManyAsAreAskedFor() {
        assertEquals("PASS", saved.verdict().name());
        Run run = Run.of("draws", results, "--draws", 1000);
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err());
        assertEquals(1001, run.out().lines().count());
        assertEquals(run.out(), Run.of("draws", results, "--draws", 1000, "--seed", 1).out());
        assertFalse(run.out().equals(Run.of("draws", results, "--draws", 1000, "--seed", 2).out()));
    }

    @Test
    void jsonHasTheDrawFirstAndIsReadBack() throws IOException {
        Path file = folder.resolve("draws.json");
        assertEquals(0, Run.of("draws", results, "--draws", 4, "--seed", 7, "--format", "json", "--out", file).code());
        Data read = Data.json(file);
        assertArrayEquals(new int[] {4, 2, 3}, read.shape("a").dims());
        double[] tau = read.values("tau");
        for (int j = 0; j < 4; j++) {
            assertEquals(saved.sample(4, 7).get(0, j), tau[j]);
            assertEquals(saved.sample(4, 7).get(6, j), read.values("a")[6 * j + 5]);
        }
    }

    @Test
    void theSummaryIsWhatTheFitPrinted() {
        Run run = Run.of("summary", results);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith(printed.stripTrailing()), run.out());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(lines.size() - 3).endsWith(", seed 1, 300 draws"), run.out());
        assertTrue(lines.get(lines.size() - 2).matches("model [0-9a-f]{64}") && lines.get(lines.size() - 1).matches("data {2}[0-9a-f]{64}"), run.out());
        refused("POSTERIOR: no such file: ", "summary", folder.resolve("none"));
    }

    @Test
    void wrongOnesAreRefusedInOneMessage() {
        refused("--draws: must be at least 1, but was 0", "draws", results, "--draws", 0);
        refused("--format: there is no format jsn. Did you mean json? There are csv, stan, json, arviz", "draws", results, "--format", "jsn");
        refused("--format stan: has the model's log-density of each draw, which is known of the 300 draws that were kept", "draws", results, "--format", "stan",
                "--seed", 3);
        refused("--format stan: has all draws that were kept, 300", "draws", results, "--format", "stan", "--draws", 3);
        refused("POSTERIOR: no such file: " + folder.resolve("none"), "draws", folder.resolve("none"));
        refused("POSTERIOR: no such file: " + folder.resolve("posterior.fluvia"), "draws", folder);
        refused("POSTERIOR: " + results.resolve("draws.csv") + " cannot be read: it is no file of Fluvia's.", "draws", results.resolve("draws.csv"));
        refused("POSTERIOR: must be a file's name, but is empty", "draws", "");
        refused("--out: must be a file's name, but is empty", "draws", results, "--out", "");
        refused("--out: cannot write to " + folder.resolve("none/a.csv") + " (there is no such folder). Choose another file.", "draws", results, "--out",
                folder.resolve("none/a.csv"));
        refused("--draws: 2000000000 draws need ", "draws", results, "--draws", 2_000_000_000);
    }

    private static void refused(String message, Object... arguments) {
        Run run = Run.of(arguments);
        assertEquals(ExitCode.USERS_MISTAKE, run.code(), run.err());
        assertTrue(run.err().startsWith("fluvia: " + message), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}

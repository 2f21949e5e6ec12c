package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fluvia sbc}. */
class SbcCommandTest {
    @TempDir
    private Path folder;

    @Test
    void ranksAndPicturesAreWritten() throws IOException {
        Path model = Run.model(folder, "Mean", "m.observe(\"y\", normal(m.sample(\"mu\", normal(0, 1)), 1));");
        Path data = Run.file(folder, "data.json", "{\"y\": [0, 0]}");
        Path out = folder.resolve("out");
        Run run = Run.of("sbc", model, "--data", data, "--repeats", 20, "--flow", "fullRank", "--out", out);
        assertEquals(0, run.code(), run.err() + run.out());
        assertTrue(run.out().startsWith("simulation-based calibration of Mean: 20 fits, 20 of them trusted"), run.out());
        assertTrue(run.out().contains("Calibrated, as far as 20 fits can tell"), run.out());
        assertEquals(24, Files.readAllLines(out.resolve("ranks.csv")).size(), "3 comments, the names, a row for each");
        assertTrue(Files.readString(out.resolve("ranks.csv")).contains("repeat,verdict,mu,log density"));
        for (String picture : new String[] {"ranks", "differences"}) {
            assertTrue(Files.readString(out.resolve(picture + ".svg")).contains(">mu</text>"), picture);
            assertTrue(Files.size(out.resolve(picture + ".png")) > 1000, picture);
        }
    }

    @Test
    void mistakesAreNamed() {
        Path flat = Run.model(folder, "Flat", "m.observe(\"y\", normal(m.parameter(\"mu\", Support.real()), 1));");
        Path data = Run.file(folder, "data.json", "{\"y\": [0, 0]}");
        BadInputTest.assertMistake(Run.of("sbc", flat, "--data", data), "mu of model Flat must have a proper prior");
        BadInputTest.assertMistake(Run.of("sbc", flat, "--data", data, "--repeats", 5), "--repeats must be at least 20, but was 5");
        BadInputTest.assertMistake(Run.of("sbc", flat, "--data", data, "--flow", "nope"), "--flow: there is no flow nope");
        BadInputTest.assertMistake(Run.of("sbc", flat, "--data", data, "--threads", 0), "--threads must be from 1 to 1024, but was 0");
    }
}

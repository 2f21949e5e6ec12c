package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fluvia fit --report}. */
class ReportTest {
    @TempDir
    private Path folder;
    private Path model;
    private Path data;

    @BeforeEach
    void write() {
        model = Run.model(folder, "Small", "Expr mu = m.sample(\"mu\", normal(0, 5));", "m.observe(\"y\", normal(mu, 1));", "m.predict(\"later\", normal(mu, 1));");
        data = Run.file(folder, "my data.json", "{\"y\": [1, 2, 3.5]}");
    }

    @Test
    void thePageHasModelDataPredictionsAndTheCommand() throws IOException {
        Path report = folder.resolve("report.html");
        Run run = Run.of("fit", model, "--data", data, "--draws", 300, "--loo", "--report", report);
        assertEquals(0, run.code(), run.err());
        String page = Files.readString(report);
        assertTrue(page.contains("fluvia fit " + model + " --data &#39;" + data + "&#39; --draws 300 --loo --report " + report), "the command");
        assertTrue(page.contains("public class Small implements ModelSource"), "the source");
        assertTrue(page.contains("Statistics of y and of 200 replications.") && page.contains("later"), "the predictions");
        assertTrue(page.contains("y[3]") && page.contains("Variables of my data.json."), "cross-validation and data");
        try (var files = Files.list(folder)) {
            assertEquals(3, files.count(), "no other file is left");
        }
    }

    @Test
    void itHasThePredictionsThatWereAskedFor() throws IOException {
        Path report = folder.resolve("report.html");
        assertEquals(0, Run.of("fit", model, "--data", data, "--draws", 300, "--predict", 50, "--report", report).code());
        assertTrue(Files.readString(report).contains("Statistics of y and of 50 replications."));
    }

    @Test
    void itMayLieInTheFolderOfTheResultsThatTheFitMakes() {
        Path results = folder.resolve("results");
        Run run = Run.of("fit", model, "--data", data, "--draws", 300, "--out", results, "--report", results.resolve("report.html"));
        assertEquals(0, run.code(), run.err());
        assertTrue(Files.exists(results.resolve("report.html")) && Files.exists(results.resolve("summary.json")));
    }

    @Test
    void whereItCannotBeWrittenIsSaidBeforeTheFit() {
        for (Object[] wrong : new Object[][] {{folder.resolve("no/report.html"), "there is no such folder"}, {folder, "it is a folder"}}) {
            Run run = Run.of("fit", model, "--data", data, "--report", wrong[0]);
            BadInputTest.assertMistake(run, "--report: cannot write to ", wrong[1] + "). Choose another file.");
        }
        BadInputTest.assertMistake(Run.of("fit", model, "--data", data, "--report", ""), "--report: must be a file's name, but is empty");
        assertFalse(Files.exists(folder.resolve("no")));
    }
}

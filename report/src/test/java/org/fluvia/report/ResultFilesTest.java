package org.fluvia.report;

import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelBuilder;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.Predictions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program writes what the command writes, all at once and each by itself. */
class ResultFilesTest {
    private static Posterior posterior;

    @TempDir
    private Path folder;

    private static void define(ModelBuilder m) {
        Expr mu = m.sample("mu", normal(0, 5));
        m.observe("y", normal(mu, 1));
    }

    @BeforeAll
    static void fit() {
        posterior = Fit.of(Model.define("small", ResultFilesTest::define)).data(Data.empty().with("y", 1, 2, 3)).draws(200).run();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void oneCallWritesDrawsAndSummary() throws IOException {
        Path to = folder.resolve("new/results");
        ResultFiles.of(posterior).writeTo(to);
        assertEquals(List.of("draws.csv", "posterior.fluvia", "summary.json"), names(to));
        assertEquals(DrawsCsv.of(posterior).text(), Files.readString(to.resolve("draws.csv")));
        assertEquals(SummaryJson.of(posterior).text(), Files.readString(to.resolve("summary.json")));
        assertTrue(SummaryJson.of(posterior).text().contains("\"model_file\": null,\n"));
    }

    @Test
    void whatIsAskedForBesidesIsThere() throws IOException {
        Loo loo = posterior.loo();
        Map<String, Predictions> predictions = posterior.predict(posterior.seed(), 50);
        ResultFiles all = ResultFiles.of(posterior).loo(loo).predictions(predictions).logLikelihoods()
                .arviz(ArvizJson.of(posterior)).files("M.java", "d.json");
        all.writeTo(folder);
        List<String> pictures = OutputFolder.FILES.stream().filter(f -> f.endsWith(".png") || f.endsWith(".svg")).toList();
        assertEquals(OutputFolder.FILES.stream().filter(f -> !pictures.contains(f)).sorted().toList(), names(folder));
        assertEquals(LooCsv.of(loo).text(), Files.readString(folder.resolve("loo.csv")));
        assertEquals(PredictionsCsv.of(posterior, predictions).text(), Files.readString(folder.resolve("predictions.csv")));
        String draws = Files.readString(folder.resolve("draws.csv"));
        assertTrue(draws.contains("\nlp__,log_q__,mu,log_lik.1,log_lik.2,log_lik.3\n"), draws);
        String summary = Files.readString(folder.resolve("summary.json"));
        assertTrue(summary.contains("\"model_file\": \"M.java\",\n  \"data_file\": \"d.json\",\n"), summary);
        String inSummary = summary.lines().filter(l -> l.startsWith("  \"loo\": ")).findFirst().orElseThrow();
        assertEquals(LooJson.of(loo).text().replaceAll("\\n *", " ").replace("{ ", "{").replace(" }", "}").strip(),
                inSummary.substring(9, inSummary.length() - 1));
        ResultFiles.of(posterior).writeTo(folder);
        assertEquals(List.of("draws.csv", "posterior.fluvia", "summary.json"), names(folder)); // a run replaces another one whole
    }

    @Test
    void aDocumentGoesToAWriterOrTakesAFilesPlaceWhole() throws IOException {
        StringWriter out = new StringWriter();
        DrawsCsv.of(posterior).writeTo(out);
        Path file = Files.writeString(folder.resolve("mine.csv"), "old");
        DrawsCsv.of(posterior).writeTo(file);
        assertEquals(out.toString(), Files.readString(file));
        assertThrows(IOException.class, () -> ((Document) w -> {
            w.write("half");
            throw new IOException("disk full");
        }).writeTo(file));
        assertEquals(out.toString(), Files.readString(file));
        assertEquals(List.of("mine.csv"), names(folder));
        assertThrows(NoSuchFileException.class, () -> DrawsCsv.of(posterior).writeTo(folder.resolve("none/draws.csv")));
    }

    @Test
    void aPipeIsWrittenToAsItIs() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        FutureTask<String> reading = new FutureTask<>(() -> Files.readString(pipe));
        new Thread(reading).start();
        DrawsCsv.of(posterior).writeTo(pipe);
        assertEquals(DrawsCsv.of(posterior).text(), reading.get());
        assertEquals(List.of("pipe"), names(folder));
    }

    @Test
    void whatCannotBeWrittenIsRefusedAtOnce() {
        Posterior other = Fit.of(Model.define("own", m -> m.sample("log_lik", normal(0, 1)))).draws(100).run();
        IllegalArgumentException taken = assertThrows(IllegalArgumentException.class, () -> DrawsCsv.of(other).logLikelihoods());
        assertTrue(taken.getMessage().contains("log_lik of its own"), taken.getMessage());
        Posterior none = Fit.of(Model.define("none", m -> m.sample("x", normal(0, 1)))).draws(100).run();
        assertThrows(IllegalArgumentException.class, () -> ResultFiles.of(none).logLikelihoods());
        assertThrows(IllegalArgumentException.class, () -> ResultFiles.of(none).predictions(Map.of()));
    }
}

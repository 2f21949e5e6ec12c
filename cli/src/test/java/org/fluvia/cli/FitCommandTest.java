package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.fluvia.flows.Flows;
import org.fluvia.report.OutputFolder;
import org.fluvia.report.json.JsonText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run of {@code fluvia fit} on a small model, a matrix among its parameters. */
class FitCommandTest {
    @TempDir
    private Path folder;
    private Path model;
    private Path data;

    @BeforeEach
    void writeAModel() {
        model = Run.model(folder, "Small",
                "Expr a = m.sample(\"a\", normal(m.data(\"at\"), 0.01));",
                "Expr tau = m.sample(\"tau\", logNormal(0, 1));",
                "m.derive(\"twice\", tau.times(2));");
        data = Run.file(folder, "data.json", "{\"at\": [[1, 2, 3], [4, 5, 6]]}");
    }

    private Run fit(String out, Object... more) {
        List<Object> words = new ArrayList<>(List.of("fit", model, "--data", data, "--out", folder.resolve(out), "--draws", 500));
        words.addAll(Arrays.asList(more));
        return Run.of(words.toArray());
    }

    /** What must not depend on when or how fast a fit ran. */
    private String results(String out) throws IOException {
        String summary = Files.readString(folder.resolve(out).resolve("summary.json"));
        String draws = Files.readString(folder.resolve(out).resolve("draws.csv"));
        return summary.lines().filter(l -> !l.startsWith("  \"seconds\":")).collect(Collectors.joining("\n"))
                + draws.lines().filter(l -> !l.startsWith("#")).collect(Collectors.joining("\n"));
    }

    @Test
    void progressForMachinesIsJsonLineByLine() throws IOException {
        List<String> stages = new ArrayList<>();
        for (String line : fit("json", "--json").err().lines().toList()) {
            List<String> names = new ArrayList<>();
            try (JsonParser json = new JsonFactory().createParser(line)) {
                assertEquals(JsonToken.START_OBJECT, json.nextToken());
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    names.add(json.currentName());
                    JsonToken value = json.nextToken();
                    if (names.size() == 1) stages.add(json.getText());
                    assertTrue(names.size() == 1 ? value == JsonToken.VALUE_STRING : value.isNumeric() || value == JsonToken.VALUE_NULL, line);
                }
            }
            assertEquals(List.of("stage", "step", "steps", "elbo", "seconds_left"), names);
        }
        assertEquals("starts", stages.get(0));
        assertEquals("done", stages.get(stages.size() - 1));
    }

    @Test
    void whatMayBeAMistakeIsAWarningAndTheFitGoesOn() {
        Path twice = Run.model(folder, "Twice", "Expr mu = m.sample(\"mu\", normal(0, 5));", "m.observe(\"y\", normal(mu, 1));",
                "m.observe(\"y\", normal(mu, 2));", "m.derive(\"K\", mu);");
        Run run = Run.of("fit", twice, "--data", Run.file(folder, "twice.json", "{\"y\": [1, 2], \"K\": 3, \"N\": 2}"), "--draws", 200);
        assertEquals(0, run.code(), run.err());
        List<String> warnings = run.err().lines().toList();
        assertEquals("warning: observe: y is observed twice (Twice.java:11 and Twice.java:12): its density counts twice.", warnings.get(0));
        assertTrue(warnings.get(1).startsWith("warning: K (Twice.java:13) has the name of a variable of twice.json"), run.err());
        assertEquals("warning: data: the model does not use K, N of twice.json.", warnings.get(2));
        assertEquals(3, warnings.size());
    }

    @Test
    void whatIsNotFiniteIsSaidAndTheFitStands() throws IOException {
        Path shaky = Run.model(folder, "Shaky", "Expr mu = m.sample(\"mu\", normal(0, 1));", "m.derive(\"root\", mu.sqrt());",
                "m.predict(\"count\", poisson(mu.times(mu.abs())));");
        Path out = folder.resolve("shaky");
        Run run = Run.of("fit", shaky, "--out", out, "--draws", 400, "--predict", 400);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().matches("(?s).*Note: root is not finite in \\d+ of 400 draws, which its summary leaves out: root is NaN in draw \\d+:"
                + " sqrt gives NaN \\(Shaky.java:11\\), with mu = -.*"), run.out());
        assertTrue(run.err().matches("(?s)warning: predictions of count are NaN in \\d+ of 400 draws, as a parameter of their distribution is invalid:"
                + " draw \\d+: poisson: rate must be finite and not negative, but was -[0-9.E-]+ \\(Shaky.java:12\\)\\.\\R"), run.err());
        String summary = Files.readString(out.resolve("summary.json"));
        assertTrue(summary.contains("\"notes\": [\"root is not finite") && summary.matches("(?s).*\"root\": \\{.*\"left_out\": \\d+}.*"), summary);
        long nan = Files.readAllLines(out.resolve("draws.csv")).stream().filter(l -> l.endsWith(",nan")).count();
        assertTrue(summary.contains("\"left_out\": " + nan + "}"), nan + " in " + summary);
        List<String> predictions = Files.readAllLines(out.resolve("predictions.csv"));
        assertTrue(predictions.stream().anyMatch(l -> l.startsWith("# note_1 = predictions of count are NaN")), predictions.get(0));
        assertEquals(nan, predictions.stream().filter("nan"::equals).count());
    }

    @Test
    void ofOneDrawThereIsNoSd() throws IOException {
        Run run = Run.of("fit", model, "--data", data, "--out", folder.resolve("one"), "--draws", 1);
        assertTrue(run.out().contains("One draw says nothing of the spread: there is no sd and no mcse."), run.out());
        String summary = Files.readString(folder.resolve("one/summary.json"));
        assertTrue(summary.contains("\"sd\": null, \"mcse\": null, "), summary);
    }

    @Test
    void printsTheVerdictAndWritesSummaryAndDraws() throws IOException {
        Run run = fit("out");
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("Small: "), run.out());
        assertTrue(run.out().contains("a[2,3]"), run.out());
        try (var files = Files.list(folder.resolve("out"))) {
            assertEquals(List.of("draws.csv", "posterior.fluvia", "summary.json"), files.map(f -> f.getFileName().toString()).sorted().toList());
        }

        List<String> csv = Files.readAllLines(folder.resolve("out/draws.csv"));
        List<String> comments = csv.stream().filter(l -> l.startsWith("#")).toList();
        assertTrue(comments.containsAll(List.of("# model = Small", "# seed = 1", "# draws = 500")), comments.toString());
        List<String> rows = csv.stream().filter(l -> !l.startsWith("#")).toList();
        assertEquals("lp__,log_q__,a.1.1,a.2.1,a.1.2,a.2.2,a.1.3,a.2.3,tau,twice", rows.get(0));
        assertEquals(501, rows.size());
        double[] where = {1, 4, 2, 5, 3, 6};
        for (String row : rows.subList(1, rows.size())) {
            double[] v = Arrays.stream(row.split(",")).mapToDouble(Double::parseDouble).toArray();
            for (int i = 0; i < where.length; i++) assertEquals(where[i], v[i + 2], 0.08, row);
            assertEquals(2 * v[8], v[9]);
        }

        String summary = Files.readString(folder.resolve("out/summary.json"));
        List<String> fields = summary.lines().filter(l -> l.matches(" {2}\".*")).map(l -> l.substring(3, l.indexOf('"', 3))).toList();
        assertEquals(List.of("version", "model", "model_file", "data_file", "seed", "draws", "verdict", "reasons", "limit_hit", "khat", "ess", "elbo",
                "log_evidence", "seconds", "shapes", "parameters"),
                fields.stream().filter(f -> !f.equals("not_finite")).toList()); // k-hat, where weights are equal
        assertTrue(summary.contains("\n    \"a[2,1]\": {\"mean\": "), summary);
        assertTrue(summary.contains("\n  \"shapes\": {\"a\": [2, 3], \"tau\": [], \"twice\": []},\n"), summary);
        assertTrue(summary.contains("\n  \"draws\": 500,\n") && summary.contains("\n  \"limit_hit\": null,\n"), summary);
        assertTrue(summary.contains(JsonText.string(model.toString())) && summary.contains(JsonText.string(data.toString())), summary);
    }

    /** What cmdstanpy.from_csv (1.3) and arviz.from_cmdstan look for: a test with the real ones is in docs/files.md. */
    @Test
    void readersOfStansOutputFindWhatTheyLookFor() throws IOException {
        fit("out");
        List<String> csv = Files.readAllLines(folder.resolve("out/draws.csv"));
        int header = 0;
        while (csv.get(header).startsWith("#")) header++;
        assertTrue(csv.subList(0, header).containsAll(List.of("# model = Small", "# method = sample (Default)", "# num_samples = 500", "# num_warmup = 1",
                "# save_warmup = false", "# thin = 1", "# algorithm = fixed_param")), csv.toString());
        assertTrue(csv.get(header).startsWith("lp__,"));
        int end = header + 1;
        while (!csv.get(end).startsWith("#")) end++;
        assertEquals(500, end - header - 1);
        List<String> last = csv.subList(end, csv.size());
        assertEquals("# ", last.get(0));
        assertTrue(last.get(1).startsWith("#  Elapsed Time: ") && last.get(1).endsWith(" seconds (Warm-up)"), last.toString());
        assertTrue(last.get(2).matches("# +\\d+\\.\\d+ seconds \\(Sampling\\)") && last.get(3).matches("# +\\d+\\.\\d+ seconds \\(Total\\)"), last.toString());
    }

    @Test
    void logLikelihoodsAreColumnsOfTheDraws() throws IOException {
        model = Run.model(folder, "Normal", "Expr mu = m.sample(\"mu\", normal(0, 5));", "m.observe(\"y\", normal(mu, 2));");
        data = Run.file(folder, "normal.json", "{\"y\": [1, 2.5]}");
        assertEquals(0, fit("out", "--log-lik").code());
        List<String> csv = Files.readAllLines(folder.resolve("out/draws.csv")).stream().filter(l -> !l.startsWith("#")).toList();
        assertEquals("lp__,log_q__,mu,log_lik.1,log_lik.2", csv.get(0));
        for (String row : csv.subList(1, csv.size())) {
            double[] v = Arrays.stream(row.split(",")).mapToDouble(Double::parseDouble).toArray();
            for (int i = 0; i < 2; i++) {
                double z = ((i == 0 ? 1 : 2.5) - v[2]) / 2;
                assertEquals(-0.5 * z * z - Math.log(2) - 0.5 * Math.log(2 * Math.PI), v[3 + i], 1e-12, row);
            }
        }
        assertError("--log-lik: name a folder", Run.of("fit", model, "--data", data, "--log-lik"));
        model = Run.model(folder, "Own", "Expr mu = m.sample(\"log_lik\", normal(0, 5));", "m.observe(\"y\", normal(mu, 2));");
        assertError("--log-lik: the model Own has a quantity log_lik of its own", fit("own", "--log-lik"));
    }

    /** The first cell of a table's row, without its backquotes. */
    private static String first(String row) {
        return row.substring(3, row.indexOf('`', 3));
    }

    /** docs/files.md lists every member of summary.json, every file and every column of loo.csv, and nothing else. */
    @Test
    void theFilesAreAsDocumented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "files.md"));
        for (String file : OutputFolder.FILES) assertTrue(page.contains(file), file);
        String summary = page.substring(page.indexOf("### summary.json"), page.indexOf("### draws.csv"));
        List<String> rows = summary.lines().filter(l -> l.startsWith("| `") && !l.contains("` | only where ")).map(FitCommandTest::first).toList();
        List<String> sometimes = summary.lines().filter(l -> l.startsWith("| `") && l.contains("` | only where ")).map(FitCommandTest::first).toList();
        model = Run.model(folder, "Normal", "Expr mu = m.sample(\"mu\", normal(0, 5));", "m.observe(\"y\", normal(mu, 2));");
        data = Run.file(folder, "normal.json", "{\"y\": [1, 2.5]}");
        assertEquals(0, fit("out", "--loo").code());
        List<String> members = Files.readString(folder.resolve("out/summary.json")).lines().filter(l -> l.matches(" {2}\".*"))
                .map(l -> l.substring(3, l.indexOf('"', 3))).toList();
        assertEquals(List.of("rhat", "axes", "notes", "not_finite"), sometimes);
        assertEquals(rows, members.stream().filter(m -> !sometimes.contains(m)).toList());
        for (String column : Files.readAllLines(folder.resolve("out/loo.csv")).get(0).split(",")) assertTrue(page.contains("`" + column + "`"), column);
        for (String member : List.of("elpd", "p_loo", "looic", "monte_carlo_error", "draws", "observations", "khat_limit", "high_khat", "unreliable",
                "notes", "left_out", "mean", "sd", "mcse", "q05", "q25", "q50", "q75", "q95")) {
            assertTrue(page.contains("`" + member + "`"), member);
        }
    }

    @Test
    void aRunReplacesAnOlderOneWhole() throws IOException {
        model = Run.model(folder, "Normal", "Expr mu = m.sample(\"mu\", normal(0, 5));", "m.observe(\"y\", normal(mu, 2));");
        data = Run.file(folder, "normal.json", "{\"y\": [1, 2.5]}");
        assertEquals(0, fit("out", "--loo", "--predict", 10).code());
        assertTrue(Files.exists(folder.resolve("out/loo.csv")) && Files.exists(folder.resolve("out/predictions.csv")));
        assertEquals(0, fit("out").code());
        assertFalse(Files.exists(folder.resolve("out/loo.csv")) || Files.exists(folder.resolve("out/predictions.csv")));
    }

    @Test
    void vectorsAndMatricesWithConstraintsAreNamedElementByElement() throws IOException {
        Path constrained = Run.model(folder, "Constrained", "Expr theta = m.parameter(\"theta\", Support.simplex(), 2, 3);",
                "m.logDensity(theta.log().times(4));", "Expr L = m.parameter(\"L\", Support.choleskyFactorCorr(), 2, 2);",
                "m.parameter(\"one\", Support.choleskyFactorCorr(), 1, 1);");
        Run run = Run.of("fit", constrained, "--out", folder.resolve("out"), "--draws", 100, "--seed", 2);
        assertEquals("", run.err());
        List<String> csv = Files.readAllLines(folder.resolve("out/draws.csv")).stream().filter(l -> !l.startsWith("#")).toList();
        assertEquals("lp__,log_q__,theta.1.1,theta.2.1,theta.1.2,theta.2.2,theta.1.3,theta.2.3,L.1.1,L.2.1,L.1.2,L.2.2,one.1.1", csv.get(0));
        for (String row : csv.subList(1, csv.size())) {
            double[] v = Arrays.stream(row.split(",")).mapToDouble(Double::parseDouble).toArray();
            assertEquals(1, v[2] + v[4] + v[6], 1e-14);
            assertEquals(1, v[3] + v[5] + v[7], 1e-14);
            assertEquals(1, v[8]);
            assertEquals(0, v[10]);
            assertEquals(1, v[9] * v[9] + v[11] * v[11], 1e-14);
            assertEquals(1, v[12]);
        }
        String summary = Files.readString(folder.resolve("out/summary.json"));
        assertTrue(summary.contains("\n    \"theta[2,3]\": {\"mean\": "), summary);
        assertTrue(summary.contains("\n    \"L[2,1]\": {\"mean\": "), summary);
    }

    @Test
    void resultsDependOnTheSeedAndNotOnThreads() throws IOException {
        fit("one", "--threads", 1, "--seed", 5);
        fit("two", "--threads", 2, "--seed", 5);
        fit("other", "--seed", 6);
        assertEquals(results("one"), results("two"));
        assertNotEquals(results("one"), results("other"));
    }

    @Test
    void everyFlowOfTheTableCanBeNamed() {
        for (String flow : Flows.table().names()) assertEquals(0, fit(flow, "--flow", flow).code(), flow);
        assertEquals(0, fit("lenient", "--flow", "full-rank").code());
    }

    @Test
    void aFitThatIsNotToBeTrustedSaysSo() throws IOException {
        // two modes, and a flow that cannot have both
        model = Run.model(folder, "Two", "Expr x = m.parameter(\"x\", Support.real());",
                "m.logDensity(Expr.concat(x.minus(400).square().times(-0.5), x.plus(400).square().times(-0.5)).logSumExp());");
        Run run = Run.of("fit", model, "--out", folder.resolve("out"), "--draws", 100, "--flow", "full-rank");
        assertEquals(ExitCode.NOT_TRUSTED, run.code(), run.out());
        assertTrue(run.out().startsWith("Two: FAIL"), run.out());
        assertTrue(Files.readString(folder.resolve("out/summary.json")).contains("\"verdict\": \"FAIL\""));
    }

    @Test
    void crossValidationAndReplicationsAreWrittenWhereAskedFor() throws IOException {
        model = Run.model(folder, "Line", "Expr b = m.sample(\"b\", normal(0, 5), 2);", "Expr x = m.data(\"x\");",
                "m.observe(\"y\", normal(b.get(0).plus(b.get(1).times(x)), 1));", "m.observe(\"k\", poisson(b.get(0).exp()));");
        data = Run.file(folder, "line.json", "{\"x\": [0, 1, 2], \"y\": [1, 2, 2.5], \"k\": [[2, 3], [1, 4]]}");
        Run run = fit("out", "--loo", "--predict", 20);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("leave-one-out cross-validation of Line: 7 observations"), run.out());
        List<String> loo = Files.readAllLines(folder.resolve("out/loo.csv"));
        assertEquals("observation,elpd,monte_carlo_error,p_loo,khat,ess", loo.get(0));
        assertEquals(8, loo.size());
        assertTrue(loo.get(1).startsWith("y[1],-"), loo.get(1));
        assertTrue(loo.get(7).startsWith("\"k[2,2]\",-"), loo.get(7));
        List<String> csv = Files.readAllLines(folder.resolve("out/predictions.csv")).stream().filter(l -> !l.startsWith("#")).toList();
        assertEquals("y.1,y.2,y.3,k.1.1,k.2.1,k.1.2,k.2.2", csv.get(0));
        assertEquals(21, csv.size());
        for (String row : csv.subList(1, 21)) {
            String[] cells = row.split(",");
            assertEquals(7, cells.length);
            assertTrue(cells[6].matches("\\d+\\.0"), "a count: " + row);
        }
        assertTrue(Files.readString(folder.resolve("out/summary.json")).contains("\n  \"loo\": {\"elpd\": {\"value\": -"));

        fit("again", "--predict", 20);
        assertEquals(Files.readString(folder.resolve("out/predictions.csv")).replaceAll("# seconds.*", ""),
                Files.readString(folder.resolve("again/predictions.csv")).replaceAll("# seconds.*", ""));
        assertFalse(Files.exists(folder.resolve("again/loo.csv")));
    }

    @Test
    void whatCannotBePredictedIsSaidBeforeTheFit() {
        assertError("--predict: must be from 1 to the number of draws, 500, but was 501", fit("out", "--predict", 501));
        assertError("--loo: the model Small observes no data. Declare them with m.observe", fit("out", "--loo"));
        assertError("--predict: name a folder for predictions.csv with --out", Run.of("fit", model, "--data", data, "--predict", 3));
        assertFalse(Files.exists(folder.resolve("out")));
    }

    private static void assertError(String message, Run run) {
        assertEquals(ExitCode.USERS_MISTAKE, run.code(), run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void namesOfDataNeitherReachTheTerminalRawNorBreakTheFiles() throws IOException {
        model = Run.model(folder, "Wild", "Expr mu = m.sample(\"mu\", normal(0, 5));", "m.observe(\"=a,b\", normal(mu, 1));",
                "m.observe(\"\\u001b[31mred\\u009b\", normal(mu, 1e-3));");
        data = Run.file(folder, "wild.json", "{\"\\u001b[31mred\\u009b\": [0, 1], \"=a,b\": [0, 1]}");
        Run run = fit("out", "--loo", "--predict", 10);
        assertTrue(run.out().chars().noneMatch(c -> c != '\n' && c != '\r' && Character.isISOControl(c)), run.out());
        for (String file : OutputFolder.FILES) {
            if (!Files.exists(folder.resolve("out").resolve(file)) || file.endsWith(".fluvia")) continue;
            assertTrue(Files.readString(folder.resolve("out").resolve(file)).chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)), file);
        }
        assertTrue(Files.readString(folder.resolve("out/predictions.csv")).contains("\"'=a,b.1\",\"'=a,b.2\",\\u001b[31mred\\u009b.1,"));
        assertTrue(Files.readString(folder.resolve("out/loo.csv")).contains("\n\"'=a,b[1]\",-"));
    }

    @Test
    void withoutDataAndWithoutOutNothingIsWritten() throws IOException {
        Path plain = Run.model(folder, "Plain", "m.sample(\"x\", normal(0, 1));");
        try (var before = Files.list(folder)) {
            long count = before.count();
            assertEquals(0, Run.of("fit", plain, "--draws", 100).code());
            try (var after = Files.list(folder)) {
                assertEquals(count, after.count());
            }
        }
    }

    @Test
    void aMistakeLeavesNoFolderBehind() {
        model = Run.model(folder, "Wrong", "nonsense");
        assertEquals(ExitCode.USERS_MISTAKE, fit("out").code());
        assertFalse(Files.exists(folder.resolve("out")));
    }
}

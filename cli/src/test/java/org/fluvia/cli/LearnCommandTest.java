package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.flows.file.FlowFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fluvia learn}, then {@code sample} and {@code density} of what it wrote. */
class LearnCommandTest {
    @TempDir
    private static Path folder;
    private static Path data;
    private static Path plain;
    private static Path conditional;
    private static Run run;

    @BeforeAll
    static void learn() throws IOException {
        StringBuilder csv = new StringBuilder("\ufeff# heights and weights\n\"height, in\", weight ,age,name\n");
        double[] z = NormalNoise.of(1).values(900);
        for (int i = 0; i < 300; i++) {
            csv.append(170 + 10 * z[3 * i]).append(",").append(70 + 8 * z[3 * i] + 4 * z[3 * i + 1]).append(",").append(40 + z[3 * i + 2]).append(",\"a, b\"\n");
        }
        data = Run.file(folder, "people.csv", csv + "\n");
        plain = folder.resolve("plain");
        run = Run.of("learn", data, "--columns", "\"height, in\",weight", "--flow", "fullRank", "--epochs", 3, "--out", plain);
        conditional = folder.resolve("conditional");
        assertEquals(0, Run.of("learn", data, "--columns", "weight", "--context", "age", "--flow", "diagonal", "--epochs", 2, "--out", conditional).code());
    }

    @Test
    void theResultIsPrintedAndWritten() throws IOException {
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).startsWith("learned height, in, weight from 300 rows, in "), lines.get(0));
        assertTrue(lines.get(1).matches("held-out log-likelihood {2}-[67]\\.\\d{4} \\+- 0\\.\\d{4} nats a row \\(30 rows\\)"), lines.get(1));
        assertTrue(lines.get(2).matches("bits per dimension {7}[45]\\.\\d{4}"), lines.get(2));
        assertEquals("ended                    all epochs are through: more may be better", lines.get(3));
        assertTrue(lines.get(4).matches("best epoch {15}[123] of 3"), lines.get(4));
        assertEquals("flow                     full rank", lines.get(5));
        List<String> written = List.of("flow.fluvia", "training.csv", "training.png", "training.svg", "pairs.png", "pairs.svg");
        assertEquals(written.stream().map(f -> "written                  " + plain.resolve(f)).toList(), lines.subList(6, lines.size()));
        try (Stream<Path> files = Files.list(plain)) {
            assertEquals(written.stream().sorted().toList(), files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        String pairs = Files.readString(plain.resolve("pairs.svg"));
        for (String label : List.of("height, in", "weight", "data", "draws")) assertTrue(pairs.contains(">" + label + "</text>"), label);
        FlowFile file = FlowFile.read(plain.resolve("flow.fluvia"));
        assertEquals(List.of("height, in", "weight"), file.columns());
        List<String> training = Files.readAllLines(plain.resolve("training.csv"));
        assertTrue(training.contains("epoch,steps,train,held_out,rate") && training.contains("# ending = EPOCHS"), training.toString());
        assertEquals(3, training.stream().filter(l -> l.matches("\\d.*")).count());
    }

    @Test
    void theSameSeedGivesTheSameFlow() throws IOException {
        Path again = folder.resolve("again");
        assertEquals(0, Run.of("learn", data, "--columns", "\"height, in\",weight", "--flow", "full-rank", "--epochs", 3, "--threads", 1, "--out", again).code());
        assertEquals(Run.of("sample", plain.resolve("flow.fluvia")), Run.of("sample", again.resolve("flow.fluvia")));
    }

    @Test
    void drawsAreATableThatDensityTakes() throws IOException {
        Run draws = Run.of("sample", plain.resolve("flow.fluvia"), "--draws", 5, "--seed", 3);
        assertEquals(0, draws.code(), draws.err());
        List<String> lines = draws.out().lines().toList();
        assertEquals("\"height, in\",weight", lines.get(0));
        assertEquals(6, lines.size());
        Path file = folder.resolve("draws.csv");
        assertEquals(0, Run.of("sample", plain.resolve("flow.fluvia"), "--draws", 5, "--seed", 3, "--out", file).code());
        assertEquals(draws.out(), Files.readString(file));
        Run density = Run.of("density", plain.resolve("flow.fluvia"), "--at", file);
        assertEquals(0, density.code(), density.err());
        assertEquals("log_density", density.out().lines().findFirst().orElseThrow());
        FlowFile flow = FlowFile.read(plain.resolve("flow.fluvia"));
        double[] expected = flow.flow().flow().logDensity(flow.flow().sample(5, 3));
        double[] printed = density.out().lines().skip(1).mapToDouble(Double::parseDouble).toArray();
        assertArrayEquals(expected, printed);
    }

    @Test
    void probabilitiesOfIntegersAddUpAndDrawsAreWhole() {
        StringBuilder csv = new StringBuilder("count,share,copies\n");
        double[] z = NormalNoise.of(2).values(1200);
        for (int i = 0; i < 400; i++) csv.append((int) (3 * Math.abs(z[3 * i]))).append(",").append(z[3 * i + 1]).append(",").append(i % 2).append("\n");
        for (int i = 0; i < 40; i++) csv.append("1000,0.5,0\n"); // of weight 0
        Path counts = Run.file(folder, "counts.csv", csv.toString());
        Path whole = folder.resolve("whole");
        Run learned = Run.of("learn", counts, "--columns", "count", "--integers", "count", "--weights", "copies", "--epochs", 4, "--out", whole);
        assertEquals(0, learned.code(), learned.err());
        assertTrue(learned.out().contains("integers                 count: both are bounds of what probabilities give"), learned.out());
        assertTrue(learned.out().contains("(20 rows)"), "a tenth of those with a weight: " + learned.out());
        Path flow = whole.resolve("flow.fluvia");
        StringBuilder all = new StringBuilder("count\n");
        for (int k = -30; k <= 60; k++) all.append(k).append("\n");
        Run density = Run.of("density", flow, "--at", Run.file(folder, "all.csv", all.toString()));
        double sum = density.out().lines().skip(1).mapToDouble(l -> Math.exp(Double.parseDouble(l))).sum();
        assertEquals(1, sum, 0.05, "64 points of each interval");
        Run draws = Run.of("sample", flow, "--draws", 50);
        assertTrue(draws.out().lines().skip(1).allMatch(l -> Double.parseDouble(l) == Math.rint(Double.parseDouble(l))), draws.out());
        assertMistake(Run.of("density", flow, "--at", Run.file(folder, "half.csv", "count\n1\n2.5\n")),
                "--at: half.csv must have integers of at most 2^40, but has 2.5 in line 3, column count.");
    }

    @Test
    void rolesOfColumnsAreChecked() {
        assertMistake(Run.of("learn", data, "--weights", "wait"), "--weights: people.csv has no column wait. Did you mean weight?");
        assertMistake(Run.of("learn", data, "--weights", "age,weight"), "--weights: must be the name of one column, but is age, weight");
        assertMistake(Run.of("learn", data, "--columns", "age,weight", "--weights", "age"), "--weights: age is also in --columns. Name it in one of them");
        assertMistake(Run.of("learn", data, "--context", "age", "--weights", "age"), "--weights: age is also in --context. Name it in one of them");
        assertMistake(Run.of("learn", data, "--columns", "age", "--integers", "weight"),
                "--integers: weight is not among the columns to learn the distribution of, age");
        assertMistake(Run.of("learn", data, "--columns", "age", "--integers", "age"), "DATA: people.csv must have integers of at most 2^40, but has ");
        assertMistake(Run.of("learn", Run.file(folder, "n.csv", "# w\na,w\n1,2\n2,-0.5\n"), "--weights", "w"),
                "DATA: n.csv must have weights that are not negative, but has -0.5 in line 4, column w.");
        assertMistake(Run.of("learn", Run.file(folder, "z.csv", "a,w\n1,0\n2,0\n"), "--weights", "w"),
                "DATA: weights must not all be 0. Leave them out to weigh all rows alike.");
        assertMistake(Run.of("learn", data, "--columns", "age", "--batch", 301), "--batch: must be at most the number of rows, 300, but was 301");
        assertMistake(Run.of("learn", data, "--columns", "age", "--batch", 0), "--batch must be at least 1, but was 0");
        assertMistake(Run.of("learn", data, "--columns", "age", "--validation", 0), "--validation must be ");
    }

    @Test
    void aConditionalFlowNeedsItsContext() {
        Path flow = conditional.resolve("flow.fluvia");
        assertMistake(Run.of("sample", flow), "--context: must be 1 number, for age, but is not given");
        assertMistake(Run.of("sample", flow, "--context", "1,2"), "--context: must be 1 number, for age, but was 1,2");
        assertMistake(Run.of("sample", flow, "--context", "old"), "--context: age must be a finite number, but was old");
        assertMistake(Run.of("sample", plain.resolve("flow.fluvia"), "--context", "1"), "is not conditional. Leave it out");
        Run draws = Run.of("sample", flow, "--context", "40", "--draws", 2);
        assertEquals(0, draws.code(), draws.err());
        assertEquals("weight", draws.out().lines().findFirst().orElseThrow());
        Run density = Run.of("density", flow, "--at", data); // by the names of its columns, whatever else there is
        assertEquals(301, density.out().lines().count(), density.err());
        assertMistake(Run.of("density", flow, "--at", Run.file(folder, "w.csv", "weight\n70\n")),
                "--at: w.csv has no column age. It has weight.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "'' | is empty. Its first line must be the names of the columns.",
        "'\\n' | is empty. Its first line must be the names of the columns.",
        "'a,b\\n' | has a header and no rows.",
        "'a;b\\n1,5;2\\n' | must have commas between its columns, but has ;: a;b. Numbers with a decimal comma need a point, too.",
        "'a\\tb\\n1\\t2\\n' | must have commas between its columns, but has tabs: a\\u0009b.",
        "'1,2\\n3,4\\n' | must begin with the names of its columns, but begins with numbers: 1, 2.",
        "'a,a\\n1,2\\n' | has two columns called a.",
        "'a,b\\n1,2\\n3\\n' | has 1 cell in line 3, and 2 in its header.",
        "'a,b\\n1,2\\n\\n3,4\\n' | has 1 cell in line 3, and 2 in its header.",
        "'a,b\\n1,2\\n3,\\n' | has no value in line 3, column b. Leave out such rows, or fill them in: what is missing has no density.",
        "'a,b\\n1,NA\\n' | has no value in line 2, column b (NA). Leave out such rows, or fill them in: what is missing has no density.",
        "'a,b\\n1,2\\n\"x\\ny\",4\\n' | must have numbers, but has x\\u000ay in line 4, column a. --columns says which columns to take.",
        "'a,b\\n1,-Inf\\n' | must have finite numbers, but has -Inf in line 2, column b.",
        "'a,b\\n1,1e999\\n' | must have finite numbers, but has 1e999 in line 2, column b.",
        "'a,b\\n1,2d\\n' | must have numbers, but has 2d in line 2, column b. --columns says which columns to take.",
        "'a,b\\n1,\"2\\n' | is no CSV file",
    })
    void whatIsNoTableIsSaid(String text, String message) {
        Path file = Run.file(folder, "wrong.csv", text.substring(text.indexOf('\'') + 1, text.lastIndexOf('\'')).replace("\\n", "\n").replace("\\t", "\t"));
        assertMistake(Run.of("learn", file), "fluvia: DATA: wrong.csv " + message);
    }

    @Test
    void wrongColumnsAreNamed() {
        assertMistake(Run.of("learn", data, "--columns", "wieght"),
                "--columns: people.csv has no column wieght. Did you mean weight? It has height, in, weight, age, name.");
        assertMistake(Run.of("learn", data, "--context", "size"), "--context: people.csv has no column size. It has");
        assertMistake(Run.of("learn", data, "--columns", "age,age"), "--columns: names age twice");
        assertMistake(Run.of("learn", data, "--columns", "age", "--context", "age"), "--context: age is also in --columns");
        assertMistake(Run.of("learn", data), "must have numbers, but has a, b in line 3, column name. --columns says which columns to take.");
        assertMistake(Run.of("learn", Run.file(folder, "one.csv", "a\n1\n"), "--context", "a"),
                "--context and --weights leave no column to learn the distribution of");
        assertMistake(Run.of("learn", Run.file(folder, "i.csv", ",a\n0,1\n")), "DATA: column 1 has no name. Name the columns to take with --columns.");
    }

    @Test
    void dataThatCannotBeLearnedFromAreNamed() {
        assertMistake(Run.of("learn", Run.file(folder, "one.csv", "a\n1\n")),
                "DATA: there must be at least two rows to learn from and two held out, but of 1 row");
        assertMistake(Run.of("learn", Run.file(folder, "c.csv", "a,b\n" + "1,2\n".repeat(50))),
                "DATA: every column must vary, but column a is 1.0 in every row that is learned from.");
        assertMistake(Run.of("learn", Run.file(folder, "d.csv", "a,b\n" + "1,2\n2,4\n3,6\n".repeat(20))),
                "DATA: columns must not repeat each other, but column a and column b are the same, but for place and scale,");
    }

    @Test
    void wrongOptionsAndFilesAreNamed() {
        assertMistake(Run.of("learn", data, "--epochs", 0), "--epochs must be at least 1, but was 0");
        assertMistake(Run.of("learn", data, "--threads", 0), "--threads must be");
        assertMistake(Run.of("learn", data, "--flow", "mafia"), "--flow: there is no flow mafia. Did you mean maf?");
        assertMistake(Run.of("learn", folder.resolve("none.csv")), "DATA: no such file: ");
        assertMistake(Run.of("learn", Run.file(folder, "d.json", "{}")), "d.json is JSON, and a table is CSV with a header.");
        assertMistake(Run.of("learn", data, "--out", data), "--out: cannot write to " + data + " (it is a file). Choose another folder.");
        assertMistake(Run.of("sample", data), "FLOW: " + data + " cannot be read: it is no file of Fluvia's.");
        assertMistake(Run.of("sample", folder.resolve("none.fluvia")), "FLOW: no such file: ");
        assertMistake(Run.of("sample", plain.resolve("flow.fluvia"), "--draws", -1), "--draws: must not be negative, but was -1");
        assertMistake(Run.of("sample", plain.resolve("flow.fluvia"), "--out", folder.resolve("none/a.csv")), "--out: cannot write to ");
        assertMistake(Run.of("density", plain.resolve("flow.fluvia"), "--at", data, "--data", data), "--data: a flow that was learned takes none. Leave it out.");
        assertMistake(Run.of("fit", plain.resolve("flow.fluvia")), "is a flow that was learned, or a posterior, and a model is a Java source file.");
    }

    private static void assertMistake(Run run, String message) {
        assertEquals(ExitCode.USERS_MISTAKE, run.code(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertEquals("", run.out());
    }
}

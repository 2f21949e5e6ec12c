package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake a user can make ends in exit code 2 and one message that names the thing, the place and the remedy. */
class BadInputTest {
    @TempDir
    private Path folder;
    private Path good;
    private Path data;

    @BeforeEach
    void writeAGoodModelAndData() {
        good = Run.model(folder, "Good", "Expr mu = m.sample(\"mu\", normal(0, 5));", "m.observe(\"y\", normal(mu, m.data(\"sigma\")));");
        data = Run.file(folder, "data.json", "{\"y\": [1, 2, 3], \"sigma\": [1, 1, 2]}");
    }

    static void assertMistake(Run run, String... parts) {
        assertAll(
                () -> assertEquals(ExitCode.USERS_MISTAKE, run.code(), run.err()),
                () -> assertEquals("", run.out()),
                () -> assertTrue(run.err().startsWith("fluvia: "), run.err()),
                () -> assertEquals(run.err().indexOf("fluvia: "), run.err().lastIndexOf("fluvia: "), run.err()),
                () -> assertFalse(run.err().contains("\tat "), run.err()),
                () -> assertFalse(run.err().contains("Usage:"), run.err()));
        for (String part : parts) assertTrue(run.err().contains(part), () -> "expected \"" + part + "\" in: " + run.err());
    }

    private void assertModelMistake(Path model, String... parts) {
        assertMistake(Run.of("fit", model, "--data", data), parts);
    }

    private void assertDataMistake(String json, String... parts) {
        assertMistake(Run.of("fit", good, "--data", Run.file(folder, "bad.json", json)), parts);
    }

    /** Before it is taken. */
    @Test
    void whatDoesNotFitIntoTheMemoryIsNamed() {
        for (String size : new String[] {"40_000", "100_000"}) {
            Path model = Run.model(folder, "Many" + size, "m.sample(\"x\", normal(0, 1), " + size + ");");
            assertMistake(Run.of("fit", model), size.replace("_", "") + " parameters", "memory");
        }
        Path few = Run.model(folder, "Few", "m.sample(\"x\", normal(0, 1), 100);");
        assertMistake(Run.of("fit", few, "--draws", 20_000_000), "the draws would take about ", "-Xmx", "ask for fewer draws");
    }

    @Test
    void missingFilesAreNamed() {
        Path none = folder.resolve("none.json");
        assertMistake(Run.of("fit", good, "--data", none), "--data", "no such file", none.toString());
        assertMistake(Run.of("fit", folder.resolve("None.java"), "--data", data), "no such file", "None.java");
        assertMistake(Run.of("fit", folder, "--data", data), folder.toString(), "is a folder");
        assertMistake(Run.of("density", good, "--data", data, "--at", none), "--at", "no such file", none.toString());
    }

    @Test
    void aClassThatIsNotThereIsNamed() {
        assertMistake(Run.of("fit", "EightSchools", "--data", data), "no class EightSchools", ".java", "FLUVIA_CLASSPATH");
    }

    @Test
    void brokenJsonIsPlaced() {
        assertDataMistake("{\n\"y\": [1, 2],\n\"sigma\": [1,, 2]\n}", "bad.json", "line 3");
        assertDataMistake("{\"y\": [1, 2,", "bad.json", "line 1");
        assertDataMistake("[1, 2]", "bad.json", "one JSON object");
        assertDataMistake("", "bad.json", "but is empty");
        assertDataMistake("{\"y\": [[1, 2], [3]], \"sigma\": 1}", "bad.json", "y", "rectangular");
        assertDataMistake("{\"y\": \"one\", \"sigma\": 1}", "bad.json", "\"one\"", "number");
    }

    @Test
    void aMissingVariableIsNamedWithWhatThereIs() {
        assertDataMistake("{\"y\": [1, 2, 3], \"sd\": [1, 1, 1]}", "sigma", "Good.java:11", "only y, sd");
        assertMistake(Run.of("fit", good), "sigma", "Good.java:11", "--data");
    }

    @Test
    void wrongLengthsAreTold() {
        assertDataMistake("{\"y\": [1, 2, 3], \"sigma\": [1, 1]}", "Good.java:11", "(3)", "(2)");
    }

    @Test
    void nanInTheDataIsPlaced() {
        assertDataMistake("{\"y\": [1, \"NaN\", 3], \"sigma\": [1, 1, 1]}", "y[2]", "bad.json", "NaN");
    }

    @Test
    void crossValidationOfNothingIsRefusedBeforeTheFit() {
        assertMistake(Run.of("fit", good, "--data", Run.file(folder, "none.json", "{\"y\": [], \"sigma\": []}"), "--loo"),
                "--loo: there must be at least one observation, but y of the data have no elements.");
    }

    @Test
    void aNegativeScaleInTheDataIsPlaced() {
        assertDataMistake("{\"y\": [1, 2, 3], \"sigma\": [1, -0.5, 1]}", "scale must be positive", "-0.5", "sigma[2]", "Good.java:11");
    }

    @Test
    void aNullGivenToAnOperationIsToldByItsName() {
        assertModelMistake(Run.model(folder, "NullPlus", "Expr mu = m.sample(\"mu\", normal(0, 1));", "m.logDensity(mu.plus((Expr) null));"),
                "plus: an argument must not be null (NullPlus.java:");
        assertModelMistake(Run.model(folder, "OwnNull", "String name = null;", "m.sample(name.trim(), normal(0, 1));"),
                "OwnNull.java:", "NullPointerException");
    }

    @Test
    void compileErrorsSayWhatModelsNeed() {
        String mu = "Expr mu = m.sample(\"mu\", normal(0, 5));";
        assertModelMistake(Run.model(folder, "A", mu, "m.observe(\"y\", normal(2 * mu, 1));"), "A.java:11: error: bad operand types",
                "Expr has no operators: write a.plus(b)");
        assertModelMistake(Run.model(folder, "B", mu, "if (mu > 1) m.logDensity(mu);"), "Expr.where(a.lt(b), x, y)");
        assertModelMistake(Run.model(folder, "I", mu, "if (mu.lt(0)) m.logDensity(mu);"), "Java cannot branch on it", "Expr.where(a.lt(b), x, y)");
        assertModelMistake(Run.model(folder, "J", mu, "m.logDensity(1 - mu);"), "Expr.of(1).minus(a)");
        assertModelMistake(Run.model(folder, "K", mu, "m.parameter(\"a\");"), "m.parameter needs a support: m.parameter(\"a\", Support.real())");
        assertModelMistake(Run.model(folder, "L", mu, "m.sample(\"a\");"), "m.sample needs a distribution");
        assertModelMistake(Run.model(folder, "M", mu, "m.observe(\"y\");"), "m.observe needs a distribution");
        assertModelMistake(Run.model(folder, "N", mu, "m.derive(\"b\");"), "m.derive needs an expression");
        assertModelMistake(Run.model(folder, "O", mu, "m.logDensity(\"b\");"), "O.java:11: error");
        assertModelMistake(Run.model(folder, "P", mu, "m.logDensity(mu.gt(1).add(mu));"), "Expr has no gt: a > b is b.lt(a).");
        assertModelMistake(Run.model(folder, "C", mu, "Expr one = 1;"), "Expr.of(number) makes an Expr");
        assertModelMistake(Run.model(folder, "D", mu, "m.logDensity(logit(mu));"), "Add: import static org.fluvia.autodiff.Functions.*;");
        assertModelMistake(Run.model(folder, "E", mu, "m.logDensity(cholesky(mu));", "solveLower(mu, mu);", "matern52(mu, mu, mu);"),
                "Add: import static org.fluvia.autodiff.Matrices.*;", "Add: import static org.fluvia.dynamics.Covariance.*;");
        assertModelMistake(Run.model(folder, "F", mu, "Ode.rk45();"), "Add: import org.fluvia.dynamics.Ode;");
        assertModelMistake(Run.model(folder, "G", mu, "Distribution d = normal(0, 1);"), "Add: import org.fluvia.dist.Distribution;");
        assertModelMistake(Run.model(folder, "H", mu, "mu = mu.plus(1);", "java.util.function.Supplier<Expr> f = () -> mu;"),
                "A lambda sees only variables that are assigned once");
        assertModelMistake(Run.model(folder, "I", mu, "if (mu.lt(0)) m.logDensity(mu);"), "A parameter has no value yet while the model is declared",
                "Expr.where(a.lt(b), x, y)");
        assertModelMistake(Run.model(folder, "J", mu, "Expr s = mu.lt(0) ? mu : mu.exp();"), "A parameter has no value yet while the model is declared");
        assertModelMistake(Run.model(folder, "L", "Expr a = m.parameter(\"a\", 3);"), "m.parameter needs a support");
    }

    @Test
    void compileErrorsAreKnownWhereverTheyStand() {
        String mu = "Expr mu = m.sample(\"mu\", normal(0, 5));";
        String number = "Expr.of(number) makes an Expr of a number.";
        assertModelMistake(Run.model(folder, "A", mu, "m.sample(\"a\", 3);"), "m.sample needs a distribution");
        assertModelMistake(Run.model(folder, "B", mu, "m.logDensity(1);"), number);
        assertModelMistake(Run.model(folder, "C", mu, "m.logDensity(\"b\");"), "m.logDensity needs an Expr");
        assertModelMistake(Run.model(folder, "D", mu, "org.fluvia.autodiff.Functions.logit(1);"), number);
        assertModelMistake(Run.model(folder, "E", mu, "mu = (mu == null ? mu : 2.5);"), number);
        assertModelMistake(Run.model(folder, "F", mu, "java.util.function.UnaryOperator<Expr> f = x -> 2 * x;"), "Expr has no operators");
        assertModelMistake(Run.model(folder, "G", mu, "m.logDensity(-mu);"), "Expr has no operators");
        assertModelMistake(Run.model(folder, "H", mu, "while (mu.lt(1)) m.logDensity(mu);"), "Java cannot branch on it");
        assertModelMistake(Run.model(folder, "I", mu, "m.logDensity(mu); } Expr one() { return 1;"), number);
    }

    @Test
    void compileErrorsOfOtherKindsHaveNoHint() {
        Run run = Run.of("fit", Run.model(folder, "A", "int i = \"a\";", "boolean b = 1;", "String s = 2 * new Object();", "foo(1);"), "--data", data);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("symbol:   method foo(int)") && !run.err().contains("Expr"), run.err());
    }

    @Test
    void compileErrorsShowTheLine() {
        Path model = Run.model(folder, "Wrong", "\tExpr mu = m.sample(\"mu\", norml(0, 5));");
        assertModelMistake(model, "Wrong.java:10: error: cannot find symbol" + System.lineSeparator() + "\tExpr mu = m.sample(\"mu\", norml(0, 5));"
                + System.lineSeparator() + "\t" + " ".repeat(25) + "^");
    }

    @Test
    void twoParametersOfOneNameAreRefused() {
        assertModelMistake(Run.model(folder, "Two", "m.sample(\"mu\", normal(0, 1));", "m.sample(\"mu\", normal(0, 1));"), "mu", "Two.java:11");
    }

    @Test
    void aModelWithoutParametersIsRefused() {
        assertModelMistake(Run.model(folder, "Bare", "m.observe(\"y\", normal(0, 1));"), "Bare", "no parameters");
    }

    @Test
    void constraintsThatNoValueMeetsAreRefusedAtTheirLine() {
        assertModelMistake(Run.model(folder, "A", "m.parameter(\"mu\", Support.ordered(), 0);"), "ordered vector: mu must have at least 1 element",
                "(0)", "A.java:10");
        assertModelMistake(Run.model(folder, "B", "", "m.parameter(\"theta\", Support.simplex(), 1);"), "simplex: theta must have at least 2 elements",
                "(1)", "B.java:11");
        assertModelMistake(Run.model(folder, "C", "m.parameter(\"L\", Support.choleskyFactorCorr(), 3, 2);"), "L must be square", "(3 x 2)", "C.java:10");
        assertModelMistake(Run.model(folder, "D", "m.parameter(\"theta\", Support.simplex());"), "theta must be a vector", "D.java:10");
    }

    @Test
    void aScaleDeclaredRealIsRefusedAtItsLine() {
        assertModelMistake(Run.model(folder, "E", "Expr beta = m.parameter(\"beta\", Support.real());", "m.observe(\"y\", normal(0, beta));"),
                "normal: scale must be positive and finite, but `beta` is declared real (E.java:11). Declare it with Support.positive(), or"
                        + " use beta.exp().");
    }

    @Test
    void exceptionsOfTheUsersOwnCodeAreTheirs() {
        assertModelMistake(Run.model(folder, "Null", "String s = null;", "m.sample(s.trim(), normal(0, 1));"),
                "Null.java:11: NullPointerException", "\"s\" is null");
        assertModelMistake(Run.model(folder, "Deep", "define(m);"), "Deep.java:10: StackOverflowError");
        assertModelMistake(Run.model(folder, "Thrown", "throw new IllegalStateException(\"not today\");"),
                "Thrown.java:10: IllegalStateException: not today");
        assertModelMistake(Run.model(folder, "Failed", "throw new AssertionError(\"impossible\");"), "Failed.java:10: AssertionError");
        assertModelMistake(Run.model(folder, "OutOfRange", "m.sample(\"a\", normal(0, 1), 3).get(3);"), "index 3", "OutOfRange.java:10");
    }

    @Test
    void exceptionsOfTheUsersDensityDuringTheFitAreTheirs() {
        Path model = Run.model(folder, "Outer", "Expr x = m.parameter(\"x\", Support.real(), 2);",
                "m.logDensity(x.external((at, gradient) -> at[2]));");
        assertModelMistake(model, "Outer.java:11: ArrayIndexOutOfBoundsException");
        Path points = Run.file(folder, "points.json", "[{\"x\": [1, 2]}]");
        assertMistake(Run.of("density", model, "--at", points), "Outer.java:11: ArrayIndexOutOfBoundsException");
    }

    @Test
    void aDensityThatIsNowhereFiniteSaysWhereAndWhy() {
        assertModelMistake(Run.model(folder, "Logarithm", "Expr mu = m.sample(\"mu\", normal(0, 1));", "m.logDensity(mu.minus(1e6).log());"),
                "not finite", "Logarithm.java:11", "log");
        assertModelMistake(Run.model(folder, "Outside", "Expr mu = m.parameter(\"mu\", Support.real());",
                "m.observe(\"y\", uniform(mu.plus(1e6), mu.plus(2e6)));"), "not finite", "Outside.java:11", "-Infinity");
        assertModelMistake(Run.model(folder, "Cut", "Expr x = m.sample(\"x\", normal(0, 1));",
                "m.logDensity(Expr.where(x.lt(1e6), Expr.of(Double.NEGATIVE_INFINITY), Expr.of(0)));"), "not finite", "the value is -Infinity (Cut.java:11)");
        assertModelMistake(Run.model(folder, "Never", "Expr x = m.sample(\"x\", normal(0, 1));", "",
                "m.logDensity(Expr.of(Double.NEGATIVE_INFINITY));"), "not finite", "(Never.java:12)");
    }

    @Test
    void anUnwritableFolderIsToldBeforeAnythingElse() throws Exception {
        Path file = Run.file(folder, "taken", "");
        Path wrong = Run.model(folder, "Uncompiled", "nonsense");
        assertMistake(Run.of("fit", wrong, "--data", data, "--out", file), "--out", file.toString(), "it is a file");
        assertMistake(Run.of("fit", wrong, "--data", data, "--out", file.resolve("inner")), "--out", file.resolve("inner").toString());
        assertEquals("", Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--dta x          | there is no option --dta. Did you mean --data?",
        "--sed=3          | there is no option --sed. Did you mean --seed?",
        "-out x           | there is no option -out. Did you mean --out?",
        "--zzzzzzzzzzzzz  | there is no option --zzzzzzzzzzzzz.",
        "--seed x         | --seed must be a whole number, but was x",
        "--seed 1.5       | --seed must be a whole number, but was 1.5",
        "--seed 1e3       | --seed must be a whole number, but was 1e3",
        "--draws 3000000000 | --draws must be a smaller number, but was 3000000000",
        "--seed 9223372036854775808 | --seed must be a smaller number, but was 9223372036854775808",
        "--draws 0        | --draws must be at least 1, but was 0",
        "--threads 0      | --threads must be from 1 to 1024, but was 0",
        "--within 5       | --within must be a duration such as 30s, 2m or 500ms, but was 5",
        "--within 0s      | --within must be at least 1ms, but was 0s",
        "--flow nicer     | --flow: there is no flow nicer. Did you mean nice? There are bernstein, bnaf,",
        "--flow real_nvp  | --flow: there is no flow real_nvp. Did you mean realNvp? There are",
        "--flow none-such-flow-at-all | --flow: there is no flow none-such-flow-at-all. There are",
        "--seed           | --seed needs a value, N",
        "--seed 1 --seed 2| --seed",
        "second           | one argument too many: second"
    })
    void wrongOptionsAreToldInOneLine(String options, String message) {
        Run run = Run.of((Object[]) (good + " --data " + data + " " + options).replaceFirst("^", "fit ").split(" +"));
        assertMistake(run, message);
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fit", "density"})
    void missingArgumentsAreNamed(String command) {
        assertMistake(Run.of(command), "MODEL", "is missing", "fluvia " + command + " --help");
    }

    @Test
    void filesOfAnotherKindAreNamed() {
        assertMistake(Run.of("fit", Run.file(folder, "m.stan", "")), "m.stan declares no parameters");
        assertMistake(Run.of("fit", "m.stan"), "no such file: m.stan");
        assertMistake(Run.of("fit", data, "--data", data), "data.json is JSON", "--data");
        assertMistake(Run.of("fit", Run.file(folder, "M.class", "")), "M.class is compiled", "FLUVIA_CLASSPATH");
        assertMistake(Run.of("fit", Run.file(folder, "m.py", "")), "m.py must be a Java source file");
        assertMistake(Run.of("fit", good, "--data", good), "--data", "Good.java is a Java source file");
        assertMistake(Run.of("fit", good, "--data", Run.file(folder, "y.csv", "")), "y.csv is a table");
        assertMistake(Run.of("density", good, "--data", data, "--at", Run.file(folder, "p.R", "")), "--at", "p.R is R code");
    }

    @ParameterizedTest
    @CsvSource({"--iter 2000, --draws N", "--num-samples=5, --draws N", "--num_samples=5, --draws N", "--chains 4, without chains or warm-up",
        "--warmup 1000, without chains or warm-up", "--adapt-delta 0.9, --within TIME", "--cores 4, --threads N", "--timeout 30, --within TIME",
        "--output x, --out DIR"})
    void optionsOfOtherToolsAreTranslated(String options, String advice) {
        assertMistake(Run.of((Object[]) ("fit " + good + " --data " + data + " " + options).split(" ")), "there is no option", advice);
    }

    @Test
    void anUnknownCommandIsSuggested() {
        assertMistake(Run.of("fti"), "there is no command fti. Did you mean fit?");
    }
}

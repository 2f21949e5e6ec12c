package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log-densities against closed forms. */
class DensityCommandTest {
    private static final double LOG_SQRT_2_PI = 0.91893853320467274178;

    @TempDir
    private Path folder;

    /** The numbers of a line: log_density, log_density_unconstrained, then the gradient. */
    private static List<Double> numbers(String line) throws IOException {
        List<Double> numbers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
                if (t == JsonToken.FIELD_NAME) names.add(parser.currentName());
                if (t.isNumeric()) numbers.add(parser.getDoubleValue());
            }
        }
        assertEquals(List.of("log_density", "log_density_unconstrained", "gradient"), names);
        return numbers;
    }

    private Run density(String points, String... definition) {
        return Run.of("density", Run.model(folder, "M", definition), "--data", Run.file(folder, "data.json", "{\"s\": [1, 2]}"),
                "--at", Run.file(folder, "points.json", points));
    }

    @Test
    void constrainedAndUnconstrainedAgreeWithTheClosedForm() throws IOException {
        Run run = density("[{\"z\": [0.5, -1], \"tau\": 2}, {\"tau\": 1, \"z\": [0, 0]}]",
                "m.sample(\"z\", normal(0, m.data(\"s\")));", "m.sample(\"tau\", exponential(3));");
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(2, lines.size());
        double[][] points = {{0.5, -1, 2}, {0, 0, 1}};
        for (int i = 0; i < 2; i++) {
            double[] p = points[i];
            double lp = -p[0] * p[0] / 2 - LOG_SQRT_2_PI - p[1] * p[1] / 8 - Math.log(2) - LOG_SQRT_2_PI + Math.log(3) - 3 * p[2];
            List<Double> got = numbers(lines.get(i));
            double[] expected = {lp, lp + Math.log(p[2]), -p[0], -p[1] / 4, 1 - 3 * p[2]};
            for (int k = 0; k < expected.length; k++) assertEquals(expected[k], got.get(k), 1e-12);
            assertEquals(expected.length, got.size());
        }
    }

    @Test
    void matricesAreNestedByRows() throws IOException {
        Run run = density("[{\"a\": [[1, 2, 3], [4, 5, 6]]}]", "Expr a = m.parameter(\"a\", Support.real(), 2, 3);",
                "m.logDensity(a.flatten().get(4));");
        assertEquals(List.of(5.0, 5.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0), numbers(run.out()), run.err());
    }

    /** Two simplexes of three: with a flat prior the density with the Jacobian is the Jacobian alone. */
    @Test
    void vectorsAndMatricesWithConstraintsAreNestedArrays() throws IOException {
        String declaration = "m.parameter(\"theta\", Support.simplex(), 2, 3);";
        Run run = density("[{\"theta\": [[0.2, 0.3, 0.5], [0.25, 0.5, 0.25]]}]", declaration);
        List<Double> got = numbers(run.out());
        double[] z = {0.2, 0.375, 0.25, 2 / 3.0};
        double jacobian = 0;
        for (int i = 0; i < 4; i++) jacobian += Math.log(z[i] * (1 - z[i])) + (i % 2 == 1 ? Math.log(1 - z[i - 1]) : 0);
        double[] expected = {0, jacobian, 1 - 3 * z[0], 1 - 2 * z[1], 1 - 3 * z[2], 1 - 2 * z[3]};
        assertEquals(expected.length, got.size(), run.err());
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], got.get(i), 1e-13);

        Run factor = density("[{\"L\": [[1, 0], [0.6, 0.8]], \"mu\": [-1, 2]}]", "m.parameter(\"L\", Support.choleskyFactorCorr(), 2, 2);",
                "m.parameter(\"mu\", Support.ordered(), 2);");
        assertEquals(0, numbers(factor.out()).get(0), factor.err());
        assertEquals(Math.log(0.64) + Math.log(3), numbers(factor.out()).get(1), 1e-14);
    }

    @Test
    void pointsOutsideAConstraintAreToldWhy() {
        String simplex = "m.parameter(\"theta\", Support.simplex(), 2, 3);";
        assertRefused(density("[{\"theta\": [[0.2, 0.3, 0.5], [0.25, 0.7, 0.25]]}]", simplex), "point 1", "theta[2] must sum to 1, but sums to 1.2");
        assertRefused(density("[{\"theta\": [[0, 0.5, 0.5], [0.25, 0.5, 0.25]]}]", simplex), "point 1", "theta", "boundary");
        assertRefused(density("[{\"theta\": [0.5, 0.5]}]", simplex), "theta must have shape (2 x 3), but has (2)");
        assertRefused(density("[{\"mu\": [1, 3, 2]}]", "m.parameter(\"mu\", Support.ordered(), 3);"),
                "mu must be in ascending order, but mu[3] is 2 after mu[2] = 3");
        assertRefused(density("[{\"L\": [[1, 0], [0.6, 0.7]]}]", "m.parameter(\"L\", Support.choleskyFactorCorr(), 2, 2);"),
                "L must have rows of length 1, but row 2 has length 0.921");
    }

    @Test
    void outsideTheDensitysSupportIsNullAndSaysWhat() {
        Run run = density("[{\"x\": 5}]", "Expr x = m.parameter(\"x\", Support.real());", "m.observe(x, uniform(0, 1));");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("{\"log_density\": null, \"log_density_unconstrained\": null, \"gradient\": ["), run.out());
        assertTrue(run.out().contains("\"not_finite\": {\"log_density\": \"-Infinity\", \"log_density_unconstrained\": \"-Infinity\""), run.out());
    }

    @Test
    void standardInputWillDoForPointsOrData() {
        Path model = Run.model(folder, "M", "m.observe(\"y\", normal(m.sample(\"mu\", normal(0, 1)), 1));");
        Path data = Run.file(folder, "data.json", "{\"y\": [1]}");
        Path points = Run.file(folder, "points.json", "[{\"mu\": 1}]");
        Run files = Run.of("density", model, "--data", data, "--at", points);
        assertEquals(0, files.code(), files.err());
        assertEquals(files, fed("[{\"mu\": 1}]", "density", model, "--data", data, "--at", "-"));
        assertEquals(files, fed("{\"y\": [1]}", "density", model, "--data", "-", "--at", points));
        assertRefused(fed("{", "density", model, "--data", "-", "--at", points), "data: standard input is not valid JSON");
        assertRefused(Run.of("density", model, "--data", "-", "--at", "-"), "must not both be standard input");
    }

    private static Run fed(String text, Object... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return Run.of(arguments);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void noPointsGiveNoLines() {
        assertEquals(new Run(0, "", ""), density("[]", "m.parameter(\"x\", Support.real());"));
    }

    @Test
    void wrongPointsAreNamed() {
        String model = "m.sample(\"z\", normal(0, m.data(\"s\")));";
        assertRefused(density("[{\"z\": [0, 0]}, {\"z\": [0, 0, 0]}]", model), "points.json, point 2", "z", "(2)", "(3)");
        assertRefused(density("[{\"z\": [0, 0]}, {}]", model), "points.json, point 2", "z is missing");
        assertRefused(density("[{\"z\": [0, 0], \"y\": 1}]", model), "point 1", "no parameter y", "z");
        assertRefused(density("[{\"z\": [0, \"Inf\"]}]", model), "point 1", "z");
        assertRefused(density("{\"z\": [0, 0]}", model), "points.json", "list");
        assertRefused(density("[1]", model), "points.json", "objects");
        assertRefused(density("[\n{\"z\": [0, true]}]", model), "points.json", "true in z", "line 2");
        assertRefused(density("[\n{\"z\": [[0], 1]}]", model), "points.json", "z", "line 2");
        assertRefused(density("[\n{\"z\": [0,, 1]}]", model), "points.json", "line 2");
        assertRefused(density("[{\"z\": [0, 1]}", model), "points.json", "not valid JSON");
        assertRefused(density("[{\"tau\": -1}]", "m.sample(\"tau\", exponential(3));"),
                "point 1", "tau must be at least 0, but is -1");
    }

    private static void assertRefused(Run run, String... parts) {
        assertEquals(ExitCode.USERS_MISTAKE, run.code(), run.out());
        assertEquals("", run.out());
        for (String part : parts) assertTrue(run.err().contains(part), () -> "expected \"" + part + "\" in: " + run.err());
    }
}

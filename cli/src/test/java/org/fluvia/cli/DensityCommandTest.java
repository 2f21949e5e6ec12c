package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
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

    @Test
    void outsideTheDensitysSupportIsAStringOfJson() {
        Run run = density("[{\"x\": 5}]", "Expr x = m.parameter(\"x\", Support.real());", "m.observe(x, uniform(0, 1));");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("{\"log_density\": \"-Infinity\", \"log_density_unconstrained\": \"-Infinity\", "), run.out());
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
        assertRefused(density("[{\"tau\": -1}]", "m.sample(\"tau\", exponential(3));"), "point 1", "tau", "support");
    }

    private static void assertRefused(Run run, String... parts) {
        assertEquals(FluviaCommand.USERS_MISTAKE, run.code(), run.out());
        assertEquals("", run.out());
        for (String part : parts) assertTrue(run.err().contains(part), () -> "expected \"" + part + "\" in: " + run.err());
    }
}

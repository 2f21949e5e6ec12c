package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Log-densities and their derivatives against densities.txt: mpmath with 1000 digits, checked by SciPy. See generate.py
 * there.
 */
class DensityReferenceTest {
    private static final double EPS = 0x1p-52;

    private record Row(double[] p, double x, double logDensity, double magnitude, double[] slopes,
                       double[] slopeMagnitudes) {
        /** x, then the parameters. */
        double[] point() {
            double[] point = new double[p.length + 1];
            point[0] = x;
            System.arraycopy(p, 0, point, 1, p.length);
            return point;
        }

        @Override
        public String toString() {
            return "at x = " + x + ", parameters " + Arrays.toString(p);
        }
    }

    private static final Map<String, List<Row>> ROWS = read();

    static List<FamilyCase> families() {
        return FamilyCase.all();
    }

    private static Map<String, List<Row>> read() {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                DensityReferenceTest.class.getResourceAsStream("densities.txt"), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("#")) continue;
                String[] words = line.split(" ");
                int k = (words.length - 6) / 3; // name, k parameters, x, value and magnitude, 2 (k + 1) of derivatives
                double[] v = Arrays.stream(words).skip(1).mapToDouble(DensityReferenceTest::parse).toArray();
                double[] slopes = new double[k + 1];
                double[] magnitudes = new double[k + 1];
                for (int i = 0; i <= k; i++) {
                    slopes[i] = v[k + 3 + 2 * i];
                    magnitudes[i] = v[k + 4 + 2 * i];
                }
                rows.computeIfAbsent(words[0], n -> new ArrayList<>())
                        .add(new Row(Arrays.copyOf(v, k), v[k], v[k + 1], v[k + 2], slopes, magnitudes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    static double parse(String word) {
        return switch (word) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "?" -> Double.NaN;
            default -> Double.parseDouble(word);
        };
    }

    @Test
    void referencesCoverEveryFamily() {
        assertEquals(FamilyCase.all().stream().map(FamilyCase::name).sorted().toList(), ROWS.keySet().stream().sorted().toList());
        ROWS.forEach((name, rows) -> assertTrue(rows.size() >= 16, name));
    }

    @ParameterizedTest
    @MethodSource("families")
    void logDensitiesAgree(FamilyCase family) {
        List<Row> rows = ROWS.get(family.name());
        List<Expr> inputs = inputs(family);
        Expr logDensity = density(family, inputs);
        double[][] points = rows.stream().map(Row::point).toArray(double[][]::new);
        double[][] values = Replay.at(points, inputs, List.of(logDensity));
        for (int j = 0; j < points.length; j++) {
            Row r = rows.get(j);
            check(r.logDensity(), values[j][0], r.magnitude(), r.toString());
        }
    }

    /** Known values take another way: constants are folded, what is outside the support is a term of its own. */
    @ParameterizedTest
    @MethodSource("families")
    void logDensitiesOfDataAgree(FamilyCase family) {
        for (Row r : ROWS.get(family.name())) {
            Expr x = Expr.vector(r.x(), r.x());
            double[] values = SharedValues.of(family.of(r.p()).logDensity(x));
            assertEquals(2, values.length);
            check(r.logDensity(), values[0], r.magnitude(), r.toString());
            check(r.logDensity(), values[1], r.magnitude(), r.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void derivativesAgree(FamilyCase family) {
        List<Row> rows = ROWS.get(family.name());
        List<Expr> inputs = inputs(family);
        List<Expr> gradient = Gradient.of(density(family, inputs), inputs);
        double[][] points = rows.stream().map(Row::point).toArray(double[][]::new);
        double[][] values = Replay.at(points, inputs, gradient);
        int checked = 0;
        for (int j = 0; j < points.length; j++) {
            Row r = rows.get(j);
            for (int i = 0; i < inputs.size(); i++) {
                if (Double.isNaN(r.slopes()[i]) || Double.isInfinite(r.logDensity())) continue;
                check(r.slopes()[i], values[j][i], r.slopeMagnitudes()[i], "derivative in "
                        + (i == 0 ? "x" : family.parameters().get(i - 1).name()) + " " + r);
                checked++;
            }
        }
        boolean hasDerivatives = !family.isDiscrete() || IntStream.range(0, inputs.size() - 1).anyMatch(family::isSmoothIn);
        assertEquals(hasDerivatives, checked > 0);
    }

    private static List<Expr> inputs(FamilyCase family) {
        List<Expr> inputs = new ArrayList<>(List.of(Expr.perDraw("x", Shape.scalar())));
        for (FamilyCase.Parameter p : family.parameters()) inputs.add(Expr.perDraw(p.name(), Shape.scalar()));
        return inputs;
    }

    private static Expr density(FamilyCase family, List<Expr> inputs) {
        return family.of(inputs.subList(1, inputs.size()).toArray(new Expr[0])).logDensity(inputs.get(0));
    }

    private static void check(double expected, double actual, double magnitude, String what) {
        if (Double.isInfinite(expected)) {
            assertEquals(expected, actual, what);
        } else {
            assertEquals(expected, actual, 16 * EPS * Math.min(magnitude, Double.MAX_VALUE) + Double.MIN_NORMAL, what);
        }
    }
}

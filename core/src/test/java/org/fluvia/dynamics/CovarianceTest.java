package org.fluvia.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Covariance functions against mpmath, and what makes a matrix a covariance. */
class CovarianceTest {
    /** Points x1, x2, marginal standard deviation, length scale. */
    private interface Kernel {
        Expr of(Expr x1, Expr x2, Expr alpha, Expr rho);
    }

    private static final Map<String, Kernel> KERNELS = new LinkedHashMap<>(Map.of(
            "exponentiatedQuadratic", Covariance::exponentiatedQuadratic,
            "matern12", Covariance::matern12,
            "matern32", Covariance::matern32,
            "matern52", Covariance::matern52,
            "periodic", (a, b, alpha, rho) -> Covariance.periodic(a, b, alpha, rho, Expr.of(3.25)),
            "dotProduct", (a, b, alpha, rho) -> Covariance.dotProduct(a, b, alpha)));

    /** The first two are the same. */
    private static final Expr POINTS = Expr.vector(0.3, -1.2, 0.3, -1.2, 0.25, 2.5, -3.75, 1e-3).reshape(Shape.of(4, 2));
    private static final double ALPHA = 1.7;

    private final Expr alpha = Expr.perDraw("alpha", Shape.scalar());
    private final Expr rho = Expr.perDraw("rho", Shape.scalar());
    private final Expr each = Expr.perDraw("rho", Shape.of(2));

    @TestFactory
    Stream<DynamicTest> valuesAreThoseOfMpmath() throws IOException {
        try (InputStream in = CovarianceTest.class.getResourceAsStream("covariance.txt")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).toList();
            assertEquals(10, lines.size());
            return lines.stream().map(l -> DynamicTest.dynamicTest(l.substring(0, 30), () -> check(l.split(" "))));
        }
    }

    private void check(String[] line) {
        Kernel kernel = KERNELS.get(line[0]);
        boolean one = line[1].equals("one");
        Expr k = kernel.of(POINTS, POINTS, alpha, one ? rho : each);
        double[] at = one ? new double[] {ALPHA, 0.8} : new double[] {ALPHA, 0.8, 2.5};
        double[] v = Replay.at(at, List.of(alpha, one ? rho : each), k);
        assertEquals(Shape.of(4, 4), k.shape());
        int next = 2;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                double expected = Double.parseDouble(line[next++]);
                // the exponent's rounding, times the exponent; a sine near its zeros and a sum of both signs lose more
                double size = Math.abs(expected) * Math.max(4, Math.abs(Math.log(Math.abs(expected))));
                boolean cancels = line[0].equals("periodic") || line[0].equals("dotProduct");
                double tolerance = 4e-16 * (cancels ? Math.max(size, 4) : size);
                assertEquals(expected, v[i * 4 + j], tolerance, i + ", " + j);
                assertEquals(v[i * 4 + j], v[j * 4 + i], "symmetric");
            }
        }
    }

    @Test
    void covariancesOfTwoSetsAreBlocksOfTheWhole() {
        Expr first = POINTS.slice(0, 3);
        Expr last = POINTS.slice(2, 4);
        KERNELS.forEach((name, kernel) -> {
            double[] whole = SharedValues.of(kernel.of(POINTS, POINTS, Expr.of(ALPHA), Expr.of(0.8)));
            double[] block = SharedValues.of(kernel.of(first, last, Expr.of(ALPHA), Expr.of(0.8)));
            for (int i = 0; i < 3; i++) for (int j = 0; j < 2; j++) assertEquals(whole[i * 4 + 2 + j], block[i * 2 + j], name);
        });
    }

    @Test
    void pointsOnALineAreAVectorOrAColumn() {
        Expr line = Expr.vector(-1, 0.5, 0.75, 4);
        KERNELS.forEach((name, kernel) -> {
            Expr column = line.reshape(Shape.of(4, 1));
            double[] expected = SharedValues.of(kernel.of(line, line, Expr.of(ALPHA), Expr.of(0.8)));
            assertArrayEquals(expected, SharedValues.of(kernel.of(column, column, Expr.of(ALPHA), Expr.of(0.8))), name);
        });
    }

    @Test
    void withALittleOnTheDiagonalTheyArePositiveDefinite() {
        int n = 60;
        double[] x = new Random(1).doubles(2 * n, -2, 2).toArray();
        Expr points = Expr.vector(x).reshape(Shape.of(n, 2));
        Expr smooth = Covariance.exponentiatedQuadratic(points, Expr.of(1), Expr.vector(1.5, 3));
        Map<String, Expr> all = new HashMap<>();
        all.put("smooth", smooth);
        all.put("sum", smooth.plus(Covariance.dotProduct(points, Expr.of(0.1))));
        all.put("product", smooth.times(Covariance.periodic(points.transpose().get(0), Expr.of(1), Expr.of(1), Expr.of(0.7))));
        all.put("matern", Covariance.matern52(points, Expr.of(1), Expr.of(2)));
        all.forEach((name, k) -> {
            DMatrixRMaj m = DMatrixRMaj.wrap(n, n, SharedValues.of(k));
            for (int i = 0; i < n; i++) m.add(i, i, 1e-9);
            assertTrue(DecompositionFactory_DDRM.chol(n, true).decompose(m), name);
        });
    }

    /** Coincident points included. Differences lose half the digits. */
    @Test
    void gradientsAreThoseOfDifferences() {
        Expr weights = Expr.vector(new Random(2).doubles(16, -1, 1).toArray()).reshape(Shape.of(4, 4));
        KERNELS.forEach((name, kernel) -> {
            boolean one = name.equals("periodic") || name.equals("dotProduct");
            Expr scale = one ? rho : each;
            List<Expr> inputs = List.of(alpha, scale);
            Expr y = kernel.of(POINTS, POINTS, alpha, scale).times(weights).sum();
            double[] at = one ? new double[] {ALPHA, 0.8} : new double[] {ALPHA, 0.8, 2.5};
            double[] g = Replay.at(new double[][] {at}, inputs, Gradient.of(y, inputs))[0];
            for (int i = 0; i < at.length; i++) {
                double[][] moved = {at.clone(), at.clone()};
                moved[0][i] -= 1e-6;
                moved[1][i] += 1e-6;
                double[][] v = Replay.at(moved, inputs, List.of(y));
                assertEquals((v[1][0] - v[0][0]) / 2e-6, g[i], 1e-8 * Math.max(1, Math.abs(v[0][0])), name + " " + i);
            }
        });
    }

    @Test
    void pointsMayBeParameters() {
        Expr x = Expr.perDraw("x", Shape.of(3, 2));
        double[] at = {0.3, 1, 0.3, 1, -0.5, 2};
        KERNELS.forEach((name, kernel) -> {
            Expr y = kernel.of(x, x, Expr.of(1), Expr.of(0.8)).get(2).sum();
            double[] g = Replay.at(at, List.of(x), Gradient.of(y, x));
            for (int i = 0; i < at.length; i++) {
                double[][] moved = {at.clone(), at.clone()};
                moved[0][i] -= 1e-6;
                moved[1][i] += 1e-6;
                double[][] v = Replay.at(moved, List.of(x), List.of(y));
                assertEquals((v[1][0] - v[0][0]) / 2e-6, g[i], 1e-8, name + " " + i);
            }
            Expr together = kernel.of(x, x, Expr.of(1), Expr.vector(0.8, 1).get(0)).get(0).sum();
            for (double d : Replay.at(at, List.of(x), Gradient.of(together, x))) assertTrue(Double.isFinite(d), name);
        });
        Expr perDimension = Covariance.matern32(x, Expr.of(1), each).sum();
        double[] g = Replay.at(new double[] {0.3, 1, 0.3, 1, -0.5, 2, 0.8, 1.5}, List.of(x, each), Gradient.of(perDimension, each));
        for (double d : g) assertTrue(d > 0);
    }

    @Test
    void distancesOfDataAreComputedOnce() {
        Expr k = Covariance.matern52(POINTS, alpha, rho);
        assertTrue(k.isPerDraw());
        assertFalse(Covariance.matern52(POINTS, Expr.of(1), Expr.of(2)).isPerDraw());
        // with a parameter per draw: r, its square, the polynomial, the exponential, their product
        assertTrue(org.fluvia.autodiff.Program.of(k).operations() <= 14);
    }

    @Test
    void messagesNameWhatDoesNotFit() {
        Map<String, Runnable> wrong = new HashMap<>();
        wrong.put("covariance: x1 must be (points) or (points x dimensions), but has shape scalar (CovarianceTest.java:",
                () -> Covariance.matern12(Expr.of(1), alpha, rho));
        wrong.put("covariance: points must be in as many dimensions, but have shapes (4 x 2) and (3)",
                () -> Covariance.matern12(POINTS, Expr.vector(1, 2, 3), alpha, rho));
        wrong.put("covariance: rho must be a scalar or (2), one for each dimension of the points, but has shape (3)",
                () -> Covariance.matern12(POINTS, alpha, Expr.vector(1, 2, 3)));
        wrong.put("covariance: rho must be positive, but was -1.0", () -> Covariance.matern12(POINTS, alpha, Expr.of(-1)));
        wrong.put("covariance: alpha must be a scalar, but has shape (2)", () -> Covariance.matern12(POINTS, each, rho));
        wrong.put("covariance: sigma must be a scalar, but has shape (2)", () -> Covariance.dotProduct(POINTS, each));
        wrong.put("covariance: period must be positive, but was 0.0",
                () -> Covariance.periodic(POINTS, alpha, rho, Expr.of(0)));
        wrong.put("covariance: rho must be a scalar, but has shape (2)",
                () -> Covariance.periodic(POINTS, alpha, each, Expr.of(1)));
        wrong.forEach((message, code) -> {
            String actual = assertThrows(IllegalArgumentException.class, code::run).getMessage();
            assertTrue(actual.startsWith(message), actual);
        });
    }
}

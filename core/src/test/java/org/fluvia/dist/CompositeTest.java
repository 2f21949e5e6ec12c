package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distributions of numbers that are made of others. */
class CompositeTest {
    private static final double EPS = 0x1p-52;
    private static final int DRAWS = 10_000;
    private static final double LOG_RISK = StrictMath.log(2e6);

    static List<CompositeCase> cases() {
        return CompositeCase.all();
    }

    private static Expr[] perDraw(CompositeCase c) {
        Expr[] p = new Expr[c.parameters().length];
        Arrays.setAll(p, k -> Expr.perDraw("p" + k, Shape.scalar()));
        return p;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logDensitiesAgreeWithCommonsStatistics(CompositeCase c) {
        Expr[] p = perDraw(c);
        Expr x = Expr.perDraw("x", Shape.of(c.x().length));
        List<Expr> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(List.of(p));
        double[] point = EventReference.join(c.x(), c.parameters());
        double[] ofDraws = Replay.at(point, inputs, c.of().apply(p).logDensity(x));
        double[] mixed = Replay.at(point, inputs, c.of().apply(p).logDensity(Expr.vector(c.x())));
        double[] ofData = SharedValues.of(c.of(c.parameters()).logDensity(Expr.vector(c.x())));
        for (int i = 0; i < c.x().length; i++) {
            double expected = c.oracle().logDensity(c.x()[i]);
            double tolerance = 1e-11 * Math.max(1, Math.abs(expected));
            assertEquals(expected, ofDraws[i], tolerance, "x = " + c.x()[i]);
            assertEquals(expected, mixed[i], tolerance, "x = " + c.x()[i]);
            assertEquals(expected, ofData[i], tolerance, "x = " + c.x()[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivativesAreThoseOfDifferences(CompositeCase c) {
        Expr[] p = perDraw(c);
        Expr x = Expr.perDraw("x", Shape.of(c.x().length));
        List<Expr> inputs = new ArrayList<>(List.of(p));
        Distribution d = c.of().apply(p);
        boolean continuous = !d.hasAtoms();
        if (continuous) inputs.add(0, x);
        Expr sum = d.logDensity(continuous ? x : Expr.vector(c.x())).sum();
        double[] point = continuous ? EventReference.join(c.x(), c.parameters()) : c.parameters();
        double[] gradient = Replay.at(point, inputs, Gradient.of(sum, inputs).toArray(new Expr[0]));
        double value = Replay.at(point, inputs, sum)[0];
        for (int i = 0; i < point.length; i++) {
            double h = 1e-5 * (point[i] == 0 ? 1 : Math.abs(point[i]));
            double[][] around = new double[5][];
            for (int s = -2; s <= 2; s++) {
                around[s + 2] = point.clone();
                around[s + 2][i] += s * h;
            }
            double[][] f = Replay.at(around, inputs, List.of(sum));
            double slope = (8 * (f[3][0] - f[1][0]) - (f[4][0] - f[0][0])) / (12 * h);
            assertEquals(slope, gradient[i], 1000 * EPS * (1 + Math.abs(value)) / h + 1e-7 * Math.abs(slope), "input " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void drawsFollowTheDistribution(CompositeCase c) {
        Distribution d = c.of(c.parameters());
        double[] x = d.sample(new SplittableRandom(7), Shape.of(DRAWS));
        assertEquals("", d.outsideSupport(Expr.vector(x)).orElse(""));
        assertArrayEquals(x, d.sample(new SplittableRandom(7), Shape.of(DRAWS)));
        Arrays.sort(x);
        double distance = 0;
        for (int i = 0; i < DRAWS; i++) {
            double cdf = c.oracle().cdf(x[i]);
            if (i == DRAWS - 1 || x[i + 1] > x[i]) distance = Math.max(distance, Math.abs((i + 1.0) / DRAWS - cdf));
            if (!d.hasAtoms()) distance = Math.max(distance, cdf - (double) i / DRAWS);
        }
        assertTrue(distance < Math.sqrt(LOG_RISK / (2 * DRAWS)), "distance " + distance);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void missingValuesStayMissing(CompositeCase c) {
        double[] r = SharedValues.of(c.of(c.parameters()).logDensity(Expr.vector(Double.NaN, c.x()[1])));
        assertTrue(Double.isNaN(r[0]), "x");
        assertTrue(Double.isFinite(r[1]));
        Expr[] p = perDraw(c);
        for (int k = 0; k < p.length; k++) {
            double[] point = c.parameters().clone();
            point[k] = Double.NaN;
            double value = Replay.at(point, List.of(p), c.of().apply(p).logDensity(Expr.of(c.x()[1])))[0];
            assertTrue(Double.isNaN(value), "parameter " + k + " gives " + value);
        }
    }

    @Test
    void everyObservationCanHaveItsWeightsAndParameters() {
        Expr w = Expr.shared("w", Shape.of(3, 2), 0.3, 0.7, 1, 0, 0.5, 0.5);
        Expr mu = Expr.vector(1, 2, 3);
        Distribution d = Distributions.mixture(w, Distributions.normal(mu, 1), Distributions.normal(-1, 2));
        assertEquals(Shape.of(3), d.shape());
        double[] x = {0.5, 2.5, -3};
        double[] r = SharedValues.of(d.logDensity(Expr.vector(x)));
        double[] weights = {0.3, 1, 0.5};
        for (int i = 0; i < 3; i++) {
            double one = Math.exp(-0.5 * Math.pow(x[i] - i - 1, 2)) / Math.sqrt(2 * Math.PI);
            double two = Math.exp(-0.5 * Math.pow((x[i] + 1) / 2, 2)) / Math.sqrt(8 * Math.PI);
            assertEquals(Math.log(weights[i] * one + (1 - weights[i]) * two), r[i], 1e-14);
        }
        Expr inflated = Distributions.zeroInflated(Expr.vector(0.1, 0.9), Distributions.poisson(Expr.vector(1, 2)))
                .logDensity(Expr.vector(0, 0));
        assertEquals(Math.log(0.1 + 0.9 * Math.exp(-1)), SharedValues.of(inflated)[0], 1e-15);
        assertEquals(Math.log(0.9 + 0.1 * Math.exp(-2)), SharedValues.of(inflated)[1], 1e-15);
    }

    @Test
    void componentsCanBeVectors() {
        Expr w = Expr.vector(0.25, 0.25, 0.5);
        Distribution d = Distributions.mixture(w, k -> Distributions.gaussianRandomWalk(10 * k, 0.5 + k));
        Expr x = Expr.shared("x", Shape.of(2, 3), 1, 2, 1.5, 19, 22, 22);
        double[] r = SharedValues.of(d.logDensity(x));
        double[][] parts = new double[3][];
        for (int k = 0; k < 3; k++) parts[k] = SharedValues.of(Distributions.gaussianRandomWalk(10 * k, 0.5 + k).logDensity(x));
        for (int i = 0; i < 2; i++) {
            double sum = 0.25 * Math.exp(parts[0][i]) + 0.25 * Math.exp(parts[1][i]) + 0.5 * Math.exp(parts[2][i]);
            assertEquals(Math.log(sum), r[i], 1e-13);
        }
        double[] draws = d.sample(new SplittableRandom(2), Shape.of(4000, 3));
        int high = 0;
        for (int i = 0; i < 4000; i++) if (draws[3 * i] > 15) high++;
        assertEquals(0.5 * 0.9772, high / 4000.0, 5 * Math.sqrt(0.25 / 4000)); // P(normal(20, 2.5) > 15)
    }

    @Test
    void supportsAreUnited() {
        Expr w = Expr.vector(0.5, 0.5);
        assertEquals("at least 0", Distributions.mixture(w, Distributions.gamma(1, 1), Distributions.exponential(1)).support()
                .toString());
        assertEquals("positive", Distributions.mixture(w, Distributions.gamma(1, 1), Distributions.logNormal(0, 1)).support()
                .toString());
        assertEquals("real", Distributions.mixture(w, Distributions.gamma(1, 1), Distributions.normal(0, 1)).support()
                .toString());
        assertEquals("interval (-1, 2)", Distributions.mixture(w, Distributions.uniform(-1, 0), Distributions.uniform(1, 2))
                .support().toString());
        assertEquals("whole numbers from 0 to 4", Distributions.mixture(w, Distributions.binomial(4, 0.5),
                Distributions.bernoulli(0.5)).support().toString());
        assertEquals("y[2] = 3 is outside the support of mixture (interval (-1, 2))", Distributions.mixture(w,
                Distributions.uniform(-1, 0), Distributions.uniform(1, 2)).outsideSupport(Expr.shared("y", Shape.of(2), 1, 3))
                .orElseThrow());
        assertEquals("at least 0", Distributions.hurdle(0.5, Distributions.gamma(1, 1)).support().toString());
    }

    private static void fails(String pattern, Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.matches(pattern.replace("LINE", "CompositeTest\\.java:\\d+")), message);
    }

    @Test
    void argumentsThatDoNotFitAreNamed() {
        Distribution normal = Distributions.normal(0, 1);
        fails("mixture: weights must have one value for each of the 2 components, but has shape \\(3\\) \\(LINE\\)",
                () -> Distributions.mixture(Expr.vector(0.2, 0.3, 0.5), normal, normal));
        fails("mixture: weights must add up to 1, but .* adds up to 0.75 \\(LINE\\).*",
                () -> Distributions.mixture(Expr.vector(0.5, 0.25), normal, normal));
        fails("mixture: weights must be a vector, .*", () -> Distributions.mixture(Expr.of(0.5), normal, normal, normal));
        fails("mixture: weights must be from 0 to 1, but was 1.5 .*", () -> Distributions.mixture(Expr.of(1.5), normal, normal));
        fails("mixture: components must be of one kind, but are normal of numbers and poisson of whole numbers \\(LINE\\)",
                () -> Distributions.mixture(Expr.vector(0.5, 0.5), normal, Distributions.poisson(1)));
        fails("mixture: normal has one value for each of \\(3\\) events, but the weights or other components for each of \\(2\\)"
                + " \\(LINE\\)", () -> Distributions.mixture(Expr.vector(0.5, 0.5), Distributions.normal(Expr.vector(1, 2), 1),
                Distributions.normal(Expr.vector(1, 2, 3), 1)));
        fails("zeroInflated: the distribution must be one of counts, but normal is continuous \\(LINE\\)\\. Use hurdle.*",
                () -> Distributions.zeroInflated(0.5, normal));
        fails("zeroInflated: prob must be from 0 to 1, but was 1.5 \\(LINE\\).*",
                () -> Distributions.zeroInflated(1.5, Distributions.poisson(1)));
        fails("hurdle: its parameters must be scalars or have one shape, but are \\(2\\) and, of poisson, \\(3\\) \\(LINE\\)",
                () -> Distributions.hurdle(Expr.vector(0.5, 0.5), Distributions.poisson(Expr.vector(1, 2, 3))));
        fails("hurdle: the distribution must be one of numbers, but gaussianRandomWalk is one of vectors \\(LINE\\)",
                () -> Distributions.hurdle(0.5, Distributions.gaussianRandomWalk(1)));
    }
}

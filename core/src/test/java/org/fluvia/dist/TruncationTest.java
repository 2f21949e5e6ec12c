package org.fluvia.dist;

import static org.fluvia.dist.Distributions.censored;
import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.leftTruncated;
import static org.fluvia.dist.Distributions.logNormal;
import static org.fluvia.dist.Distributions.multiNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.rightCensored;
import static org.fluvia.dist.Distributions.rightTruncated;
import static org.fluvia.dist.Distributions.truncated;
import static org.fluvia.dist.Distributions.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.CsvSource;

/** Truncated and censored distributions beyond what holds for all that are made of others. */
class TruncationTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final int DRAWS = 10_000;

    /**
     * Log-density of a standard normal number between bounds, and its derivative in the location. By mpmath with 50 digits:
     * -x^2/2 - log(2 pi)/2 - log(Z) and x - (phi(low) - phi(high))/Z, with Z from erfc in the tail where both bounds are.
     */
    @ParameterizedTest
    @CsvSource({
        "8, 9, 8.5, -2.0303199397675246, 0.37881100702020288",
        "-50, -49, -49.25, -8.3890136415394153, -0.22960880116154393",
        "40, Infinity, 40.5, -16.435496519450885, 0.47503115279273628",
        "-Infinity, -38.5, -39, -15.723668242793591, -0.4740609031455063",
        "-0.001, 0.002, 0, 5.8091434903138773, -0.00049999962500011251",
        "-0.5, Infinity, 3, -5.0499921179160163, 2.4908395661629665",
        "-60, 0.25, -7, -24.905954457795242, -6.3541606289831827",
        "-5, 60, 2, -2.9189382465530598, 1.9999985132800591",
        "30, 100000, 31, -27.097694576861476, 0.96674033256632296",
    })
    void whatTheBoundsLeaveIsAccurateInBothTails(double low, double high, double x, double logDensity, double slope) {
        Expr mu = Expr.perDraw("mu", Shape.scalar());
        Expr density = truncated(normal(mu, 1), low, high).logDensity(Expr.of(x));
        double[] r = Replay.at(new double[] {0}, List.of(mu), density, Gradient.of(density, mu));
        assertEquals(logDensity, r[0], 2e-12 * Math.max(1, Math.abs(logDensity)));
        assertEquals(slope, r[1], 2e-10);
        double known = SharedValues.of(truncated(normal(0, 1), low, high).logDensity(Expr.of(x)))[0];
        assertEquals(logDensity, known, 2e-12 * Math.max(1, Math.abs(logDensity)));
    }

    @Test
    void everyObservationCanHaveItsBounds() {
        Expr lower = Expr.vector(-INF, 0, 1);
        Expr upper = Expr.vector(2, INF, 3);
        double[] r = SharedValues.of(truncated(normal(1, 2), lower, upper).logDensity(Expr.vector(-4, 0.5, 4)));
        assertEquals(SharedValues.of(rightTruncated(normal(1, 2), 2).logDensity(Expr.of(-4)))[0], r[0], 1e-15);
        assertEquals(SharedValues.of(leftTruncated(normal(1, 2), 0).logDensity(Expr.of(0.5)))[0], r[1], 1e-15);
        assertEquals(-INF, r[2]);
        Expr mu = Expr.perDraw("mu", Shape.scalar());
        Expr sum = truncated(normal(mu, 2), lower, upper).logDensity(Expr.vector(-4, 0.5, 3)).sum();
        double slope = Replay.at(new double[] {1}, List.of(mu), Gradient.of(sum, mu))[0];
        double[][] f = Replay.at(Replay.points(1 - 1e-5, 1 + 1e-5), List.of(mu), List.of(sum));
        assertEquals((f[1][0] - f[0][0]) / 2e-5, slope, 1e-8);
        double[] c = SharedValues.of(censored(normal(1, 2), lower, upper).logDensity(Expr.vector(2, 5, 0)));
        assertEquals(Math.log(0.30853753872598690), c[0], 1e-14); // P(normal > 0.5)
        assertEquals(-2 - Math.log(2) - 0.5 * Math.log(2 * Math.PI), c[1], 1e-14);
        assertEquals(Math.log(0.5), c[2], 1e-14);
    }

    @Test
    void supportsAreCutToTheBounds() {
        assertEquals("at least 0", leftTruncated(normal(0, 1), 0).support().toString());
        assertEquals("at most 3", truncated(normal(0, 1), -INF, 3).support().toString());
        assertEquals("interval (-1, 3)", truncated(normal(0, 1), -1, 3).support().toString());
        assertEquals("interval (0, 3)", truncated(exponential(1), -1, 3).support().toString());
        assertEquals("positive", leftTruncated(logNormal(0, 1), -1).support().toString());
        assertEquals("at least 2", leftTruncated(logNormal(0, 1), 2).support().toString());
        assertEquals("interval (0, 1)", rightTruncated(uniform(0, 2), 1).support().toString());
        assertEquals("whole numbers from 0 to 5", truncated(new Waiting(Expr.of(0.5)), 2, 5).support().toString());
    }

    @Test
    void boundsThatDependOnParametersBoundAParameter() {
        Expr bound = Expr.perDraw("bound", Shape.scalar());
        Distribution d = leftTruncated(normal(0, 1), bound);
        Expr u = Expr.perDraw("u", Shape.of(1));
        var x = d.support().constrain(u, Shape.scalar());
        double[] r = Replay.at(new double[] {0.5, 0.7}, List.of(bound, u), x.value(), d.logDensity(x.value()));
        assertEquals(0.5 + Math.exp(0.7), r[0], 1e-15);
        assertEquals(SharedValues.of(leftTruncated(normal(0, 1), 0.5).logDensity(Expr.of(r[0])))[0], r[1], 1e-14);
    }

    /** Where hardly any draw of the distribution lies, its distribution function is inverted. */
    @Test
    void drawsFromFarTailsFollowTheDistribution() {
        double[] x = leftTruncated(normal(1, 2), 81).sample(new SplittableRandom(3), Shape.of(DRAWS));
        check(x, v -> 1 - Math.exp(-(40 + 1.0 / 40) * (v - 81) / 2 - (v - 81) * (v - 81) / 8)); // Mills' ratio to 1 / 40^3
        x = truncated(normal(1, 2), -INF, -79).sample(new SplittableRandom(3), Shape.of(DRAWS));
        check(x, v -> Math.exp(-(40 + 1.0 / 40) * (-79 - v) / 2 - (v + 79) * (v + 79) / 8));
        x = truncated(exponential(3), 50, 50.5).sample(new SplittableRandom(3), Shape.of(DRAWS));
        check(x, v -> (1 - Math.exp(-3 * (v - 50))) / (1 - Math.exp(-1.5)));
        x = leftTruncated(new Waiting(Expr.of(0.9)), 30).sample(new SplittableRandom(3), Shape.of(DRAWS));
        assertEquals(0.9, Arrays.stream(x).filter(v -> v == 30).count() / (double) DRAWS, 0.015);
        assertEquals(0.09, Arrays.stream(x).filter(v -> v == 31).count() / (double) DRAWS, 0.015);
    }

    /** At the values of one posterior draw, some of them hard and some easy. */
    @Test
    void drawsTakeTheParametersOfTheirElement() {
        Expr mu = Expr.perDraw("mu", Shape.of(4));
        Distribution d = truncated(normal(mu, 1), 0, 0.5);
        double[] x = d.sample(new SplittableRandom(1), Shape.of(4),
                List.of(new double[] {0, -30, 50, 0.2}, new double[] {1}, new double[] {0}, new double[] {0.5}));
        for (double v : x) assertTrue(v >= 0 && v <= 0.5, Arrays.toString(x));
        assertTrue(x[1] < 0.35 && x[2] > 0.25, Arrays.toString(x));
    }

    private static void check(double[] x, java.util.function.DoubleUnaryOperator cdf) {
        Arrays.sort(x);
        double distance = 0;
        for (int i = 0; i < x.length; i++) {
            double p = cdf.applyAsDouble(x[i]);
            distance = Math.max(distance, Math.max((i + 1.0) / x.length - p, p - (double) i / x.length));
        }
        assertTrue(distance < Math.sqrt(Math.log(2e6) / (2 * x.length)), "distance " + distance);
    }

    @Test
    void observationsOutsideTheBoundsAreNamed() {
        Expr y = Expr.shared("y", Shape.of(3), 1, 2, 6);
        assertEquals("y[3] = 6 is above 5, where waiting is truncated",
                truncated(new Waiting(Expr.of(0.5)), 1, 5).outsideSupport(y).orElseThrow());
        assertEquals("y[1] = 1 is below 1.5, where normal is truncated",
                leftTruncated(normal(0, 1), 1.5).outsideSupport(y).orElseThrow());
        assertEquals("y[2] = 2 is below 3, where normal is truncated",
                leftTruncated(normal(0, 1), Expr.vector(0, 3, 0)).outsideSupport(y).orElseThrow());
        assertTrue(censored(exponential(1), -1, 5).outsideSupport(Expr.vector(-1, 0, 7)).isEmpty());
        assertEquals("y[2] = -1 is outside the support of exponential (at least 0)",
                rightCensored(exponential(1), 5).outsideSupport(Expr.shared("y", Shape.of(2), 5, -1)).orElseThrow());
    }

    private static void fails(String pattern, Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.matches(pattern.replace("LINE", "TruncationTest\\.java:\\d+")), message);
    }

    @Test
    void argumentsThatDoNotFitAreNamed() {
        fails("truncated: upper must be above lower = 2.0, but was 1.0 \\(LINE\\)\\. Give .*",
                () -> truncated(normal(0, 1), 2, 1));
        fails("truncated: lower must be a number, but was NaN \\(LINE\\)\\. Where there is no bound, use infinity\\.",
                () -> leftTruncated(normal(0, 1), Double.NaN));
        fails("truncated: the distribution must have some probability between the bounds, but uniform has none \\(LINE\\)\\.",
                () -> truncated(uniform(0, 1), 2, 3));
        fails("truncated: its parameters must be scalars or have one shape, but are \\(3\\) and, of normal, \\(2\\) \\(LINE\\)",
                () -> truncated(normal(Expr.vector(1, 2), 1), Expr.vector(0, 0, 0), 5));
        fails("truncated: the distribution must be one of numbers, but multiNormal is one of vectors \\(LINE\\)",
                () -> leftTruncated(multiNormal(0, Expr.vector(1).reshape(Shape.of(1, 1))), 1));
        fails("censored: the bounds must be data, but one depends on parameters \\(LINE\\)\\. .*",
                () -> rightCensored(normal(0, 1), Expr.perDraw("b", Shape.scalar())));
        Distribution twice = rightCensored(normal(0, 1), 0);
        fails("censored: the distribution function must be known, but that of censored is not \\(LINE\\)",
                () -> rightCensored(twice, 3));
    }
}

package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {
    private static final int DRAWS = 10_000;
    /** A true sampler fails about one test in a million: the seeds are fixed, so it never does. */
    private static final double LOG_RISK = StrictMath.log(2e6);

    static List<FamilyCase> families() {
        return FamilyCase.all();
    }

    /** The largest distance of the empirical from the true distribution function: Dvoretzky-Kiefer-Wolfowitz. */
    @ParameterizedTest
    @MethodSource("families")
    void drawsFollowTheDistribution(FamilyCase family) {
        for (double[] p : family.typical()) {
            Oracle oracle = family.oracle().apply(p);
            double[] x = family.of(p).sample(new SplittableRandom(7), Shape.of(DRAWS));
            Arrays.sort(x);
            double distance = 0;
            for (int i = 0; i < DRAWS; i++) {
                double cdf = oracle.cdf(x[i]);
                if (i == DRAWS - 1 || x[i + 1] > x[i]) distance = Math.max(distance, Math.abs((i + 1.0) / DRAWS - cdf));
                if (!family.isDiscrete()) distance = Math.max(distance, cdf - (double) i / DRAWS);
            }
            double limit = Math.sqrt(LOG_RISK / (2 * DRAWS));
            assertTrue(distance < limit, Arrays.toString(p) + ": distance " + distance + ", limit " + limit);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void drawsLieInTheSupportAndDependOnTheSeedAlone(FamilyCase family) {
        for (double[] p : family.typical()) {
            double[] x = family.of(p).sample(new SplittableRandom(3), Shape.of(500));
            assertEquals(java.util.Optional.empty(), family.of(p).outsideSupport(Expr.vector(x)));
            assertArrayEquals(x, family.of(p).sample(new SplittableRandom(3), Shape.of(500)));
            assertTrue(!Arrays.equals(x, family.of(p).sample(new SplittableRandom(4), Shape.of(500))));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void arraysAreDrawnElementByElement(FamilyCase family) {
        double[] a = family.typical()[0];
        double[] b = family.typical()[1];
        Expr[] vectors = new Expr[a.length];
        Arrays.setAll(vectors, k -> Expr.vector(a[k], b[k]));
        SplittableRandom random = new SplittableRandom(11);
        Univariate d = family.of(vectors);
        double[] expected = {d.sample(random, a), d.sample(random, b)};
        assertArrayEquals(expected, d.sample(new SplittableRandom(11), Shape.of(2)));
    }

    @Test
    void shapesOfSamplesMustFit() {
        Distribution d = Distributions.normal(Expr.vector(1, 2), 1);
        String message = assertThrows(IllegalArgumentException.class,
                () -> d.sample(new SplittableRandom(1), Shape.of(3))).getMessage();
        assertTrue(message.matches("normal: the shape of a sample must be that of the parameters, \\(2\\), but was \\(3\\)"
                + " \\(SamplerTest.java:\\d+\\)"), message);
        Distribution parameter = Distributions.normal(Expr.perDraw("mu", Shape.scalar()), 1);
        assertThrows(IllegalArgumentException.class, () -> parameter.sample(new SplittableRandom(1), Shape.scalar()));
    }

    /** Where the oracle's counts are too small: the first two moments, to six standard errors. */
    @ParameterizedTest
    @CsvSource({
        "binomial, 1e3, 0.5, 500, 250", "binomial, 1e6, 1e-4, 100, 99.99", "binomial, 1e12, 0.75, 7.5e11, 1.875e11",
        "poisson, 1e5, 0, 1e5, 1e5", "poisson, 9e7, 0, 9e7, 9e7", "poisson, 1.1e8, 0, 1.1e8, 1.1e8",
        "poisson, 1e14, 0, 1e14, 1e14"
    })
    void largeCountsHaveTheirMoments(String family, double first, double second, double mean, double variance) {
        Distribution d = family.equals("poisson") ? Distributions.poisson(first) : Distributions.binomial(first, second);
        double[] x = d.sample(new SplittableRandom(5), Shape.of(DRAWS));
        assertTrue(d.outsideSupport(Expr.vector(x)).isEmpty());
        double sum = 0;
        double squares = 0;
        for (double v : x) {
            sum += v - mean;
            squares += (v - mean) * (v - mean);
        }
        assertEquals(0, sum / DRAWS, 6 * Math.sqrt(variance / DRAWS), "mean");
        assertEquals(variance, squares / DRAWS, 6 * variance * Math.sqrt((2 + 1 / variance) / DRAWS), "variance");
    }

    @Test
    void extremeParametersGiveDrawsInTheSupport() {
        List<Distribution> extremes = List.of(
                Distributions.gamma(1e-3, 1), Distributions.gamma(1e-3, 1e300), Distributions.gamma(1e10, 1e-300),
                Distributions.inverseGamma(1e-3, 1), Distributions.inverseGamma(1e10, 1e-300),
                Distributions.logNormal(0, 1e4), Distributions.logNormal(-800, 1), Distributions.logNormal(800, 1),
                Distributions.beta(1e-3, 1e-3), Distributions.beta(1e6, 1e-3), Distributions.beta(1e6, 1e6),
                Distributions.uniform(0.1, Math.nextUp(0.1)), Distributions.bernoulli(0), Distributions.bernoulli(1),
                Distributions.bernoulliLogit(800), Distributions.bernoulliLogit(-800), Distributions.binomial(0, 0.5),
                Distributions.binomial(1e6, 0), Distributions.binomial(1e6, 1), Distributions.binomialLogit(1e6, 800),
                Distributions.poisson(0), Distributions.poisson(1e-300), Distributions.poissonLog(-800),
                Distributions.studentT(0.1, 0, 1), Distributions.studentT(1e300, 0, 1));
        for (Distribution d : extremes) {
            double[] x = d.sample(new SplittableRandom(1), Shape.of(1000));
            double[] p = d.parameters().stream().mapToDouble(e -> SharedValues.of(e)[0]).toArray();
            assertEquals("", d.outsideSupport(Expr.vector(x)).orElse(""), d.name() + Arrays.toString(p));
        }
    }
}

package org.fluvia.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final int DRAWS = 4_000;

    @Test
    void theWorstErrorDecidesTheTier() {
        assertEquals("gold", tier(x -> x));
        assertEquals("gold", tier(x -> x + 0.02));
        // two equal columns: the root of the mean square is the error itself, and the limit of gold 0.025
        assertEquals("silver", tier(x -> x + 0.045));
        assertEquals("bronze", tier(x -> x + 0.12));
        assertEquals("none", tier(x -> x + 0.3));
        assertEquals("silver", tier(x -> 1.07 * x));
        assertEquals("bronze", tier(x -> 0.85 * x));
        assertEquals("none", tier(x -> x > 3 ? Double.NaN : x));
    }

    @Test
    void distancesOfMarginsAreSeenWhereMomentsAgree() {
        double[] normal = normal();
        double[] two = Arrays.stream(normal).map(Math::signum).toArray();
        Score s = new Reference(Map.of("x", normal)).score(name -> two);
        // the quantiles of a sign beside those of a normal z are | |z| - 1 | apart: E (|z| - 1)+ and E (1 - |z|)+
        NormalDistribution d = NormalDistribution.of(0, 1);
        double above = 2 * (d.density(1) - d.survivalProbability(1));
        double below = above - (Math.sqrt(2 / Math.PI) - 1);
        assertEquals(above + below, s.quantile(), 2e-3);
        assertEquals("none", s.tier());
    }

    private static String tier(DoubleUnaryOperator moved) {
        double[] reference = normal();
        double[] ours = Arrays.stream(reference).map(moved).toArray();
        return new Reference(Map.of("a", reference, "b", reference)).score(name -> ours).tier();
    }

    private static double[] normal() {
        double[] x = new double[DRAWS];
        Arrays.setAll(x, i -> NormalDistribution.of(0, 1).inverseCumulativeProbability((i + 0.5) / DRAWS));
        return x;
    }
}

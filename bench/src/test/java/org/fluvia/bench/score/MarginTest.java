package org.fluvia.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class MarginTest {
    /** A normal about a normal mean is normal, with the sum of the variances. */
    @Test
    void aMixtureOverAQuadratureIsTheIntegral() {
        Quadrature q = Quadrature.normal(1, 3);
        double[] sds = Quadrature.ones(q.points().length);
        Arrays.fill(sds, 4);
        Margin m = Margin.mixture(q.weights(), q.points(), sds);
        NormalDistribution expected = NormalDistribution.of(1, 5);
        assertEquals(1, m.mean(), 1e-12);
        assertEquals(5, m.sd(), 1e-12);
        for (double x : new double[] {-12, -3, 0, 1, 9}) assertEquals(expected.cumulativeProbability(x), m.cdf().applyAsDouble(x), 1e-12);
        Quadrature density = Quadrature.density(q, q.points(), 4);
        Margin grid = Margin.grid(density.points(), density.weights());
        assertEquals(5, grid.sd(), 1e-6);
        assertEquals(expected.inverseCumulativeProbability(0.05), grid.quantile(0.05), 1e-3);
    }

    @Test
    void quantilesUndoTheFunctionOfDistribution() {
        GammaDistribution spiked = GammaDistribution.of(0.12, 0.5);
        Margin m = Margin.of(spiked);
        for (double p : new double[] {0.05, 0.5, 0.95}) {
            double q = spiked.inverseCumulativeProbability(p);
            assertEquals(q, m.quantile(p), 1e-9 * q);
            assertEquals(0, m.normalError(q, p), 1e-9);
        }
        assertEquals(1e30, Margin.quantiles(x -> x < 1e30 ? 0 : 1).quantile(0.5), 1e16);
    }

    @Test
    void whatHasNoSdIsJudgedByQuantiles() {
        assertEquals(Margin.Judged.QUANTILES, Margin.of(TDistribution.of(2)).judged());
        assertEquals(Margin.Judged.ALL, Margin.of(TDistribution.of(2.1)).judged());
    }
}

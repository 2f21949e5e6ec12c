package org.fluvia.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class KnownDensityTest {
    private static final int DRAWS = 50_000;

    /** Over draws of p the mean of r / p is 1 for a density r that is 0 where p is, but for next to nothing: p is what the draws are of, and integrates to 1. */
    @Test
    void densitiesAreThoseOfTheDraws() {
        assertRatioIsOne(KnownDensity.copula(4), List.of(NormalDistribution.of(1.7, 0.36), NormalDistribution.of(0, 0.33), NormalDistribution.of(1, 0.15),
                NormalDistribution.of(0.39, 0.06)));
        assertRatioIsOne(KnownDensity.mixture(2, 10), List.of(NormalDistribution.of(0, 1), NormalDistribution.of(0, 1)));
        // narrower than the ridges of p, or the ratio has no variance
        NormalDistribution narrow = NormalDistribution.of(0, 0.1);
        assertRatioIsOne(KnownDensity.nonlinearSeries(3), List.of(narrow, narrow, narrow));
    }

    private static void assertRatioIsOne(KnownDensity p, List<NormalDistribution> r) {
        KnownDensity.Drawn drawn = p.draw(DRAWS, 5);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double logRatio = -drawn.logDensity()[i];
            for (int j = 0; j < r.size(); j++) logRatio += r.get(j).logDensity(drawn.rows()[i * r.size() + j]);
            double ratio = Math.exp(logRatio);
            sum += ratio;
            squares += ratio * ratio;
        }
        double mean = sum / DRAWS;
        double error = Math.sqrt((squares / DRAWS - mean * mean) / DRAWS);
        assertTrue(error < 0.03, "too few draws: the error is " + error);
        assertEquals(1, mean, 4 * error);
    }

    @Test
    void aSeedMakesTheSameRows() {
        KnownDensity series = KnownDensity.nonlinearSeries(10);
        assertArrayEquals(series.draw(5, 3).rows(), series.draw(5, 3).rows());
        assertTrue(series.draw(5, 3).rows()[0] != series.draw(5, 4).rows()[0]);
    }
}

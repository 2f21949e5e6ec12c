package org.fluvia.vi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All of the mass is found where it lies in several modes, however far apart, and their shares are right: mixtures have closed forms. */
@Timeout(120)
class SearchTest {
    /** Normals on the first axis, each of the same sd in every direction. */
    private static Model normals(int d, double[] places, double[] sds, double[] shares) {
        return Model.logDensity("normals", d, x -> {
            Expr[] terms = new Expr[places.length];
            for (int k = 0; k < terms.length; k++) {
                double[] mean = new double[d];
                mean[0] = places[k];
                Expr r = x.minus(Expr.vector(mean)).div(sds[k]);
                terms[k] = r.dot(r).times(-0.5).plus(Math.log(shares[k]) - d * Math.log(sds[k] * Math.sqrt(2 * Math.PI)));
            }
            return Expr.concat(terms).logSumExp();
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 0.5, 1", "1, 40, 0.1, 2", "2, 70, 0.7, 3", "2, 8, 0.02, 4", "10, 15, 0.3, 5", "1, 120, 0.4, 6"})
    void twoNormalsAreFoundAtAnyDistance(int d, double distance, double share, long seed) {
        double from = -0.4 * distance;
        Posterior p = Fit.of(normals(d, new double[] {from, from + distance}, new double[] {1, 1.5}, new double[] {1 - share, share})).seed(seed).run();
        assertNotEquals(Verdict.FAIL, p.verdict(), p::toString);
        assertEquals(0, p.assessment().logEvidence().value(), 0.01);
        double middle = from + 0.5 * distance;
        double far = p.probability(draw -> draw.get(p.names().get(0)) > middle);
        assertEquals(share, far, 0.01 + 4 * Math.sqrt(share * (1 - share) / p.drawCount()));
    }

    @Test
    void aNarrowModeOfOneParameterIsFound() {
        Posterior p = Fit.of(normals(1, new double[] {-4, 2}, new double[] {1, 0.02}, new double[] {0.5, 0.5})).run();
        assertNotEquals(Verdict.FAIL, p.verdict(), p::toString);
        assertEquals(0.5, p.probability(draw -> Math.abs(draw.get(p.names().get(0)) - 2) < 0.1), 0.02);
    }

    /** Forty modes, each with 2.5 % of the mass. */
    @Test
    void manyModesAreFoundOrTheFitSaysSo() {
        double[] places = new double[40];
        for (int k = 0; k < 40; k++) places[k] = 6.0 * k - 117;
        double[] ones = new double[40];
        double[] shares = new double[40];
        Arrays.fill(ones, 1);
        Arrays.fill(shares, 1 / 40.0);
        Posterior p = Fit.of(normals(2, places, ones, shares)).seed(3).run();
        assertTrue(p.verdict() == Verdict.FAIL || Math.abs(p.assessment().logEvidence().value()) < 0.05, p::toString);
    }

    @Test
    void resultsDoNotDependOnThreads() {
        Model m = normals(3, new double[] {-10, 10}, new double[] {1, 2}, new double[] {0.3, 0.7});
        Posterior one = Fit.of(m).threads(1).run();
        Posterior two = Fit.of(m).threads(2).run();
        assertArrayEquals(one.draws().data, two.draws().data);
        assertEquals(one.assessment(), two.assessment());
    }
}

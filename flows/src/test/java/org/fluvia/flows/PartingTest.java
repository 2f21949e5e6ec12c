package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise that chooses a part leaves noise. */
class PartingTest {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** The choice of each, and what is left of it. */
    private record Parted(int[] choice, double[] rest, double[] slope) {
        static Parted of(double[] shares, double... noise) {
            Expr e = Expr.perDraw("e", Shape.scalar());
            double[] logits = new double[shares.length];
            for (int k = 0; k < shares.length; k++) logits[k] = StrictMath.log(shares[k]);
            Parting parting = Parting.of(e, Expr.shared("log shares", Shape.of(shares.length), logits));
            Expr choice = Expr.of(0).expand(Shape.scalar(), true);
            for (int k = 1; k < shares.length; k++) choice = choice.plus(parting.isFrom(k));
            Expr slope = Gradient.of(parting.rest(), e);
            Replay r = Replay.of(e, choice, parting.rest(), slope).run(new DMatrixRMaj(1, noise.length, true, noise));
            double[] ks = r.scalars(choice);
            int[] k = new int[ks.length];
            for (int j = 0; j < k.length; j++) k[j] = (int) ks[j];
            return new Parted(k, r.scalars(parting.rest()), r.scalars(slope));
        }
    }

    /** Against the definition by Commons Statistics, where its cumulated probabilities have digits enough. */
    @Test
    void whatIsLeftIsTheQuantileOfThePartsOwnProbability() {
        double[] shares = {0.2, 0.5, 0.001, 0.299};
        double[] noise = Replay.normal(1, 2000, 4).data;
        Parted parted = Parted.of(shares, noise);
        double[] upTo = {0, 0.2, 0.7, 0.701, 1};
        for (int j = 0; j < noise.length; j++) {
            double u = NORMAL.cumulativeProbability(noise[j]);
            int k = parted.choice[j];
            assertTrue(upTo[k] < u && u <= upTo[k + 1], noise[j] + " chooses " + k);
            double expected = NORMAL.inverseCumulativeProbability((u - upTo[k]) / shares[k]);
            assertEquals(expected, parted.rest[j], 1e-9 * (1 + Math.abs(expected)), "of " + noise[j]);
            double slope = NORMAL.density(noise[j]) / (shares[k] * NORMAL.density(expected));
            assertEquals(slope, parted.slope[j], 1e-8 * slope);
        }
    }

    /** log Phi(rest) = log Phi(e) - log w in the lower tail, and so in the upper one; where probabilities are 0 in doubles as well. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1e-3, 1e-40, 1 - 1e-9})
    void farOutNothingIsLost(double share) {
        for (double e : new double[] {-15, -19.9, -20.1, -22, -30, -37, -38.5, -40, -60, -1e3}) {
            Expr t = Expr.perDraw("t", Shape.scalar());
            Expr log = org.fluvia.autodiff.Functions.logNormalCdf(t);
            Parted low = Parted.of(new double[] {share, 1 - share}, e);
            Parted high = Parted.of(new double[] {1 - share, share}, -e);
            if (low.choice[0] == 1) continue;
            double[] logs = Replay.of(t, log).run(new DMatrixRMaj(1, 2, true, low.rest[0], e)).scalars(log);
            double expected = logs[1] - StrictMath.log(share);
            assertEquals(expected, logs[0], 1e-14 * Math.abs(logs[1]) + 1e-11 * Math.abs(expected), e + " of " + share);
            assertEquals(-low.rest[0], high.rest[0], share < 1e-15 ? 0 : 1e-14 * Math.abs(e));
            double slope = (Parted.of(new double[] {share, 1 - share}, e * (1 + 1e-6)).rest[0] - low.rest[0]) / (1e-6 * e);
            assertEquals(slope, low.slope[0], 1e-5 * slope);
        }
    }

    @Test
    void hostileNoiseStaysFinite() {
        double[] noise = {-1e300, 1e300, -1e154, 1e154, -1e8, 1e8, -40, 40, 0, -0.0, 5e-324, -8.3, 8.3, -1e-300};
        for (double[] shares : List.of(new double[] {1}, new double[] {0.5, 0.5}, new double[] {1e-300, 1, 1e-300},
                new double[] {0.25, 0.25, 0.25, 0.25}, new double[] {1e-17, 1e-17, 1, 1e-17}, new double[] {1, 1e-20})) {
            Parted parted = Parted.of(shares, noise);
            for (int j = 0; j < noise.length; j++) {
                String what = noise[j] + " among " + shares.length;
                assertTrue(Double.isFinite(parted.rest[j]) && parted.slope[j] >= 0 && Double.isFinite(parted.slope[j]), what + ": " + parted.rest[j]);
                if (Math.abs(noise[j]) >= 1e8) assertEquals(noise[j], parted.rest[j], 1e-13 * Math.abs(noise[j]), what);
            }
        }
    }

    /** Mean 0, variance 1, fourth moment 3 and no correlation with the choice, each within 5 standard errors; shares as they are. */
    @Test
    void noiseLeavesNoiseThatKnowsNothingOfTheChoice() {
        double[] shares = {0.1, 0.6, 0.05, 0.25};
        int n = 200_000;
        Parted parted = Parted.of(shares, Replay.normal(1, n, 1).data);
        for (int k = 0; k < 4; k++) {
            int count = 0;
            double[] moments = new double[5];
            for (int j = 0; j < n; j++) {
                if (parted.choice[j] != k) continue;
                count++;
                for (int m = 1; m <= 4; m++) moments[m] += StrictMath.pow(parted.rest[j], m);
            }
            assertEquals(n * shares[k], count, 5 * Math.sqrt(n * shares[k] * (1 - shares[k])));
            assertEquals(0, moments[1] / count, 5 / Math.sqrt(count));
            assertEquals(1, moments[2] / count, 5 * Math.sqrt(2.0 / count));
            assertEquals(3, moments[4] / count, 5 * Math.sqrt(96.0 / count));
        }
    }
}

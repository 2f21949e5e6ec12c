package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightShiftTest {

    private static final double MEAN = 0.3;
    private static final double SD = 1.1;

    /**
     * q = N(0, 1), p = N(0.3, 1.1^2): mean 0.3 / 1.1, logSd log 1.1. Over repetitions the values must have the true mean and a spread as
     * large as the errors say, each to 4 of the repetitions' own standard errors.
     */
    @Test
    void shiftsAndTheirErrorsAreRightForNormals() {
        int repetitions = 300;
        double[] values = new double[2 * repetitions];
        double[] meanError = new double[2];
        SplittableRandom random = new SplittableRandom(20);
        for (int r = 0; r < repetitions; r++) {
            double[] x = normals(random, 4000);
            WeightShift shift = shift(x, logWeights(x));
            values[r] = shift.mean().value();
            values[repetitions + r] = shift.logSd().value();
            meanError[0] += shift.mean().standardError() / repetitions;
            meanError[1] += shift.logSd().standardError() / repetitions;
        }
        double[] truth = {MEAN / SD, StrictMath.log(SD)};
        for (int which = 0; which < 2; which++) {
            Moments moments = Moments.of("values", values, which * repetitions, repetitions);
            assertEquals(truth[which], moments.mean(), 4 * moments.sd() / Math.sqrt(repetitions), "mean of " + which);
            assertEquals(1, meanError[which] / moments.sd(), 4 / Math.sqrt(2.0 * repetitions), "error of " + which);
        }
    }

    /** A defensive draw of a skewed posterior may be a thousand powers of ten out, and have no weight. */
    @Test
    void aDrawWithoutWeightMayBeAnywhere() {
        double[] x = normals(new SplittableRandom(3), 400);
        double[] weights = normalised(logRatios(x));
        for (double far : new double[] {1e30, 1e160, 1e300, -1e300}) {
            double[] values = Arrays.copyOf(x, 401);
            values[400] = far;
            double[] base = new double[401];
            Arrays.fill(base, 0, 400, 1 / 400.0);
            WeightShift shift = WeightShift.of(values, Arrays.copyOf(exponentials(weights), 401), base);
            for (Estimate e : List.of(shift.mean(), shift.logSd(), shift.lower(), shift.upper())) assertTrue(Double.isFinite(e.value()), far + ": " + shift);
        }
    }

    private static double[] exponentials(double[] logs) {
        return Arrays.stream(logs).map(StrictMath::exp).toArray();
    }

    /** The jackknife leaves out one draw after the other and knows nothing of influence functions; it agrees to O(1 / S). */
    @Test
    void errorsAgreeWithTheJackknife() {
        int draws = 500;
        double[] x = normals(new SplittableRandom(8), draws);
        double[] ratios = logRatios(x);
        WeightShift shift = shift(x, normalised(ratios));
        double[] mean = new double[draws];
        double[] logSd = new double[draws];
        for (int out = 0; out < draws; out++) {
            WeightShift without = shift(except(x, out), normalised(except(ratios, out)));
            mean[out] = without.mean().value();
            logSd[out] = without.logSd().value();
        }
        double scale = (draws - 1) / Math.sqrt(draws);
        assertEquals(1, Moments.of("mean", mean, 0, draws).sd() * scale / shift.mean().standardError(), 0.03);
        assertEquals(1, Moments.of("logSd", logSd, 0, draws).sd() * scale / shift.logSd().standardError(), 0.03);
    }

    /** Weights that know nothing of the parameter move it by noise only; at z = 3 each of 1000 is noise with probability 0.9973. */
    @Test
    void noiseIsNotTakenForBias() {
        SplittableRandom random = new SplittableRandom(31);
        int draws = 1000;
        double[] weights = normalised(Arrays.stream(normals(random, draws)).map(z -> 0.8 * z).toArray());
        double[] matrix = normals(random, 1000 * draws);
        int beyond = 0;
        double largest = 0;
        for (int row = 0; row < 1000; row++) {
            WeightShift shift = shift(Arrays.copyOfRange(matrix, row * draws, (row + 1) * draws), weights);
            beyond += shift.mean().beyondNoise(3) > 0 ? 1 : 0;
            beyond += shift.logSd().beyondNoise(3) > 0 ? 1 : 0;
            largest = Math.max(largest, Math.abs(shift.mean().value()));
        }
        assertTrue(beyond <= 5.4 + 4 * Math.sqrt(5.4), "beyond noise " + beyond);
        assertTrue(largest > 0.05, "this test needs noise; largest shift " + largest);
    }

    @Test
    void equalWeightsShiftNothingAndSayItIsCertain() {
        double[] x = normals(new SplittableRandom(2), 1000);
        WeightShift shift = shift(x, normalised(new double[1000]));
        for (Estimate each : List.of(shift.mean(), shift.logSd())) {
            assertEquals(0, each.value(), 1e-13);
            assertEquals(0, each.standardError(), 1e-13);
        }
    }

    @Test
    void offsetsUnitsAndExtremesOfTheParameterDoNotMatter() {
        double[] x = normals(new SplittableRandom(3), 1000);
        double[] weights = logWeights(x);
        // Multiples of 2^-10 survive an offset of 1e8 unchanged.
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.rint(x[i] * 1024) / 1024;
        }
        WeightShift plain = shift(x, weights);
        for (double[] change : new double[][] {{1, 1e8}, {-1, -1e8}, {0x1p1000, 0}, {0x1p-1000, 0}}) {
            double[] changed = Arrays.stream(x).map(value -> change[0] * value + change[1]).toArray();
            WeightShift shift = shift(changed, weights);
            assertEquals(Math.signum(change[0]) * plain.mean().value(), shift.mean().value(), 1e-10);
            assertEquals(plain.mean().standardError(), shift.mean().standardError(), 1e-10);
            assertEquals(plain.logSd().value(), shift.logSd().value(), 1e-10);
            assertEquals(plain.logSd().standardError(), shift.logSd().standardError(), 1e-10);
        }
    }

    @Test
    void constantParametersDoNotShift() {
        double[] weights = logWeights(normals(new SplittableRandom(3), 100));
        for (double value : new double[] {0, 0.1, -1e8 - 0.3, 1e300, Double.MIN_VALUE}) {
            double[] x = new double[100];
            Arrays.fill(x, value);
            Estimate none = new Estimate(0, 0);
            assertEquals(new WeightShift(none, none, none, none), shift(x, weights));
        }
    }

    @Test
    void allWeightOnOneValueIsNeverSmall() {
        double[] weights = {Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY};
        double[] two = {Double.NEGATIVE_INFINITY, StrictMath.log(0.5), StrictMath.log(0.5)};
        for (double[] each : List.of(weights, two)) {
            WeightShift shift = shift(new double[] {1.1, 0.3, 0.3}, each);
            assertEquals(new Estimate(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY), shift.mean());
            assertEquals(Estimate.NOTHING_KNOWN, shift.logSd());
            assertEquals(Double.POSITIVE_INFINITY, shift.logSd().beyondNoise(3));
        }
        assertEquals(0, shift(new double[] {1, 2, 3}, weights).mean().value());
    }

    /** Draws of N(0, 2^2), weighted to be of q = N(0, 1) and of p = N(0.3, 1.2^2). */
    @Test
    void fromDrawsOfAMixtureShiftsAreThoseOfItsWeights() {
        int draws = 200_000;
        double[] x = normals(new SplittableRandom(12), draws);
        double[] q = new double[draws];
        double[] p = new double[draws];
        for (int i = 0; i < draws; i++) {
            x[i] *= 2;
            double own = x[i] * x[i] / 8;
            q[i] = own - x[i] * x[i] / 2;
            p[i] = own - (x[i] - 0.3) * (x[i] - 0.3) / 2.88;
        }
        WeightShift shift = shift(x, normalised(p), normalised(q));
        assertClose(0.25, shift.mean());
        assertClose(StrictMath.log(1.2), shift.logSd());
        // p's probabilities beyond the 5 and 95 % quantiles of q
        assertEquals(-(0.05254 - 0.05) / 0.10313564, shift.lower().value(), 0.01 + 4 * shift.lower().standardError());
        assertEquals((0.13121 - 0.05) / 0.10313564, shift.upper().value(), 0.05 * 0.787 + 4 * shift.upper().standardError());
        WeightShift none = shift(x, normalised(q), normalised(q));
        assertEquals(0, none.largest(), 1e-12);
        assertEquals(0, none.mean().standardError(), 1e-12);
    }

    @Test
    void aStateThatHardlyEverDiffersDoesNotMove() {
        double[] x = new double[10_000];
        double[] w = new double[10_000];
        x[5000] = 1;
        w[5000] = -700;
        assertEquals(0, shift(x, normalised(w)).largest());
        for (int i = 4000; i < 6000; i++) x[i] = 1;
        for (int i = 4000; i < 6000; i++) w[i] = -700;
        assertTrue(shift(x, normalised(w)).largest() > 1e6);
    }

    /** What the mixture's far draws are like does not matter where neither q nor p has them. */
    @Test
    void farDrawsWithoutWeightDoNotMatter() {
        double[] x = normals(new SplittableRandom(4), 1000);
        double[] w = normals(new SplittableRandom(5), 1000);
        double[] far = Arrays.copyOf(x, 1002);
        double[] base = new double[1002];
        double[] weights = Arrays.copyOf(w, 1002);
        for (int k = 1000; k < 1002; k++) {
            far[k] = (k - 1000.5) * 1e60;
            base[k] = -700;
            weights[k] = -700;
        }
        WeightShift with = shift(far, normalised(weights), normalised(base));
        WeightShift without = shift(x, normalised(w));
        assertEquals(without.mean().value(), with.mean().value(), 1e-9);
        assertEquals(without.logSd().value(), with.logSd().value(), 1e-9);
        assertEquals(without.upper().value(), with.upper().value(), 1e-9);
    }

    private static void assertClose(double expected, Estimate estimate) {
        assertEquals(expected, estimate.value(), 4 * estimate.standardError() + 1e-4);
        assertTrue(estimate.standardError() < 0.01, "standard error " + estimate.standardError());
    }

    @Test
    void nonsenseIsRefused() {
        double[] weights = {StrictMath.log(0.5), StrictMath.log(0.5)};
        assertMessage("WeightShift: there must be at least 2 draws", () -> shift(new double[] {1}, new double[] {0}));
        assertMessage("WeightShift: draws and base weights must be as many as the weights, 2, but were 3 and 2",
                () -> shift(new double[] {1, 2, 3}, weights));
        assertMessage("WeightShift: draws must be finite, but was NaN at draw 0",
                () -> shift(new double[] {Double.NaN, 3}, weights));
    }

    /** Of draws of q, by normalised log weights. */
    private static WeightShift shift(double[] draws, double[] logWeights) {
        double[] equal = new double[logWeights.length];
        Arrays.fill(equal, -StrictMath.log(equal.length));
        return shift(draws, logWeights, equal);
    }

    private static WeightShift shift(double[] draws, double[] logWeights, double[] logBase) {
        return WeightShift.of(draws, LogRatios.weights("WeightShiftTest", logWeights), LogRatios.weights("WeightShiftTest", logBase));
    }

    private static void assertMessage(String start, org.junit.jupiter.api.function.Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.startsWith(start), message);
    }

    private static double[] logWeights(double[] x) {
        return normalised(logRatios(x));
    }

    private static double[] logRatios(double[] x) {
        return Arrays.stream(x).map(v -> v * v / 2 - (v - MEAN) * (v - MEAN) / (2 * SD * SD)).toArray();
    }

    private static double[] normalised(double[] ratios) {
        double log = StrictMath.log(Arrays.stream(ratios).map(StrictMath::exp).sum());
        return Arrays.stream(ratios).map(ratio -> ratio - log).toArray();
    }

    private static double[] except(double[] x, int out) {
        double[] rest = new double[x.length - 1];
        System.arraycopy(x, 0, rest, 0, out);
        System.arraycopy(x, out + 1, rest, out, rest.length - out);
        return rest;
    }

    private static double[] normals(SplittableRandom random, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian();
        }
        return x;
    }
}

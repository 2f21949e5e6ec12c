package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoSmoothedWeightsTest {

    static final List<String> NAMES = PsisReference.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void agreesWithArviz(String name) {
        PsisReference reference = PsisReference.read(name);
        ParetoSmoothedWeights ours = ParetoSmoothedWeights.of(reference.ratios());

        double khat = reference.header().get("khat");
        double ess = reference.header().get("ess");
        assertEquals(khat, ours.khat(), 1e-12 * Math.max(1, Math.abs(khat)));
        assertEquals(ess, ours.ess(), 1e-12 * ess);
        double[] expected = byRatio(reference.ratios(), reference.weights());
        double[] weights = byRatio(reference.ratios(), ours.logWeights());
        for (int i = 0; i < weights.length; i++) {
            if (expected[i] == Double.NEGATIVE_INFINITY) {
                assertEquals(expected[i], weights[i]);
            } else {
                assertEquals(expected[i], weights[i], 1e-12 * Math.max(1, Math.abs(expected[i])), "log weight of rank " + i);
            }
        }
    }

    /** The weights in the order of their ratios; among equal ratios, whose ranks ArviZ leaves to chance, in their own order. */
    private static double[] byRatio(double[] ratios, double[] weights) {
        return IntStream.range(0, ratios.length).boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> ratios[i]).thenComparingDouble(i -> weights[i]))
                .mapToDouble(i -> weights[i]).toArray();
    }

    @Test
    void everyReferenceFileIsRead() throws Exception {
        String[] files = new File(getClass().getResource("psis").toURI()).list();
        Arrays.sort(files);
        assertArrayEquals(files, NAMES.stream().map(name -> name + ".txt").toArray());
    }

    /** The exceedances of a Pareto are generalized Pareto with the same k; (1 + k) / sqrt(M) is the asymptotic sd of its estimate. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.7, 1.2})
    void khatFindsTheShapeOfParetoTails(double k) {
        SplittableRandom random = new SplittableRandom(11);
        double[] ratios = new double[100_000];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = -k * StrictMath.log1p(-random.nextDouble());
        }
        int tail = ParetoSmoothedWeights.tailLength(ratios.length);
        double drawnToHalf = (tail * k + 5) / (tail + 10);
        assertEquals(drawnToHalf, ParetoSmoothedWeights.of(ratios).khat(), 3 * (1 + k) / Math.sqrt(tail));
    }

    @Test
    void tailLengthIsTheCeilingOfTheSmallerRule() {
        assertEquals(1, ParetoSmoothedWeights.tailLength(1));
        assertEquals(3, ParetoSmoothedWeights.tailLength(15));
        assertEquals(5, ParetoSmoothedWeights.tailLength(21));
        assertEquals(45, ParetoSmoothedWeights.tailLength(225));
        assertEquals(46, ParetoSmoothedWeights.tailLength(226));
        assertEquals(300, ParetoSmoothedWeights.tailLength(10_000));
    }

    @Test
    void khatThresholdFollowsThePaper() {
        assertEquals(0.5, ParetoSmoothedWeights.khatThreshold(100), 1e-15);
        assertTrue(ParetoSmoothedWeights.khatThreshold(2153) < 0.7);
        assertEquals(0.7, ParetoSmoothedWeights.khatThreshold(2155));
        assertEquals(0.7, ParetoSmoothedWeights.khatThreshold(1_000_000));
        assertThrows(IllegalArgumentException.class, () -> ParetoSmoothedWeights.khatThreshold(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 25, 400, 10_000})
    void equalRatiosAreAPerfectFit(int draws) {
        double[] ratios = new double[draws];
        Arrays.fill(ratios, -7.3);
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        assertEquals(Double.NEGATIVE_INFINITY, weights.khat());
        assertEquals(draws, weights.ess(), 1e-10 * draws);
        assertEquals(-StrictMath.log(draws), weights.logWeights()[draws - 1], 1e-12);
    }

    @Test
    void ratiosEqualButForRoundingAreAPerfectFit() {
        double[] ratios = new double[1000];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = -512 + 1e-12 * random.nextGaussian();
        }
        assertEquals(Double.NEGATIVE_INFINITY, ParetoSmoothedWeights.of(ratios).khat());
    }

    @Test
    void aTopSharedByMoreThanTheTailIsBounded() {
        double[] ratios = new double[100];
        for (int i = 0; i < 100; i++) {
            ratios[i] = i < 79 ? -i : 3;
        }
        assertEquals(Double.NEGATIVE_INFINITY, ParetoSmoothedWeights.of(ratios).khat());
        // One fewer at the top: the tail is those 20 alone, and has no shape.
        ratios[79] = 2;
        assertEquals(Double.POSITIVE_INFINITY, ParetoSmoothedWeights.of(ratios).khat());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 20})
    void tooFewDrawsAreNeverTrustedAndStillNormalised(int draws) {
        double[] ratios = new double[draws];
        for (int i = 0; i < draws; i++) {
            ratios[i] = i;
        }
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        assertEquals(Double.POSITIVE_INFINITY, weights.khat());
        assertEquals(1, sumOfExponentials(weights.logWeights()), 1e-14);
        assertEquals(draws - 1, weights.logWeights()[draws - 1] - weights.logWeights()[0], 1e-14);
    }

    @Test
    void fewerThanFiveAboveTheBorderAreNotJudged() {
        double[] ratios = new double[1000];
        for (int i = 0; i < 4; i++) {
            ratios[i] = 10 + i;
        }
        assertEquals(Double.POSITIVE_INFINITY, ParetoSmoothedWeights.of(ratios).khat());
        ratios[4] = 20;
        assertTrue(Double.isFinite(ParetoSmoothedWeights.of(ratios).khat()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e3, 1e5, 1e300})
    void anyRangeGivesWeightsThatSumToOne(double scale) {
        SplittableRandom random = new SplittableRandom(3);
        double[] ratios = new double[3000];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = scale * random.nextGaussian();
        }
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        assertEquals(1, sumOfExponentials(weights.logWeights()), 1e-12);
        assertTrue(weights.ess() >= 1 && weights.ess() <= 3000, "ess " + weights.ess());
        assertTrue(scale == 1 ? weights.khat() < 0.7 : weights.khat() > 0.7, "khat " + weights.khat());
    }

    /** Mixtures of ties, rounding noise, impossible draws and every order of magnitude, at sizes around the first fit. */
    @Test
    void noMixtureOfRatiosBreaksDown() {
        SplittableRandom random = new SplittableRandom(99);
        double[] kinds = {0, -700, -709, Double.NEGATIVE_INFINITY, 1e-9, 1e-16, Double.MIN_VALUE, 5, 700, 1e8, -Double.MAX_VALUE};
        int fitted = 0;
        for (int repetition = 0; repetition < 5000; repetition++) {
            double[] ratios = new double[20 + random.nextInt(60)];
            double likely = kinds[random.nextInt(kinds.length)];
            double spread = StrictMath.pow(10, random.nextInt(-18, 4));
            for (int i = 0; i < ratios.length; i++) {
                double base = random.nextInt(4) > 0 ? likely : kinds[random.nextInt(kinds.length)];
                ratios[i] = base + (random.nextBoolean() ? spread * random.nextGaussian() : 0);
            }
            ratios[random.nextInt(ratios.length)] = 0;
            ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
            String where = "repetition " + repetition + ": khat " + weights.khat() + ", ess " + weights.ess();
            assertTrue(!Double.isNaN(weights.khat()), where);
            assertTrue(weights.ess() >= 1 && weights.ess() <= ratios.length, where);
            assertEquals(1, sumOfExponentials(weights.logWeights()), 1e-12, where);
            fitted += Double.isFinite(weights.khat()) ? 1 : 0;
        }
        assertTrue(fitted > 1000 && fitted < 4900, "fitted " + fitted);
    }

    @Test
    void oneDrawFarAboveAllOthersIsNotTrusted() {
        double[] ratios = new double[1000];
        Arrays.fill(ratios, Double.NEGATIVE_INFINITY);
        ratios[17] = -3;
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        assertEquals(Double.POSITIVE_INFINITY, weights.khat());
        assertEquals(1, weights.ess());
        assertEquals(0, weights.logWeights()[17]);
        assertEquals(Double.NEGATIVE_INFINITY, weights.logWeights()[0]);
    }

    @Test
    void onlyImpossibleDrawsAreAResultAndNotAnError() {
        double[] ratios = new double[1000];
        Arrays.fill(ratios, Double.NEGATIVE_INFINITY);
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        assertEquals(Double.POSITIVE_INFINITY, weights.khat());
        assertEquals(0, weights.ess());
        assertEquals(Double.NEGATIVE_INFINITY, weights.logSum());
        assertArrayEquals(ratios, weights.logWeights());
    }

    @Test
    void smoothingKeepsOrderAndBodyAndTheLargestRawRatioIsTheLimit() {
        double[] ratios = PsisReference.read("pareto_0.7").ratios();
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        double[] smoothed = weights.logWeights();
        double max = Arrays.stream(ratios).max().getAsDouble();
        int kept = 0;
        for (int i = 0; i < ratios.length; i++) {
            double ratio = smoothed[i] + weights.logSum();
            assertTrue(ratio <= max + 1e-12);
            kept += Math.abs(ratio - ratios[i]) < 1e-12 ? 1 : 0;
            for (int j = 0; j < i; j++) {
                assertTrue((ratios[i] < ratios[j]) == (smoothed[i] < smoothed[j]) || ratios[i] == ratios[j]
                        || smoothed[i] == smoothed[j], i + " and " + j);
            }
        }
        int body = ratios.length - ParetoSmoothedWeights.tailLength(ratios.length);
        assertTrue(kept >= body && kept < body + 10, "kept " + kept);
    }

    @Test
    void orderOfDrawsAndConstantsDoNotMatter() {
        double[] ratios = PsisReference.read("ties").ratios();
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        double[] reversed = new double[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            reversed[i] = ratios[ratios.length - 1 - i] + 1024;
        }
        ParetoSmoothedWeights other = ParetoSmoothedWeights.of(reversed);
        assertEquals(weights.khat(), other.khat(), 1e-12);
        assertEquals(weights.ess(), other.ess(), 1e-10);
        assertEquals(weights.logSum() + 1024, other.logSum(), 1e-10);
        double[] sorted = weights.logWeights();
        double[] otherSorted = other.logWeights();
        Arrays.sort(sorted);
        Arrays.sort(otherSorted);
        assertArrayEquals(sorted, otherSorted, 1e-11);
    }

    @Test
    void argumentsAndResultsAreNotShared() {
        double[] ratios = PsisReference.read("random").ratios();
        double[] before = ratios.clone();
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        assertArrayEquals(before, ratios);
        double first = weights.logWeights()[0];
        weights.logWeights()[0] = 1;
        assertEquals(first, weights.logWeights()[0]);
    }

    @Test
    void brokenRatiosAreRefusedByValueAndDraw() {
        double[] ratios = new double[30];
        ratios[12] = Double.NaN;
        assertMessage("ParetoSmoothedWeights: logRatios must be finite or -infinity, but was NaN at draw 12.", ratios);
        ratios[12] = Double.POSITIVE_INFINITY;
        assertMessage("ParetoSmoothedWeights: logRatios must be finite or -infinity, but was Infinity at draw 12.", ratios);
        assertMessage("ParetoSmoothedWeights: logRatios must have at least one value, but was empty.", new double[0]);
    }

    private static void assertMessage(String start, double[] ratios) {
        String message = assertThrows(IllegalArgumentException.class, () -> ParetoSmoothedWeights.of(ratios)).getMessage();
        assertTrue(message.startsWith(start), message);
    }

    private static double sumOfExponentials(double[] x) {
        return Arrays.stream(x).map(StrictMath::exp).sum();
    }
}

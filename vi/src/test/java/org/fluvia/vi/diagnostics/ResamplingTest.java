package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplingTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 100, 5000})
    void everyDrawComesUpFloorOrCeilingOfItsShare(int n) {
        double[] weights = unevenWeights(300);
        for (int seed = 0; seed < 50; seed++) {
            int[] counts = counts(weights, n, new SplittableRandom(seed)::nextDouble);
            for (int i = 0; i < weights.length; i++) {
                double share = n * StrictMath.exp(weights[i]);
                assertTrue(Math.abs(counts[i] - share) < 1 + 1e-9, "draw " + i + ": " + counts[i] + " of " + share);
            }
            assertEquals(n, Arrays.stream(counts).sum());
        }
    }

    /** As a function of the one uniform a count jumps at most twice, so the mean over G equidistant uniforms is exact to 2 / G. */
    @Test
    void countsAreUnbiased() {
        double[] weights = unevenWeights(40);
        int n = 25;
        int grid = 4000;
        double[] mean = new double[weights.length];
        for (int g = 0; g < grid; g++) {
            int[] counts = counts(weights, n, firstThenZero((g + 0.5) / grid));
            for (int i = 0; i < counts.length; i++) {
                mean[i] += (double) counts[i] / grid;
            }
        }
        for (int i = 0; i < mean.length; i++) {
            assertEquals(n * StrictMath.exp(weights[i]), mean[i], 2.0 / grid, "draw " + i);
        }
    }

    @Test
    void equalWeightsRepeatNothing() {
        for (int draws : new int[] {1, 3, 1000, 100_000}) {
            double[] weights = new double[draws];
            Arrays.fill(weights, -StrictMath.log(draws));
            for (double u : new double[] {0, 0.3, 0.999999}) {
                assertEquals(1, Arrays.stream(counts(weights, draws, firstThenZero(u))).max().getAsInt(), draws + " at " + u);
                int fewer = draws - draws / 10;
                assertEquals(1, Arrays.stream(counts(weights, fewer, firstThenZero(u))).max().getAsInt(), draws + " at " + u);
            }
        }
    }

    @Test
    void impossibleDrawsNeverComeUp() {
        double[] weights = {Double.NEGATIVE_INFINITY, StrictMath.log(0.25), Double.NEGATIVE_INFINITY, StrictMath.log(0.75),
                Double.NEGATIVE_INFINITY};
        for (double u : new double[] {0, 0.5, Math.nextDown(1.0)}) {
            assertArrayEquals(new int[] {0, 1, 0, 3, 0}, counts(weights, 4, firstThenZero(u)));
        }
    }

    @Test
    void theSameSeedGivesTheSameIndicesAndAnotherSeedOthers() {
        double[] weights = unevenWeights(300);
        int[] indices = Resampling.systematic(weights, 200, new SplittableRandom(9)::nextDouble);
        assertArrayEquals(indices, Resampling.systematic(weights, 200, new SplittableRandom(9)::nextDouble));
        assertNotEquals(Arrays.toString(indices),
                Arrays.toString(Resampling.systematic(weights, 200, new SplittableRandom(10)::nextDouble)));
    }

    /** Rank correlation of place and index has sd 1 / sqrt(n - 1) in random order, and is 1 if sorted; neighbours likewise. */
    @Test
    void indicesComeInRandomOrder() {
        int n = 10_000;
        double[] weights = new double[n];
        Arrays.fill(weights, -StrictMath.log(n));
        int[] indices = Resampling.systematic(weights, n, new SplittableRandom(1)::nextDouble);
        double withPlace = 0;
        double withNeighbour = 0;
        double middle = (n - 1) / 2.0;
        for (int i = 0; i < n; i++) {
            withPlace += (i - middle) * (indices[i] - middle);
            withNeighbour += (indices[(i + 1) % n] - middle) * (indices[i] - middle);
        }
        double variance = (n * (double) n - 1) / 12;
        assertEquals(0, withPlace / n / variance, 4 / Math.sqrt(n));
        assertEquals(0, withNeighbour / n / variance, 4 / Math.sqrt(n));
    }

    @Test
    void theShuffleReachesEveryOrderEquallyOften() {
        double[] weights = {StrictMath.log(1 / 3.0), StrictMath.log(1 / 3.0), StrictMath.log(1 / 3.0)};
        SplittableRandom random = new SplittableRandom(77);
        int[] orders = new int[9];
        int repetitions = 6000;
        for (int r = 0; r < repetitions; r++) {
            int[] indices = Resampling.systematic(weights, 3, random::nextDouble);
            orders[3 * indices[0] + indices[1]]++;
        }
        double sd = Math.sqrt(repetitions / 6.0 * 5 / 6);
        for (int order = 0; order < 9; order++) {
            assertEquals(order % 4 == 0 ? 0 : repetitions / 6.0, orders[order], order % 4 == 0 ? 0 : 4 * sd);
        }
    }

    @Test
    void nonsenseIsRefused() {
        double[] fine = {0};
        assertThrows(IllegalArgumentException.class, () -> Resampling.systematic(fine, -1, () -> 0.5));
        assertThrows(IllegalArgumentException.class, () -> Resampling.systematic(fine, 1, () -> 1));
        assertThrows(IllegalArgumentException.class, () -> Resampling.systematic(fine, 1, () -> Double.NaN));
        for (double[] weights : new double[][] {{}, {0, 0}, {-1}, {Double.NaN}, {Double.NEGATIVE_INFINITY}}) {
            String message = assertThrows(IllegalArgumentException.class,
                    () -> Resampling.systematic(weights, 1, () -> 0.5)).getMessage();
            assertTrue(message.startsWith("Resampling: logWeights must be normalised"), message);
        }
    }

    private static int[] counts(double[] weights, int n, DoubleSupplier uniforms) {
        int[] counts = new int[weights.length];
        for (int index : Resampling.systematic(weights, n, uniforms)) {
            counts[index]++;
        }
        return counts;
    }

    private static DoubleSupplier firstThenZero(double first) {
        double[] next = {first};
        return () -> {
            double value = next[0];
            next[0] = 0;
            return value;
        };
    }

    private static double[] unevenWeights(int draws) {
        SplittableRandom random = new SplittableRandom(4);
        double[] ratios = new double[draws];
        for (int i = 0; i < draws; i++) {
            ratios[i] = 2 * random.nextGaussian();
        }
        return ParetoSmoothedWeights.of(ratios).logWeights();
    }
}

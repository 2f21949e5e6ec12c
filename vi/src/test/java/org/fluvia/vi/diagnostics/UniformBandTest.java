package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniformBandTest {
    private static final int SETS = 4000;

    private static int[] uniform(int n, int size, SplittableRandom random) {
        return IntStream.range(0, n).map(i -> random.nextInt(size)).toArray();
    }

    private static boolean isInside(int[] counts, int[][] limits) {
        return IntStream.range(0, counts.length).allMatch(i -> counts[i] >= limits[0][i] && counts[i] <= limits[1][i]);
    }

    /** By simulation: the share of sets of uniform ranks that lie within the band, and that have a p-value of at most 0.1. */
    @ParameterizedTest
    @CsvSource({"200, 100", "50, 20", "500, 10", "20, 100", "7, 3"})
    void uniformRanksLieWithinTheBandAsOftenAsItSays(int n, int size) {
        UniformBand band = UniformBand.of(n, size);
        int[][] limits = band.counts(0.9);
        SplittableRandom random = new SplittableRandom(4);
        int inside = 0;
        int small = 0;
        for (int k = 0; k < SETS; k++) {
            int[] ranks = uniform(n, size, random);
            if (isInside(band.counts(ranks), limits)) inside++;
            if (k < 200 && band.pValue(ranks) <= 0.1) small++;
        }
        double share = (double) inside / SETS;
        assertTrue(share > 0.9 - 4 * Math.sqrt(0.09 / SETS), "inside: " + share);
        assertTrue(n < 50 || share < 0.95, "counts are whole, and a band may hold a little more: " + share);
        assertTrue(small / 200.0 < 0.1 + 4 * Math.sqrt(0.09 / 200), "p <= 0.1: " + small);
    }

    /** At one point alone the count is binomial: 5 of 10 in the lower half, by hand. */
    @Test
    void aCountAloneIsBinomial() {
        int[][] limits = UniformBand.of(10, 2).countsAlone(0.95);
        assertArrayEquals(new int[] {2}, limits[0]); // P(X <= 1) = 11 / 1024 < 0.025 < P(X <= 2) = 56 / 1024
        assertArrayEquals(new int[] {8}, limits[1]);
        assertEquals(2.0 / 1024, UniformBand.of(10, 2).pValue(new int[10]), 1e-12);
        assertEquals(1, UniformBand.of(10, 2).pValue(new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1}), 1e-12);
    }

    @Test
    void ranksThatAreNotUniformAreFound() {
        UniformBand band = UniformBand.of(200, 100);
        SplittableRandom random = new SplittableRandom(1);
        int[] low = IntStream.range(0, 200).map(i -> Math.min(random.nextInt(100), random.nextInt(100))).toArray();
        int[] ends = IntStream.range(0, 200).map(i -> random.nextInt(100) < 50 ? random.nextInt(25) : 99 - random.nextInt(25)).toArray();
        int[] middle = IntStream.range(0, 200).map(i -> (random.nextInt(100) + random.nextInt(100)) / 2).toArray();
        for (int[] ranks : new int[][] {low, ends, middle}) assertTrue(band.pValue(ranks) < 1e-3, Arrays.toString(ranks));
        assertTrue(band.pValue(IntStream.range(0, 200).map(i -> i / 2).toArray()) > 0.99);
        assertEquals(0, band.pValue(new int[200]), 1e-9);
    }

    @Test
    void oneRankAndManyAreLawful() {
        assertEquals(1, UniformBand.of(1, 2).pValue(new int[] {1}), 1e-12);
        assertArrayEquals(new int[] {1, 2, 3}, UniformBand.of(3, 4).counts(new int[] {2, 0, 1}));
        int[] many = IntStream.range(0, 2000).map(i -> i % 100).toArray();
        assertTrue(UniformBand.of(2000, 100).pValue(many) > 0.99);
        assertThrows(IllegalArgumentException.class, () -> UniformBand.of(0, 4));
        assertThrows(IllegalArgumentException.class, () -> UniformBand.of(1, 1));
        assertThrows(IllegalArgumentException.class, () -> UniformBand.of(2, 4).pValue(new int[] {1}));
        assertThrows(IllegalArgumentException.class, () -> UniformBand.of(1, 4).pValue(new int[] {4}));
    }
}

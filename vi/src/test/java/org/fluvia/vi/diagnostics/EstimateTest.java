package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EstimateTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void beyondNoiseIsTheDistanceFromZeroThatNoiseCannotExplain() {
        assertEquals(0.25, new Estimate(-1, 0.25).beyondNoise(3));
        assertEquals(0, new Estimate(-1, 0.5).beyondNoise(3));
        assertEquals(2, new Estimate(2, 0).beyondNoise(3));
        assertEquals(0, new Estimate(2, INFINITY).beyondNoise(3));
        assertEquals(INFINITY, new Estimate(-INFINITY, INFINITY).beyondNoise(3));
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Estimate(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new Estimate(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Estimate(1, -1));
        for (double z : new double[] {0, -1, INFINITY, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new Estimate(1, 1).beyondNoise(z));
        }
    }
}

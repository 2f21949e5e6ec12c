package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NormalNoiseTest {
    private static double[] fill(long seed, long step, int first, int count, int elements) {
        double[] x = new double[elements * count];
        NormalNoise.of(seed).step(step).fill(first, count, elements, x, 0, count);
        return x;
    }

    @Test
    void aDrawIsTheSameHoweverItIsAskedFor() {
        double[] all = fill(3, 5, 0, 100, 4);
        for (int first : new int[] {0, 8, 13, 99}) {
            double[] some = fill(3, 5, first, 1, 4);
            for (int i = 0; i < 4; i++) assertEquals(all[i * 100 + first], some[i]);
        }
    }

    @Test
    void valuesAreStandardNormalAndIndependent() {
        int n = 400_000;
        double[] x = fill(1, 0, 0, n, 2);
        double[] moments = new double[5];
        for (int j = 0; j < n; j++) {
            double a = x[j];
            moments[0] += a;
            moments[1] += a * a;
            moments[2] += a * a * a;
            moments[3] += a * a * a * a;
            moments[4] += a * x[n + j];
        }
        // 4.5 standard errors of each mean
        assertEquals(0, moments[0] / n, 4.5 * Math.sqrt(1.0 / n));
        assertEquals(1, moments[1] / n, 4.5 * Math.sqrt(2.0 / n));
        assertEquals(0, moments[2] / n, 4.5 * Math.sqrt(15.0 / n));
        assertEquals(3, moments[3] / n, 4.5 * Math.sqrt(96.0 / n));
        assertEquals(0, moments[4] / n, 4.5 * Math.sqrt(1.0 / n));
    }

    @Test
    void seedsStepsAndDrawsHaveNoValuesInCommon() {
        double[] all = new double[6 * 800];
        int at = 0;
        for (long seed : new long[] {1, 2}) {
            for (long step : new long[] {-1, 0, 1}) {
                System.arraycopy(fill(seed, step, 0, 800, 1), 0, all, at, 800);
                at += 800;
            }
        }
        assertEquals(all.length, Arrays.stream(all).distinct().count());
    }

    @Test
    void theFirstValuesAreFixedForAllTime() {
        assertArrayEquals(new double[] {-0.6534627946923929, -0.04087761190229277, 0.743529836130326, 0.0359588881626475},
                fill(1, 0, 0, 2, 2));
    }
}

package org.fluvia.vi.approximation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.Erfc;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatinHypercubeTest {
    private static double[] row(DMatrixRMaj e, int i) {
        return Arrays.copyOfRange(e.data, i * e.numCols, (i + 1) * e.numCols);
    }

    private static double cdf(double x) {
        return 0.5 * Erfc.value(-x / Math.sqrt(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 999, 10_000})
    void everyElementHasOneValueInEachInterval(int n) {
        DMatrixRMaj e = LatinHypercube.normal(3, n, 7);
        for (int i = 0; i < 3; i++) {
            double[] sorted = row(e, i);
            Arrays.sort(sorted);
            for (int k = 0; k < n; k++) {
                assertTrue(Double.isFinite(sorted[k]));
                assertEquals((k + 0.5) / n, cdf(sorted[k]), (0.5 + 1e-6) / n);
            }
        }
    }

    /** Within the outermost intervals too, over many of them. */
    @Test
    void eachValueIsNormal() {
        double[] within = new double[4_000];
        for (int s = 0; s < within.length; s++) {
            double largest = Arrays.stream(LatinHypercube.normal(1, 100, s).data).max().orElseThrow();
            within[s] = 100 * cdf(largest) - 99;
        }
        Arrays.sort(within);
        for (int s = 0; s < within.length; s++) assertEquals((s + 0.5) / within.length, within[s], 1.95 / Math.sqrt(within.length)); // Kolmogorov, 0.1 %
    }

    @Test
    void elementsAreNotCorrelatedAndASeedGivesTheSame() {
        DMatrixRMaj e = LatinHypercube.normal(4, 10_000, 3);
        assertArrayEquals(e.data, LatinHypercube.normal(4, 10_000, 3).data);
        for (int i = 0; i < 4; i++) {
            for (int k = 0; k < i; k++) {
                double[] x = row(e, i);
                double[] y = row(e, k);
                assertEquals(0, IntStream.range(0, x.length).mapToDouble(j -> x[j] * y[j]).average().orElseThrow(), 0.04);
            }
        }
    }
}

package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.kernel.provider.KernelProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long products of matrices are computed in pieces, which changes no bit. */
class LongProductTest {
    private final Frame frame = new Frame(new double[0], new double[0], 0, KernelProvider.kernels(), Workers.none()::check);

    /** The first is long by its rows, others by terms, by columns, by all. */
    @ParameterizedTest
    @CsvSource({"300000, 8, 33", "5, 8, 2000000", "3, 3000001, 8", "513, 500, 601"})
    void aProductInPiecesHasTheBitsOfTheWhole(int m, int n, int k) {
        double[] a = random(1, m * k);
        double[] b = random(2, k * n);
        double[] start = random(3, m);
        for (boolean accumulate : new boolean[] {false, true}) {
            for (int transposed = 0; transposed < 3; transposed++) {
                boolean ta = transposed == 1;
                boolean tb = transposed == 2;
                double[] whole = random(4, m * n);
                double[] pieces = whole.clone();
                frame.kernels.gemm(ta, tb, m, n, k, a, 0, ta ? m : k, b, 0, tb ? k : n, accumulate, whole, 0, n);
                frame.gemm(ta, tb, m, n, k, a, 0, ta ? m : k, b, 0, tb ? k : n, accumulate, pieces, 0, n);
                assertArrayEquals(whole, pieces);
            }
        }
        double[] whole = new double[m * n];
        double[] pieces = new double[m * n];
        frame.kernels.gemmPlus(m, n, k, a, 0, k, b, 0, n, start, 0, whole, 0, n);
        frame.gemmPlus(m, n, k, a, 0, k, b, 0, n, start, 0, pieces, 0, n);
        assertArrayEquals(whole, pieces);
    }

    @Test
    void productsOfManyMatricesAtOnceToo() {
        int n = 8;
        int m = 201;
        int p = 210;
        int k = 220;
        double[] a = random(1, m * k * n);
        double[] b = random(2, k * p * n);
        for (boolean subtract : new boolean[] {false, true}) {
            double[] whole = random(3, m * p * n);
            double[] pieces = whole.clone();
            frame.kernels.gemmRows(subtract, m, p, k, n, a, 0, k * n, n, b, 0, p * n, n, whole, 0, p * n, n);
            frame.gemmRows(subtract, m, p, k, n, a, 0, k * n, n, b, 0, p * n, n, pieces, 0, p * n, n);
            assertArrayEquals(whole, pieces);
        }
    }

    private static double[] random(int seed, int n) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }
}

package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Matrix products: bit by bit the chains of fma that {@link Kernels#gemm} documents, and what EJML says. */
class GemmTest {
    /** m, n, k: around tiles of 6 or 8 rows and 2 vectors, around what stays in place, around blocks of 256, and the odd ones. */
    private static final int[][] SHAPES = {
        {1, 1, 1}, {1, 8, 3}, {2, 16, 5}, {3, 17, 2}, {4, 24, 4}, {5, 31, 7}, {6, 32, 6}, {7, 33, 9}, {8, 64, 16},
        {9, 7, 100}, {11, 40, 3}, {12, 13, 30}, {13, 100, 13}, {16, 8, 64}, {18, 96, 20}, {25, 101, 31}, {64, 64, 64},
        {3, 5, 257}, {13, 19, 513}, {7, 257, 5}, {14, 300, 260}, {20, 9, 2}, {0, 5, 3}, {5, 0, 3}, {5, 3, 0}, {300, 3, 2},
        {17, 23, 256}, {15, 64, 64}, {14, 65, 63}, {22, 66, 64}, {31, 200, 24}
    };

    private enum Form {
        NN(false, false), TN(true, false), NT(false, true);

        final boolean transposeA;
        final boolean transposeB;

        Form(boolean transposeA, boolean transposeB) {
            this.transposeA = transposeA;
            this.transposeB = transposeB;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isTheDocumentedChain(Form form) {
        SplittableRandom random = new SplittableRandom(3);
        List<Kernels> implementations = Implementations.all();
        for (int[] shape : SHAPES) {
            for (int variant = 0; variant < 4; variant++) {
                int m = shape[0];
                int n = shape[1];
                int k = shape[2];
                boolean accumulate = (variant & 1) == 1;
                int gap = variant * 3 % 7;
                int aOff = variant;
                int bOff = 2 * variant;
                int cOff = 3 * variant;
                int lda = (form.transposeA ? m : k) + gap;
                int ldb = (form.transposeB ? k : n) + gap;
                int ldc = n + gap;
                double[] a = Numbers.PLAIN.draw(random, aOff + (form.transposeA ? k : m) * lda);
                double[] b = Numbers.PLAIN.draw(random, bOff + (form.transposeB ? n : k) * ldb);
                double[] c = Numbers.HOSTILE.draw(random, cOff + m * ldc);
                double[] expected = c.clone();
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        double sum = accumulate ? c[cOff + i * ldc + j] : 0;
                        for (int p = 0; p < k; p++) {
                            double left = a[aOff + (form.transposeA ? p * lda + i : i * lda + p)];
                            double right = b[bOff + (form.transposeB ? j * ldb + p : p * ldb + j)];
                            sum = Math.fma(left, right, sum);
                        }
                        expected[cOff + i * ldc + j] = sum;
                    }
                }
                for (Kernels kernels : implementations) {
                    double[] actual = c.clone();
                    kernels.gemm(form.transposeA, form.transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate,
                            actual, cOff, ldc);
                    Bits.assertSame(expected, actual, kernels.describe() + ": " + form + " " + m + " x " + n + " x " + k
                            + ", variant " + variant);
                }
            }
        }
    }

    @Test
    void withAStartTheChainsBeginWithTheRowsNumber() {
        SplittableRandom random = new SplittableRandom(5);
        for (int[] shape : SHAPES) {
            int m = shape[0];
            int n = shape[1];
            int k = shape[2];
            double[] a = Numbers.PLAIN.draw(random, 1 + m * (k + 2));
            double[] b = Numbers.PLAIN.draw(random, 2 + k * (n + 1));
            double[] start = Numbers.HOSTILE.draw(random, 3 + m);
            double[] c = Numbers.HOSTILE.draw(random, m * (n + 3));
            double[] expected = c.clone();
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = start[3 + i];
                    for (int p = 0; p < k; p++) sum = Math.fma(a[1 + i * (k + 2) + p], b[2 + p * (n + 1) + j], sum);
                    expected[i * (n + 3) + j] = sum;
                }
            }
            for (Kernels kernels : Implementations.all()) {
                double[] actual = c.clone();
                kernels.gemmPlus(m, n, k, a, 1, k + 2, b, 2, n + 1, start, 3, actual, 0, n + 3);
                Bits.assertSame(expected, actual, kernels.describe() + ": " + m + " x " + n + " x " + k);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithEjml(Form form) {
        SplittableRandom random = new SplittableRandom(4);
        for (int[] shape : new int[][] {{1, 1, 1}, {8, 32, 16}, {37, 65, 129}, {64, 256, 64}, {100, 33, 300}}) {
            int m = shape[0];
            int n = shape[1];
            int k = shape[2];
            DMatrixRMaj a = DMatrixRMaj.wrap(form.transposeA ? k : m, form.transposeA ? m : k, Numbers.PLAIN.draw(random, m * k));
            DMatrixRMaj b = DMatrixRMaj.wrap(form.transposeB ? n : k, form.transposeB ? k : n, Numbers.PLAIN.draw(random, n * k));
            DMatrixRMaj expected = new DMatrixRMaj(m, n);
            switch (form) {
                case NN -> CommonOps_DDRM.mult(a, b, expected);
                case TN -> CommonOps_DDRM.multTransA(a, b, expected);
                case NT -> CommonOps_DDRM.multTransB(a, b, expected);
            }
            // Each side is within k roundings of the exact sum of k products of at most 16.
            double tolerance = 2 * k * (16.0 * k) * 0x1p-53;
            for (Kernels kernels : Implementations.all()) {
                double[] actual = new double[m * n];
                kernels.gemm(form.transposeA, form.transposeB, m, n, k, a.data, 0, a.numCols, b.data, 0, b.numCols, false,
                        actual, 0, n);
                for (int i = 0; i < m * n; i++) {
                    assertEquals(expected.data[i], actual[i], tolerance, form + " " + m + " x " + n + " x " + k + " at " + i);
                }
            }
        }
    }

    @Test
    void transposingBothIsRefused() {
        for (Kernels kernels : Implementations.all()) {
            double[] one = {1};
            assertThrows(IllegalArgumentException.class,
                    () -> kernels.gemm(true, true, 1, 1, 1, one, 0, 1, one, 0, 1, false, new double[1], 0, 1));
        }
    }
}

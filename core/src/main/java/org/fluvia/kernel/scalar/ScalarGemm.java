package org.fluvia.kernel.scalar;

import static org.fluvia.kernel.special.Arithmetic.fma;

/** Matrix products without the Vector API; the chains of C's elements run through C itself or through registers. */
public final class ScalarGemm {
    private ScalarGemm() {}

    public static void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
                     double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        requireForm(transposeA, transposeB);
        int aRow = transposeA ? 1 : lda;
        int aColumn = transposeA ? lda : 1;
        for (int i = 0; i < m; i++) {
            int row = cOff + i * ldc;
            if (!accumulate) {
                for (int j = row; j < row + n; j++) {
                    c[j] = 0;
                }
            }
            if (transposeB) {
                dots(n, k, a, aOff + i * aRow, aColumn, b, bOff, ldb, c, row);
            } else {
                products(n, k, a, aOff + i * aRow, aColumn, b, bOff, ldb, c, row);
            }
        }
    }

    public static void gemmPlus(int m, int n, int k, double[] a, int aOff, int lda, double[] b, int bOff, int ldb,
                         double[] start, int sOff, double[] c, int cOff, int ldc) {
        for (int i = 0; i < m; i++) {
            ScalarUpdates.fill(start[sOff + i], c, cOff + i * ldc, n);
        }
        gemm(false, false, m, n, k, a, aOff, lda, b, bOff, ldb, true, c, cOff, ldc);
    }

    public static void requireForm(boolean transposeA, boolean transposeB) {
        if (transposeA && transposeB) {
            throw new IllegalArgumentException("gemm: transposeA and transposeB must not both be true. Compute (B A) and"
                    + " transpose it.");
        }
    }

    /** c[j] += a[p] b[p, j], four p at a time to spare the traffic through c. */
    private static void products(int n, int k, double[] a, int aOff, int aStep, double[] b, int bOff, int ldb,
                                 double[] c, int cOff) {
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            double a0 = a[aOff + p * aStep];
            double a1 = a[aOff + (p + 1) * aStep];
            double a2 = a[aOff + (p + 2) * aStep];
            double a3 = a[aOff + (p + 3) * aStep];
            int b0 = bOff + p * ldb;
            int b1 = b0 + ldb;
            int b2 = b1 + ldb;
            int b3 = b2 + ldb;
            for (int j = 0; j < n; j++) {
                c[cOff + j] = fma(a3, b[b3 + j], fma(a2, b[b2 + j], fma(a1, b[b1 + j], fma(a0, b[b0 + j], c[cOff + j]))));
            }
        }
        for (; p < k; p++) {
            double a0 = a[aOff + p * aStep];
            int b0 = bOff + p * ldb;
            for (int j = 0; j < n; j++) {
                c[cOff + j] = fma(a0, b[b0 + j], c[cOff + j]);
            }
        }
    }

    /** c[j] += a[p] b[j, p], four independent chains at a time. */
    private static void dots(int n, int k, double[] a, int aOff, int aStep, double[] b, int bOff, int ldb,
                             double[] c, int cOff) {
        int j = 0;
        for (; j + 4 <= n; j += 4) {
            int b0 = bOff + j * ldb;
            int b1 = b0 + ldb;
            int b2 = b1 + ldb;
            int b3 = b2 + ldb;
            double c0 = c[cOff + j];
            double c1 = c[cOff + j + 1];
            double c2 = c[cOff + j + 2];
            double c3 = c[cOff + j + 3];
            for (int p = 0; p < k; p++) {
                double value = a[aOff + p * aStep];
                c0 = fma(value, b[b0 + p], c0);
                c1 = fma(value, b[b1 + p], c1);
                c2 = fma(value, b[b2 + p], c2);
                c3 = fma(value, b[b3 + p], c3);
            }
            c[cOff + j] = c0;
            c[cOff + j + 1] = c1;
            c[cOff + j + 2] = c2;
            c[cOff + j + 3] = c3;
        }
        for (; j < n; j++) {
            double sum = c[cOff + j];
            for (int p = 0; p < k; p++) {
                sum = fma(a[aOff + p * aStep], b[bOff + j * ldb + p], sum);
            }
            c[cOff + j] = sum;
        }
    }
}

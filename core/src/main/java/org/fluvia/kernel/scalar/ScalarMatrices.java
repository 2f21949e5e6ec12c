package org.fluvia.kernel.scalar;

import static org.fluvia.kernel.special.Arithmetic.fma;

/** Matrix products whose every element is a row of n numbers; see {@code Kernels.gemmRows}. */
public final class ScalarMatrices {
    private ScalarMatrices() {}

    public static void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                         double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        double sign = subtract ? -1 : 1;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < p; j++) {
                int at = cOff + i * cRow + j * cColumn;
                if (n == 1) {
                    c[at] = number(sign, k, a, aOff + i * aRow, aColumn, b, bOff + j * bColumn, bRow, subtract ? c[at] : 0);
                } else {
                    if (!subtract) {
                        ScalarUpdates.fill(0, c, at, n);
                    }
                    row(sign, k, n, a, aOff + i * aRow, aColumn, b, bOff + j * bColumn, bRow, c, at);
                }
            }
        }
    }

    private static double number(double sign, int k, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double sum) {
        for (int q = 0; q < k; q++) {
            sum = fma(sign * a[aAt + q * aStep], b[bAt + q * bStep], sum);
        }
        return sum;
    }

    private static void row(double sign, int k, int n, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep,
                            double[] c, int cAt) {
        for (int q = 0; q < k; q++, aAt += aStep, bAt += bStep) {
            for (int l = 0; l < n; l++) {
                c[cAt + l] = fma(sign * a[aAt + l], b[bAt + l], c[cAt + l]);
            }
        }
    }
}

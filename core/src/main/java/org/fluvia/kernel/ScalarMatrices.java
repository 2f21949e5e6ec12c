package org.fluvia.kernel;

import static org.fluvia.kernel.Arithmetic.fma;

/** Matrix products whose every element is a row of n numbers; see {@link Kernels#gemmRows}. */
final class ScalarMatrices {
    private ScalarMatrices() {}

    static void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                         double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < p; j++) {
                int at = cOff + i * cRow + j * cColumn;
                if (n == 1) {
                    c[at] = number(subtract, k, a, aOff + i * aRow, aColumn, b, bOff + j * bColumn, bRow, c[at]);
                } else {
                    row(subtract, k, n, a, aOff + i * aRow, aColumn, b, bOff + j * bColumn, bRow, c, at);
                }
            }
        }
    }

    private static double number(boolean subtract, int k, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep,
                                 double before) {
        double sum = subtract ? -before : 0;
        for (int q = 0; q < k; q++) {
            sum = fma(a[aAt + q * aStep], b[bAt + q * bStep], sum);
        }
        return subtract ? -sum : sum;
    }

    private static void row(boolean subtract, int k, int n, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep,
                            double[] c, int cAt) {
        for (int l = 0; l < n; l++) {
            c[cAt + l] = subtract ? -c[cAt + l] : 0;
        }
        for (int q = 0; q < k; q++) {
            ScalarUpdates.addProduct(a, aAt + q * aStep, b, bAt + q * bStep, c, cAt, n);
        }
        if (subtract) {
            ScalarUnary.negate(c, cAt, c, cAt, n);
        }
    }
}

package org.fluvia.kernel.scalar;

import static org.fluvia.kernel.special.Arithmetic.fma;

import org.fluvia.kernel.special.ScalarFunctions;

/** Sums along elements: one chain a column, in order of the rows. */
public final class ScalarRows {
    private ScalarRows() {}

    public static void sumRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        sumColumns(x, xOff, rows, n, 0, n, y, yOff);
    }

    /** Columns from, ..., to - 1 of a matrix of n columns. */
    public static void sumColumns(double[] x, int xOff, int rows, int n, int from, int to, double[] y, int yOff) {
        for (int j = from; j < to; j++) {
            y[yOff + j] = 0;
        }
        for (int i = 0; i < rows; i++) {
            int row = xOff + i * n;
            for (int j = from; j < to; j++) {
                y[yOff + j] += x[row + j];
            }
        }
    }

    public static void dotRows(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        dotColumns(x, xOff, y, yOff, rows, n, 0, n, z, zOff);
    }

    public static void dotColumns(double[] x, int xOff, double[] y, int yOff, int rows, int n, int from, int to,
                           double[] z, int zOff) {
        for (int j = from; j < to; j++) {
            z[zOff + j] = 0;
        }
        for (int i = 0; i < rows; i++) {
            int xRow = xOff + i * n;
            int yRow = yOff + i * n;
            for (int j = from; j < to; j++) {
                z[zOff + j] = fma(x[xRow + j], y[yRow + j], z[zOff + j]);
            }
        }
    }

    public static void logSumExpRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        logSumExpColumns(x, xOff, rows, n, 0, n, y, yOff);
    }

    public static void logSumExpColumns(double[] x, int xOff, int rows, int n, int from, int to, double[] y, int yOff) {
        for (int j = from; j < to; j++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < rows; i++) {
                double value = x[xOff + i * n + j];
                max = value > max ? value : max;
            }
            double shift = ScalarSums.shift(max);
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += ScalarFunctions.exp(x[xOff + i * n + j] - shift);
            }
            y[yOff + j] = ScalarFunctions.log(sum) + shift;
        }
    }
}

package org.fluvia.kernel.scalar;

import static org.fluvia.kernel.special.Arithmetic.fma;

import org.fluvia.kernel.special.ScalarFunctions;

/** Sums in the orders that {@code Kernels} documents. */
public final class ScalarSums {
    private ScalarSums() {}

    public static double sum(double[] x, int xOff, int n) {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = xOff;
        for (int end = xOff + (n & -8); i < end; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        return sumTail(x, i, n & 7, s0, s1, s2, s3, s4, s5, s6, s7);
    }

    /** Adds fewer than 8 elements to lanes 0, 1, ... and then the lanes. */
    public static double sumTail(double[] x, int i, int n, double s0, double s1, double s2, double s3, double s4, double s5,
                          double s6, double s7) {
        if (n > 0) s0 += x[i];
        if (n > 1) s1 += x[i + 1];
        if (n > 2) s2 += x[i + 2];
        if (n > 3) s3 += x[i + 3];
        if (n > 4) s4 += x[i + 4];
        if (n > 5) s5 += x[i + 5];
        if (n > 6) s6 += x[i + 6];
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    public static double dot(double[] x, int xOff, double[] y, int yOff, int n) {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = xOff;
        int j = yOff;
        for (int end = xOff + (n & -8); i < end; i += 8, j += 8) {
            s0 = fma(x[i], y[j], s0);
            s1 = fma(x[i + 1], y[j + 1], s1);
            s2 = fma(x[i + 2], y[j + 2], s2);
            s3 = fma(x[i + 3], y[j + 3], s3);
            s4 = fma(x[i + 4], y[j + 4], s4);
            s5 = fma(x[i + 5], y[j + 5], s5);
            s6 = fma(x[i + 6], y[j + 6], s6);
            s7 = fma(x[i + 7], y[j + 7], s7);
        }
        return dotTail(x, i, y, j, n & 7, s0, s1, s2, s3, s4, s5, s6, s7);
    }

    public static double dotTail(double[] x, int i, double[] y, int j, int n, double s0, double s1, double s2, double s3,
                          double s4, double s5, double s6, double s7) {
        if (n > 0) s0 = fma(x[i], y[j], s0);
        if (n > 1) s1 = fma(x[i + 1], y[j + 1], s1);
        if (n > 2) s2 = fma(x[i + 2], y[j + 2], s2);
        if (n > 3) s3 = fma(x[i + 3], y[j + 3], s3);
        if (n > 4) s4 = fma(x[i + 4], y[j + 4], s4);
        if (n > 5) s5 = fma(x[i + 5], y[j + 5], s5);
        if (n > 6) s6 = fma(x[i + 6], y[j + 6], s6);
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    public static double logSumExp(double[] x, int xOff, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = xOff; i < xOff + n; i++) {
            max = x[i] > max ? x[i] : max;
        }
        double shift = shift(max);
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = xOff;
        for (int end = xOff + (n & -8); i < end; i += 8) {
            s0 += ScalarFunctions.exp(x[i] - shift);
            s1 += ScalarFunctions.exp(x[i + 1] - shift);
            s2 += ScalarFunctions.exp(x[i + 2] - shift);
            s3 += ScalarFunctions.exp(x[i + 3] - shift);
            s4 += ScalarFunctions.exp(x[i + 4] - shift);
            s5 += ScalarFunctions.exp(x[i + 5] - shift);
            s6 += ScalarFunctions.exp(x[i + 6] - shift);
            s7 += ScalarFunctions.exp(x[i + 7] - shift);
        }
        return logSumExpTail(x, i, n & 7, shift, s0, s1, s2, s3, s4, s5, s6, s7);
    }

    public static double logSumExpTail(double[] x, int i, int n, double shift, double s0, double s1, double s2, double s3,
                                double s4, double s5, double s6, double s7) {
        if (n > 0) s0 += ScalarFunctions.exp(x[i] - shift);
        if (n > 1) s1 += ScalarFunctions.exp(x[i + 1] - shift);
        if (n > 2) s2 += ScalarFunctions.exp(x[i + 2] - shift);
        if (n > 3) s3 += ScalarFunctions.exp(x[i + 3] - shift);
        if (n > 4) s4 += ScalarFunctions.exp(x[i + 4] - shift);
        if (n > 5) s5 += ScalarFunctions.exp(x[i + 5] - shift);
        if (n > 6) s6 += ScalarFunctions.exp(x[i + 6] - shift);
        double sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        return ScalarFunctions.log(sum) + shift;
    }

    /**
     * What is subtracted before exp: the maximum, but 0 where that is infinite, so that the sum becomes 0 or infinity and
     * not NaN. NaN is ignored by the maximum (a comparison) and comes back through exp.
     */
    public static double shift(double max) {
        return Math.abs(max) == Double.POSITIVE_INFINITY ? 0 : max;
    }
}

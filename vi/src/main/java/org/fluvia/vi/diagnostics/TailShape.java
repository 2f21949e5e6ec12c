package org.fluvia.vi.diagnostics;

import java.util.Arrays;

/**
 * How heavy the tails of a distribution are: the larger of the shapes k of generalized Pareto distributions fitted to the twentieth of some draws
 * that is furthest out on either side (Zhang and Stephens 2009). A density that falls like |x|^-(1 + a) has k = 1 / a; exponential tails have 0.
 */
public final class TailShape {
    private static final int PARTS = 20;

    private TailShape() {}

    /** @param x finite draws, at least 100; not modified */
    public static double of(double[] x, int offset, int count) {
        double[] sorted = Arrays.copyOfRange(x, offset, offset + count);
        Arrays.sort(sorted);
        int n = count / PARTS;
        double[] upper = new double[n];
        double[] lower = new double[n];
        for (int j = 0; j < n; j++) {
            upper[j] = sorted[count - n + j] - sorted[count - n - 1];
            lower[j] = sorted[n] - sorted[n - 1 - j];
        }
        return Math.max(shape(upper), shape(lower));
    }

    private static double shape(double[] y) {
        double[] positive = Arrays.stream(y).filter(v -> v > 0).toArray();
        return positive.length < PARTS ? 0 : GeneralizedPareto.fit(positive).k();
    }
}

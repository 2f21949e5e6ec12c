package org.fluvia.bench.compare;

import java.util.Arrays;

/**
 * What one core can do at most: fused multiply-adds, nearly all of them in registers, and bytes moved by a copy that no cache
 * holds. Plain loops that the JIT turns into vectors, so that the kernels are not judged by themselves; in registers it
 * reaches 95 % of what the Vector API does.
 */
final class Roofline {
    private static final int ELEMENTS = 512;
    private static final int CHAIN = 8;
    private static final int REPEATS = 2_000;
    private static final int COPIED = 8 << 20;
    private static final int TRIALS = 100;

    private Roofline() {}

    /** Floating-point operations a second, a fused multiply-add counted as two: the most of many trials. */
    static double peakFlops() {
        double[] x = new double[ELEMENTS];
        Arrays.fill(x, 0.5);
        long least = Long.MAX_VALUE;
        for (int t = 0; t < TRIALS; t++) {
            long start = System.nanoTime();
            for (int r = 0; r < REPEATS; r++) multiplyAdds(x, 0.999, 1e-3);
            least = Math.min(least, System.nanoTime() - start);
        }
        return 2.0 * CHAIN * ELEMENTS * REPEATS / (least * 1e-9);
    }

    /** Bytes read and written a second: the most of many trials. */
    static double copyBandwidth() {
        double[] from = new double[COPIED];
        double[] to = new double[COPIED];
        long least = Long.MAX_VALUE;
        for (int t = 0; t < TRIALS / 4; t++) {
            long start = System.nanoTime();
            System.arraycopy(from, 0, to, 0, COPIED);
            least = Math.min(least, System.nanoTime() - start);
        }
        return 16.0 * COPIED / (least * 1e-9);
    }

    /** A load and a store for eight multiply-adds; the chains of neighbours overlap. */
    private static void multiplyAdds(double[] x, double factor, double term) {
        for (int i = 0; i < ELEMENTS; i++) {
            double v = Math.fma(x[i], factor, term);
            v = Math.fma(v, factor, term);
            v = Math.fma(v, factor, term);
            v = Math.fma(v, factor, term);
            v = Math.fma(v, factor, term);
            v = Math.fma(v, factor, term);
            v = Math.fma(v, factor, term);
            x[i] = Math.fma(v, factor, term);
        }
    }
}

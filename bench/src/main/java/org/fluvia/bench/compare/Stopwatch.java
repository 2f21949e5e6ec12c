package org.fluvia.bench.compare;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Median times of repeated work. */
final class Stopwatch {
    /** Shorter work than this is repeated within one reading of the clock. */
    private static final double SHORTEST = 20e-6;

    private static volatile double sink;

    private Stopwatch() {}

    /** The median time of one run, in seconds, over runs that take this long together; at least three. */
    static double time(DoubleSupplier work, double seconds) {
        long begin = System.nanoTime();
        sink = work.getAsDouble();
        double once = (System.nanoTime() - begin) * 1e-9;
        int runs = (int) Math.max(1, Math.min(10_000, SHORTEST / Math.max(once, 1e-9)));
        double[] times = new double[1024];
        int n = 0;
        long end = begin + (long) (seconds * 1e9);
        while (n < 3 || System.nanoTime() < end) {
            if (n == times.length) times = Arrays.copyOf(times, 2 * n);
            long start = System.nanoTime();
            double result = 0;
            for (int i = 0; i < runs; i++) result += work.getAsDouble();
            times[n++] = (System.nanoTime() - start) * 1e-9 / runs;
            sink = result;
        }
        return median(Arrays.copyOf(times, n));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]);
    }
}

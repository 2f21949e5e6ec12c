package org.fluvia.bench.compare;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Bytes that repeated work allocates, on the calling thread and on Fluvia's workers. */
final class Allocation {
    private static final int RUNS = 100;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Per run of work that has been warmed up; the least of three measurements, since the JIT may be at work in one. */
    static double perRun(DoubleSupplier work) {
        long[] threads = threads();
        // what the measurement itself allocates
        long before = total(threads);
        long own = total(threads) - before;
        double least = Double.POSITIVE_INFINITY;
        double sink = 0;
        for (int k = 0; k < 3; k++) {
            long start = total(threads);
            for (int i = 0; i < RUNS; i++) sink += work.getAsDouble();
            least = Math.min(least, (total(threads) - start - own) / (double) RUNS);
        }
        return sink == 0.5 ? -1 : least;
    }

    private static long total(long[] threads) {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).sum();
    }

    private static long[] threads() {
        long caller = Thread.currentThread().getId();
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(t -> t != null && (t.getThreadId() == caller || t.getThreadName().startsWith("fluvia-worker")))
                .mapToLong(ThreadInfo::getThreadId).toArray();
    }
}

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

    /** Per run of work that has been warmed up; the least of some measurements, since the JIT may be at work in one. */
    static long perRun(DoubleSupplier work) {
        long[] threads = threads();
        long least = Long.MAX_VALUE;
        double sink = 0;
        for (int k = 0; k < 5; k++) {
            long start = total(threads);
            long own = total(threads) - start; // what reading the counters allocates
            for (int i = 0; i < RUNS; i++) sink += work.getAsDouble();
            least = Math.min(least, Math.max(0, total(threads) - start - 2 * own) / RUNS);
        }
        if (Double.isNaN(sink)) throw new IllegalStateException("bench: the work gave NaN");
        return least;
    }

    private static long total(long[] threads) {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(threads)) sum += bytes;
        return sum;
    }

    private static long[] threads() {
        long caller = Thread.currentThread().getId();
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(t -> t != null && (t.getThreadId() == caller || t.getThreadName().startsWith("fluvia-worker")))
                .mapToLong(ThreadInfo::getThreadId).toArray();
    }
}

package org.fluvia.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fluvia.report.OutputFolder;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, and other requests to end, while a fit is under way: the fit is interrupted, what it wrote is taken back, and the
 * JVM ends as one that was interrupted does (exit code 130). See {@link ExitGuard}.
 */
final class Interruption implements AutoCloseable {
    /** Time for the fit to notice; the JVM ends after it in any case. */
    private static final long PATIENCE_MILLIS = 600;

    private static volatile @Nullable Interruption underWay;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final @Nullable OutputFolder output;
    private final PrintStream err;
    private final boolean isTerminal;
    private volatile boolean happened;

    private Interruption(@Nullable OutputFolder output, PrintStream err, boolean isTerminal) {
        this.output = output;
        this.err = err;
        this.isTerminal = isTerminal;
    }

    /** Begins to listen, for work done on the calling thread until this is closed. */
    static Interruption of(@Nullable OutputFolder output, PrintStream err, boolean isTerminal) {
        Interruption i = new Interruption(output, err, isTerminal);
        underWay = i;
        return i;
    }

    /** That of the work under way, or null. */
    static @Nullable Interruption underWay() {
        return underWay;
    }

    /** Whether the work ended because of it. */
    boolean happened() {
        return happened;
    }

    void interrupt() {
        boolean nothingWritten = withdraw();
        worker.interrupt();
        try {
            ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS); // so that no progress line follows the message
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isTerminal) err.print("\r\u001b[K");
        err.println("fluvia: interrupted" + (nothingWritten ? "; nothing was written" : " after the results were written"));
        err.flush();
    }

    /** Takes back what was written so far. Returns whether nothing had been committed. */
    boolean withdraw() {
        happened = true;
        return output == null || output.cancel();
    }

    @Override
    public void close() {
        ended.countDown();
        underWay = null;
    }
}

package org.fluvia.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.fluvia.report.OutputFolder;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, and other requests to end, while a fit is under way: the fit is interrupted, what it wrote is taken back, and the
 * JVM ends as one that was interrupted does (exit code 130). See {@link ExitGuard}.
 */
final class Interruption implements AutoCloseable {
    /** Time for the fit to notice; the JVM ends after it in any case. */
    private static final long PATIENCE_MILLIS = 600;
    /** Time for a training to notice, and to write what it has learned. */
    private static final long PATIENCE_TO_KEEP_MILLIS = 30_000;

    private static volatile @Nullable Interruption underWay;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final @Nullable OutputFolder output;
    private final PrintStream err;
    private final boolean isTerminal;
    private final long patience;
    private volatile boolean happened;
    private volatile Supplier<@Nullable String> kept = () -> null;

    private Interruption(@Nullable OutputFolder output, PrintStream err, boolean isTerminal, long patience) {
        this.patience = patience;
        this.output = output;
        this.err = err;
        this.isTerminal = isTerminal;
    }

    /** Begins to listen, for work done on the calling thread until this is closed. */
    static Interruption of(@Nullable OutputFolder output, PrintStream err, boolean isTerminal) {
        return begun(new Interruption(output, err, isTerminal, PATIENCE_MILLIS));
    }

    /** As {@link #of}, for work that writes what it has when it is interrupted, and says so by {@link #keeps}. */
    static Interruption ofWorkThatIsKept(PrintStream err, boolean isTerminal) {
        return begun(new Interruption(null, err, isTerminal, PATIENCE_TO_KEEP_MILLIS));
    }

    private static Interruption begun(Interruption i) {
        underWay = i;
        return i;
    }

    /** What is left of the work when it is interrupted, in words that follow "interrupted; "; null for nothing. */
    void keeps(Supplier<@Nullable String> what) {
        kept = what;
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
            ended.await(patience, TimeUnit.MILLISECONDS); // so that no progress line follows the message
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isTerminal) err.print("\r\u001b[K");
        String left = kept.get();
        err.println("fluvia: interrupted" + (left != null ? "; " + left : nothingWritten ? "; nothing was written" : " after the results were written"));
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

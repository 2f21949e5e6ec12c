package org.fluvia.vi.budget;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The time a fit may take, counted from when this is made. Stages end when what is left is needed to judge what they found; the
 * judgement may take the rest. Asked by all workers; the rest of it belongs to the fit's thread.
 */
public final class Budget {
    /** The share of the limit that is kept for the judgement, as long as it is not known how long that takes, and at the most. */
    private static final double KEPT_AT_FIRST = 0.3;
    private static final double MOST_KEPT = 0.5;
    /** A judgement's time for a draw, in that of a draw's density: values of all quantities and what is computed from them. */
    private static final double OF_JUDGING = 1.5;
    /** However fast the density is: what is not compiled yet, and what is computed from weights. */
    private static final double LEAST_KEPT_SECONDS = 0.5;
    private static final double LAST_MOMENT_SECONDS = 0.2;
    private static final double LAST_MOMENT_SHARE = 0.05;
    private static final double NANO = 1e-9;

    private final long begin = System.nanoTime();
    private final double limit;
    private final Thread thread = Thread.currentThread();
    private volatile double kept;
    private volatile boolean judging;
    private volatile double extra;
    private @Nullable String cut;

    private Budget(double limit) {
        this.limit = limit;
        kept = KEPT_AT_FIRST * limit;
    }

    public static Budget of(Duration within) {
        // a limit of more than 292 years has no nanoseconds
        return new Budget(within.getSeconds() + within.getNano() * NANO);
    }

    /** Since the fit began. */
    public double seconds() {
        return (System.nanoTime() - begin) * NANO;
    }

    /** Of the limit: what has passed. */
    public double share() {
        return seconds() / limit;
    }

    /** For what is under way; negative if the time is up. */
    public double secondsLeft() {
        return limit + extra - (judging ? 0 : kept) - seconds();
    }

    /** Whether what is under way has to stop. */
    public boolean isUp() {
        return secondsLeft() < 0;
    }

    /**
     * Whether another step may begin.
     *
     * @throws CancellationException if the fit was interrupted
     */
    public boolean goOn() {
        checkInterrupted();
        return !isUp();
    }

    /**
     * Says how long draws took to evaluate that judged ones are like.
     *
     * @param toJudge how many are to be judged
     */
    public void keepForJudgement(int toJudge, int draws, double seconds) {
        kept = Math.min(MOST_KEPT * limit, LEAST_KEPT_SECONDS + OF_JUDGING * toJudge * seconds / draws);
    }

    /** From here on what was judged is brought to its end: that may take a moment even if the time is up. */
    public void lastMoment() {
        judging = true;
        extra = Math.max(LAST_MOMENT_SECONDS, LAST_MOMENT_SHARE * limit);
    }

    /** From here on a judgement is under way, or not. */
    public void judging(boolean judging) {
        this.judging = judging;
    }

    /**
     * Says that a stage was ended by the limit; the first is remembered.
     *
     * @throws CancellationException if it was not the limit, but the fit was interrupted
     */
    public void cut(String stage) {
        checkInterrupted();
        if (cut == null) cut = stage;
    }

    /** The first stage that was ended by the limit. */
    public Optional<String> limitHit() {
        return Optional.ofNullable(cut);
    }

    /** For the reasons of an assessment. */
    public String inWords() {
        return String.format(Locale.ROOT, "the limit of %s ended %s early: give it more time by Fit.within, or --within.",
                seconds(limit), "judgement".equals(cut) ? "the judgement" : "the stage " + cut);
    }

    private static String seconds(double x) {
        return x < 1 ? String.format(Locale.ROOT, "%.3g ms", 1e3 * x) : String.format(Locale.ROOT, "%s s", x == Math.rint(x) ? Long.toString((long) x) : String.format(Locale.ROOT, "%.2f", x));
    }

    private void checkInterrupted() {
        if (thread.isInterrupted()) throw new CancellationException("fit: interrupted");
    }
}

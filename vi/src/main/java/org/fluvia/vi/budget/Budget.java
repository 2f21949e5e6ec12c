package org.fluvia.vi.budget;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * The time a fit may take, counted from when this is made. Stages end when what is left is needed to judge what they found; the
 * judgement may take the rest. Asked by all workers; the rest of it belongs to the fit's thread.
 */
public final class Budget {
    /** The stage that ends a fit. */
    public static final String JUDGEMENT = "judgement";
    private static final double NANO = 1e-9;

    private final FitPlan.Time plan;
    private final long begin = System.nanoTime();
    private final double limit;
    private final Thread thread = Thread.currentThread();
    private volatile double kept;
    private volatile boolean judging;
    private volatile double extra;
    private @Nullable String cut;
    /** What passed in earlier processes, beyond what has passed here. */
    private volatile double before;

    private Budget(double limit, FitPlan.Time plan) {
        this.limit = limit;
        this.plan = plan;
        kept = plan.keptAtFirst() * limit;
    }

    public static Budget of(Duration within, FitPlan.Time plan) {
        // a limit of more than 292 years has no nanoseconds
        return new Budget(within.getSeconds() + within.getNano() * NANO, plan);
    }

    /** Since the fit began. */
    public double seconds() {
        return (System.nanoTime() - begin) * NANO + before;
    }

    /** Says that the fit goes on as one that had taken so long by then, in a stage of which the limit had cut that one. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the fit's thread alone writes it
    public void resume(double seconds, @Nullable String cut) {
        before += seconds - seconds();
        this.cut = cut;
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
        kept = Math.min(plan.mostKept() * limit, plan.leastKeptSeconds() + plan.ofJudging() * toJudge * seconds / draws);
    }

    /** From here on what was judged is brought to its end: that may take a moment even if the time is up, however late it is. */
    public void lastMoment() {
        judging = true;
        extra = Math.max(0, seconds() - limit) + Math.max(plan.lastMomentSeconds(), plan.lastMomentShare() * limit);
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
                seconds(limit), JUDGEMENT.equals(cut) ? "the judgement" : "the stage " + cut);
    }

    private static String seconds(double x) {
        return x < 1 ? String.format(Locale.ROOT, "%.3g ms", 1e3 * x)
                : String.format(Locale.ROOT, "%s s", x == Math.rint(x) ? Long.toString((long) x) : String.format(Locale.ROOT, "%.2f", x));
    }

    private void checkInterrupted() {
        if (thread.isInterrupted()) throw new CancellationException("fit: interrupted");
    }
}

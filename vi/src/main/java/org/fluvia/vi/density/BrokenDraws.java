package org.fluvia.vi.density;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The draws of a fit, from the first start to the last judgement, at which the log-density is NaN or plus infinity: what it is
 * there is unknown, and an approximation that keeps away from there would look right. And points where only the gradient is unknown.
 * Owned by the fit's thread.
 */
public final class BrokenDraws {
    private final Map<String, long[]> byStage = new LinkedHashMap<>();
    private @Nullable String first;
    private @Nullable String gradientNote;

    /**
     * What is known by some time: see {@link #noted}.
     *
     * @param byStage broken draws and all draws
     */
    public record Noted(Map<String, long[]> byStage, @Nullable String first, @Nullable String gradientNote) {}

    /** What is known by now; a copy. */
    public Noted noted() {
        Map<String, long[]> copy = new LinkedHashMap<>();
        byStage.forEach((stage, counts) -> copy.put(stage, counts.clone()));
        return new Noted(copy, first, gradientNote);
    }

    /** Knows what was known then, and nothing else. */
    public void putBack(Noted then) {
        byStage.clear();
        then.byStage.forEach((stage, counts) -> byStage.put(stage, counts.clone()));
        first = then.first;
        gradientNote = then.gradientNote;
    }

    /** Whether a log-density, or a ratio with one, says that the density is unknown, not that it is zero. */
    public static boolean isBroken(double logDensity) {
        return !(logDensity < Double.POSITIVE_INFINITY);
    }

    /**
     * Takes note of a stage's draws.
     *
     * @param explained says what is wrong at the first broken draw; asked for at most once in a fit
     */
    void add(String stage, int broken, int draws, Supplier<String> explained) {
        long[] counts = byStage.computeIfAbsent(stage, s -> new long[2]);
        counts[0] += broken;
        counts[1] += draws;
        if (broken > 0 && first == null) first = explained.get();
    }

    /** Takes note of starting points where the density is known and its gradient is not. */
    public void addGradients(int unknown, int points) {
        if (unknown == 0) return;
        gradientNote = "the gradient is NaN or infinite at " + unknown + " of " + points
                + " starting points where the log-density is finite, and the fit goes on without it there. A branch that where(...) does"
                + " not take must have a derivative too: keep its argument inside by max or min.";
    }

    /** What is wrong with the gradient, in words; null if nothing is. */
    public @Nullable String gradientNote() {
        return gradientNote;
    }

    public boolean isEmpty() {
        return first == null;
    }

    /** What is wrong at the first one, in words. */
    public String first() {
        if (first == null) throw new IllegalStateException("there is none");
        return first;
    }

    /** "3 of 257 starting points, 12 of 40000 judged draws". */
    public String inWords() {
        List<String> words = new ArrayList<>();
        byStage.forEach((stage, counts) -> {
            if (counts[0] > 0) words.add(counts[0] + " of " + counts[1] + " " + stage);
        });
        return String.join(", ", words);
    }
}

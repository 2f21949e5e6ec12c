package org.fluvia.vi.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The draws of a fit, from the first start to the last judgement, at which the log-density is NaN or plus infinity: what it is
 * there is unknown, and an approximation that keeps away from there would look right. Owned by the fit's thread.
 */
public final class BrokenDraws {
    private final Map<String, long[]> byStage = new LinkedHashMap<>();
    private double @Nullable [] first;

    /** Whether a log-density, or a ratio with one, says that the density is unknown, not that it is zero. */
    public static boolean isBroken(double logDensity) {
        return !(logDensity < Double.POSITIVE_INFINITY);
    }

    /**
     * Takes note of a stage's draws.
     *
     * @param point gives the first broken draw, on the unconstrained scale; asked for at most once in a fit
     */
    public void add(String stage, int broken, int draws, Supplier<double[]> point) {
        long[] counts = byStage.computeIfAbsent(stage, s -> new long[2]);
        counts[0] += broken;
        counts[1] += draws;
        if (broken > 0 && first == null) first = point.get();
    }

    public boolean isEmpty() {
        return first == null;
    }

    /** The first one, on the unconstrained scale. */
    public double[] first() {
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

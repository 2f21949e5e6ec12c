package org.fluvia.vi;

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
final class BrokenDraws {
    private final Map<String, long[]> byStage = new LinkedHashMap<>();
    private double @Nullable [] first;

    /**
     * Takes note of a stage's draws.
     *
     * @param point gives the first broken draw, on the unconstrained scale; asked for at most once in a fit
     */
    void add(String stage, int broken, int draws, Supplier<double[]> point) {
        long[] counts = byStage.computeIfAbsent(stage, s -> new long[2]);
        counts[0] += broken;
        counts[1] += draws;
        if (broken > 0 && first == null) first = point.get();
    }

    boolean isEmpty() {
        return first == null;
    }

    /** The first one, on the unconstrained scale. */
    double[] first() {
        if (first == null) throw new IllegalStateException("there is none");
        return first;
    }

    /** "3 of 257 starting points, 12 of 40000 judged draws". */
    String inWords() {
        List<String> words = new ArrayList<>();
        byStage.forEach((stage, counts) -> {
            if (counts[0] > 0) words.add(counts[0] + " of " + counts[1] + " " + stage);
        });
        return String.join(", ", words);
    }
}

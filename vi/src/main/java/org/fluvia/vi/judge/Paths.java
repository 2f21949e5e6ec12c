package org.fluvia.vi.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Stopped;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.modes.Modes;
import org.jspecify.annotations.Nullable;

/** Paths up the density from judged draws, as long as there is time. */
record Paths(Modes modes, Budget budget) {
    /**
     * From the draws with the largest keys, of those that are eligible.
     *
     * @return the modes they end at; null for one that ends nowhere, or that there is no time for
     */
    List<@Nullable Mode> fromLargest(double[] keys, IntStream eligible, int count, Proposals proposals) {
        List<@Nullable Mode> ends = new ArrayList<>();
        eligible.boxed().sorted(Comparator.comparingDouble(j -> -keys[j])).limit(count).forEach(j -> {
            try {
                ends.add(budget.goOn() ? modes.climb(proposals.draw(j), budget::goOn) : null);
            } catch (Stopped e) {
                ends.add(null);
            }
        });
        return ends;
    }
}

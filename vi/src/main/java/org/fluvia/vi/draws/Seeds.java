package org.fluvia.vi.draws;

import org.fluvia.autodiff.SplitMix;

/** Seeds of the parts of a fit, independent of one another, from the user's one. */
public record Seeds(long starts, long fullRank, long flow, long proposals, long resampling, long defence, long population, long margins,
                    long chains, long draws) {
    public Seeds(long seed) {
        this(SplitMix.at(seed, 0), SplitMix.at(seed, 1), SplitMix.at(seed, 2), SplitMix.at(seed, 3), SplitMix.at(seed, 4),
                SplitMix.at(seed, 5), SplitMix.at(seed, 6), SplitMix.at(seed, 7), SplitMix.at(seed, 8), SplitMix.at(seed, 9));
    }
}

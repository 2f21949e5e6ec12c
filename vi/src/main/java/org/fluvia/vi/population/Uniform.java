package org.fluvia.vi.population;

import org.fluvia.autodiff.SplitMix;

/** Uniform numbers on (0, 1), a function of their place. */
final class Uniform {
    private Uniform() {}

    static double of(long seed, long i) {
        return ((SplitMix.at(seed, i) >>> 11) + 0.5) * 0x1p-53;
    }
}

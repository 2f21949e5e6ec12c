package org.fluvia.vi;

import java.util.SplittableRandom;

/** Seeds of the parts of a fit, independent of one another, from the user's one. */
record Seeds(long starts, long fullRank, long flow, long proposals, long resampling) {
    private Seeds(SplittableRandom random) {
        this(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    Seeds(long seed) {
        this(new SplittableRandom(seed));
    }

    /** A seed for the i-th of many parts (Steele, Lea and Flood 2014, the mixing of SplitMix64). */
    static long of(long seed, long i) {
        return mix(mix(seed) + i);
    }

    private static long mix(long z) {
        z = (z + 0x9E3779B97F4A7C15L ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

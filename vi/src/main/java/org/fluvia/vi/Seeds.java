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
}

package org.fluvia.stan.value;

import org.jspecify.annotations.Nullable;

/** Iterations of a loop cannot be recorded together: they are recorded one by one. Nothing that a user sees. */
public final class NotLifted extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Variable shared;
    private final transient @Nullable Lanes lanes;
    private final int[] sizes;

    public NotLifted(String why) {
        this(why, null, null, new int[0]);
    }

    /** @param shared a variable that several iterations assign, each for itself perhaps */
    public NotLifted(String why, Variable shared) {
        this(why, shared, null, new int[0]);
    }

    /** @param sizes in each of the lanes, which differ: those of one size could be recorded together */
    public NotLifted(String why, @Nullable Lanes lanes, int... sizes) {
        this(why, null, lanes, sizes);
    }

    private NotLifted(String why, @Nullable Variable shared, @Nullable Lanes lanes, int... sizes) {
        super(why, null, false, false);
        this.shared = shared;
        this.lanes = lanes;
        this.sizes = sizes.clone();
    }

    /** Sizes that differ, in each of the lanes where they were met; none where that is not the reason. */
    public int[] sizes() {
        return sizes.clone();
    }

    /** The same of the lanes of a loop around: for each a number, which is the same where all sizes are. */
    public NotLifted of(Lanes loop) {
        Lanes own = lanes;
        if (own == null || !Lanes.isWithin(own, loop) || sizes.length != own.count()) return this;
        int[] lane = own.laneOf(loop);
        int[] keys = new int[loop.count()];
        for (int i = 0; i < sizes.length; i++) keys[lane[i]] = 31 * keys[lane[i]] + sizes[i] + 1;
        return new NotLifted(String.valueOf(getMessage()), shared, loop, keys);
    }

    public @Nullable Variable shared() {
        return shared;
    }
}

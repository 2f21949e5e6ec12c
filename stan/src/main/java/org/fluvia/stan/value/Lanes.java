package org.fluvia.stan.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Iterations of a loop that are recorded together: one lane each. Those of a loop inside another, or of a branch, have the lanes that
 * they come from.
 */
public final class Lanes {
    private final @Nullable Lanes parent;
    private final int[] from;

    /**
     * @param parent the lanes that these are of; null if they are of none
     * @param from for each lane that of the parent
     */
    public Lanes(@Nullable Lanes parent, int[] from) {
        this.parent = parent;
        this.from = from.clone();
    }

    public int count() {
        return from.length;
    }

    public @Nullable Lanes parent() {
        return parent;
    }

    /** Whether these are, or are made of, the others; all are made of none. */
    public static boolean isWithin(@Nullable Lanes lanes, @Nullable Lanes others) {
        if (others == null) return true;
        for (Lanes l = lanes; l != null; l = l.parent) if (l == others) return true;
        return false;
    }

    /** For each of these lanes the one of others that it is of; 0 where there are none. */
    public int[] laneOf(@Nullable Lanes others) {
        int[] lane = new int[count()];
        if (others == null) return lane;
        for (int i = 0; i < lane.length; i++) lane[i] = i;
        for (Lanes l = this; l != others;) {
            for (int i = 0; i < lane.length; i++) lane[i] = l.from[lane[i]];
            Lanes next = l.parent;
            if (next == null) throw new IllegalStateException("lanes: these are not of the others");
            l = next;
        }
        return lane;
    }

    /** Some of these lanes. */
    public Lanes where(boolean[] chosen) {
        int[] some = new int[chosen.length];
        int n = 0;
        for (int i = 0; i < chosen.length; i++) if (chosen[i]) some[n++] = i;
        return new Lanes(this, Arrays.copyOf(some, n));
    }

    public static int countOf(@Nullable Lanes lanes) {
        return lanes == null ? 1 : lanes.count();
    }
}

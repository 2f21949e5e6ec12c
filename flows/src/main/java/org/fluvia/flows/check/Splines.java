package org.fluvia.flows.check;

/** The checks that splines and the flows made of them have in common. */
public final class Splines {
    /** Each takes at least a thousandth of its axis. */
    private static final int MOST_BINS = 999;
    /** Each takes at least a thousandth, and with all of them there is as much again to share out. */
    private static final int MOST_CIRCULAR_BINS = 500;

    private Splines() {}

    /** Those of a spline on [-bound, bound]. */
    public static void check(String what, int bins, double bound) {
        bins(what, MOST_BINS, bins);
        bound(what, bound);
    }

    /** Those of a spline on a circle. */
    public static void checkCircular(String what, int bins) {
        bins(what, MOST_CIRCULAR_BINS, bins);
    }

    /** The half of a box's side, which must be positive, and the side finite. */
    public static void bound(String what, double bound) {
        if (!(bound > 0 && 2 * bound < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + ": bound must be positive and finite, but was " + bound);
        }
    }

    private static void bins(String what, int most, int bins) {
        if (bins < 2 || bins > most) throw new IllegalArgumentException(what + ": bins must be from 2 to " + most + ", but were " + bins);
    }
}

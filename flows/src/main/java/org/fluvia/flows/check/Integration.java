package org.fluvia.flows.check;

import java.util.List;

/** The checks of how a continuous flow is solved. */
public final class Integration {
    private static final double SMALLEST_TOLERANCE = 1e-13;
    private static final double LARGEST_TOLERANCE = 1e-2;
    /** All are kept. */
    private static final int MOST_STEPS = 10_000;

    private Integration() {}

    /** A copy of the widths of a network's hidden layers. */
    public static List<Integer> check(String what, List<Integer> hidden, double tolerance, int mostSteps) {
        List<Integer> widths = Dimensions.widths(what, hidden);
        if (widths.isEmpty() || widths.size() > 2) {
            throw new IllegalArgumentException(what + ": there must be 1 or 2 hidden widths, but were " + widths
                    + ". With more, the divergence has no closed form.");
        }
        if (!(tolerance >= SMALLEST_TOLERANCE && tolerance <= LARGEST_TOLERANCE)) {
            throw new IllegalArgumentException(what + ": tolerance must be from " + SMALLEST_TOLERANCE + " to " + LARGEST_TOLERANCE
                    + ", but was " + tolerance);
        }
        if (mostSteps < 1 || mostSteps > MOST_STEPS) {
            throw new IllegalArgumentException(what + ": mostSteps must be from 1 to " + MOST_STEPS + ", but was " + mostSteps);
        }
        return widths;
    }
}

package org.fluvia.bench.compare;

/** Refuses to compare the speed of two sides that do not compute the same. */
final class Agreement {
    private Agreement() {}

    /** A peer computed something else than Fluvia. */
    static final class Differs extends RuntimeException {
        private static final long serialVersionUID = 1;

        Differs(String message) {
            super(message);
        }
    }

    /** @throws Differs if an element differs by more than the tolerance times the largest element (or 1) */
    static void require(String what, double[] ours, double[] theirs, double tolerance) {
        if (ours.length != theirs.length) {
            throw new Differs(what + ": Fluvia has " + ours.length + " values, the peer " + theirs.length);
        }
        double scale = 1;
        for (double x : ours) scale = Math.max(scale, Math.abs(x));
        for (int i = 0; i < ours.length; i++) {
            // not >, so that NaN differs
            if (!(Math.abs(ours[i] - theirs[i]) <= tolerance * scale)) {
                throw new Differs(what + "[" + i + "]: Fluvia has " + ours[i] + ", the peer " + theirs[i]);
            }
        }
    }

    /** The same for log-densities, which may differ by a constant. */
    static void requireUpToConstant(String what, double[] ours, double[] theirs, double tolerance) {
        double scale = 1;
        for (double x : ours) scale = Math.max(scale, Math.abs(x));
        if (ours.length != theirs.length) {
            throw new Differs(what + ": Fluvia has " + ours.length + " values, the peer " + theirs.length);
        }
        for (int i = 1; i < ours.length; i++) {
            double difference = (ours[i] - ours[0]) - (theirs[i] - theirs[0]);
            if (!(Math.abs(difference) <= tolerance * scale)) {
                throw new Differs(what + ": between points 0 and " + i + " Fluvia has " + (ours[i] - ours[0]) + ", the peer "
                        + (theirs[i] - theirs[0]));
            }
        }
    }

    static double[] flat(double[][] rows) {
        return java.util.Arrays.stream(rows).flatMapToDouble(java.util.Arrays::stream).toArray();
    }
}

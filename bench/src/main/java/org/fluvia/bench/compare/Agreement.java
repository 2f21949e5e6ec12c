package org.fluvia.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;

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
    static void require(String what, double[] ours, JsonNode theirs, double tolerance) {
        double[] other = flat(theirs);
        if (ours.length != other.length) {
            throw new Differs(what + ": Fluvia has " + ours.length + " values, the peer " + other.length);
        }
        double scale = 1;
        for (double x : ours) scale = Math.max(scale, Math.abs(x));
        for (int i = 0; i < ours.length; i++) {
            // not >, so that NaN differs
            if (!(Math.abs(ours[i] - other[i]) <= tolerance * scale)) {
                throw new Differs(what + "[" + i + "]: Fluvia has " + ours[i] + ", the peer " + other[i]);
            }
        }
    }

    /** The same for log-densities, which may differ by a constant. */
    static void requireUpToConstant(String what, double[] ours, JsonNode theirs, double tolerance) {
        double[] other = flat(theirs);
        double scale = 1;
        for (double x : ours) scale = Math.max(scale, Math.abs(x));
        if (ours.length != other.length) {
            throw new Differs(what + ": Fluvia has " + ours.length + " values, the peer " + other.length);
        }
        for (int i = 1; i < ours.length; i++) {
            double difference = (ours[i] - ours[0]) - (other[i] - other[0]);
            if (!(Math.abs(difference) <= tolerance * scale)) {
                throw new Differs(what + ": between points 0 and " + i + " Fluvia has " + (ours[i] - ours[0]) + ", the peer "
                        + (other[i] - other[0]));
            }
        }
    }

    static double[] flat(double[][] rows) {
        return java.util.Arrays.stream(rows).flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    private static double[] flat(JsonNode node) {
        if (node.isArray() && node.size() > 0 && node.get(0).isArray()) {
            double[][] rows = new double[node.size()][];
            for (int i = 0; i < rows.length; i++) rows[i] = flat(node.get(i));
            return flat(rows);
        }
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) values[i] = node.get(i).isNumber() ? node.get(i).asDouble() : Double.NaN;
        return values;
    }
}

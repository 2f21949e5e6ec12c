package org.fluvia.vi.diagnostics;

/** Mean and standard deviation (divisor n - 1; +infinity for one value) that stand offsets, overflow and underflow. */
record Moments(double mean, double sd) {

    /** Of {@code count} >= 1 finite values from {@code offset}. Throws if one is not finite, naming its index. */
    static Moments of(String what, double[] values, int offset, int count) {
        double unit = unit(what, values, offset, count);
        double mean = mean(values, offset, count, unit);
        if (count == 1) {
            return new Moments(values[offset], Double.POSITIVE_INFINITY);
        }
        double squares = 0;
        double rest = 0;
        for (int i = offset; i < offset + count; i++) {
            double deviation = values[i] * unit - mean;
            squares += deviation * deviation;
            rest += deviation;
        }
        // What the rounding of the mean added to the squares goes off again (Chan, Golub, LeVeque 1983).
        double variance = Math.max(0, squares - rest * rest / count) / (count - 1);
        return new Moments(mean / unit, Math.sqrt(variance) / unit);
    }

    /**
     * A power of two that brings the largest magnitude into [1, 2), so that no sum of squares overflows or vanishes; multiplying by it
     * is exact but for values 1e300 times smaller than the largest.
     */
    static double unit(String what, double[] values, int offset, int count) {
        double max = 0;
        for (int i = offset; i < offset + count; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(what + ": draws must be finite, but was " + values[i] + " at draw " + (i - offset)
                        + ". Report such draws on their own.");
            }
            max = Math.max(max, Math.abs(values[i]));
        }
        return Math.scalb(1.0, -Math.max(Double.MIN_EXPONENT, Math.getExponent(max)));
    }

    /** The mean of the values in the given unit, by two passes: the second takes off the rounding of the first. */
    static double mean(double[] values, int offset, int count, double unit) {
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += values[i] * unit;
        }
        double first = sum / count;
        double rest = 0;
        for (int i = offset; i < offset + count; i++) {
            rest += values[i] * unit - first;
        }
        return first + rest / count;
    }
}

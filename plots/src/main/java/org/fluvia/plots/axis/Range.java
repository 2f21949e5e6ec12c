package org.fluvia.plots.axis;

/**
 * The values from one end to the other. Both ends are finite, at most 1e300 in size, and apart: see {@link #widened}.
 */
public record Range(double low, double high) {
    /** No more than this can be told apart and written beside an axis. */
    public static final double LARGEST = 1e300;
    private static final double SMALLEST = 1e-300;
    /** Ends that are relatively closer than this have labels of more digits than a double has. */
    private static final double CLOSEST = 1e-11;

    /** Is there no value in it? */
    public boolean isEmpty() {
        return !(low <= high);
    }

    /** A range without values. */
    public static Range empty() {
        return new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /** The smallest range with the finite ones of these values; with the positive ones of them, for a logarithmic axis. */
    public static Range of(boolean logarithmic, double... values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : values) {
            if (!Double.isFinite(v) || logarithmic && v <= 0) continue;
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        return new Range(low, high);
    }

    /** The smallest range with both. */
    public Range and(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    /** This range if its ends are far enough apart to be the ends of an axis, else a wider one around it; from 0 to 1 if it is empty. */
    public Range widened() {
        if (isEmpty()) return new Range(0, 1);
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (!(size <= LARGEST)) {
            throw new IllegalArgumentException("axis: values must be at most " + LARGEST + " in size, but one is " + (size == Math.abs(low) ? low : high)
                    + ". Leave it out, or show its logarithm.");
        }
        if (high - low >= Math.max(SMALLEST, size * CLOSEST)) return this;
        double around = size == 0 ? 0.5 : Math.max(SMALLEST, size * (low == high ? 0.1 : CLOSEST));
        return new Range(low - around, high + around);
    }

    /** This range with a margin on both sides, a part of its width, as far as there is room. */
    public Range padded(double part) {
        double margin = (high - low) * part;
        return new Range(Math.max(-LARGEST, low - margin), Math.min(LARGEST, high + margin));
    }
}

package org.fluvia.vi.diagnostics;

/**
 * A Monte-Carlo estimate with its standard error.
 *
 * @param value the estimate, finite or infinite, not NaN
 * @param standardError its standard error, at least 0; +infinity if it cannot be known
 */
public record Estimate(double value, double standardError) {

    public static final Estimate NOTHING_KNOWN = new Estimate(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** @throws IllegalArgumentException if {@code value} is NaN or {@code standardError} is negative or NaN */
    public Estimate {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("Estimate: value must not be NaN. Check the draws it was computed from.");
        }
        if (!(standardError >= 0)) {
            throw new IllegalArgumentException("Estimate: standardError must be at least 0, but was " + standardError
                    + ". Use +infinity where it cannot be known.");
        }
    }

    /**
     * How far from zero the estimate is for certain: max(0, |value| - z standardError). Zero where the error is unknown,
     * +infinity where the value is infinite.
     *
     * @param z how many standard errors may be noise, positive and finite; with many parameters choose it for the largest of them
     * @throws IllegalArgumentException if {@code z} is not positive and finite
     */
    public double beyondNoise(double z) {
        if (!(z > 0 && z < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Estimate.beyondNoise: z must be positive and finite, but was " + z + ". Use 3, for example.");
        }
        return Double.isInfinite(value) ? Double.POSITIVE_INFINITY : Math.max(0, Math.abs(value) - z * standardError);
    }
}

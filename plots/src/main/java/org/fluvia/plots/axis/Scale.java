package org.fluvia.plots.axis;

/**
 * Where on the picture values of an axis lie.
 *
 * @param range from one end to the other; positive if logarithmic
 * @param from where its low end is
 * @param to where its high end is
 */
public record Scale(Range range, boolean logarithmic, double from, double to) {
    /** In lengths of the axis. */
    private static final double FAR = 100;

    /** Where a value is; NaN for one that is not finite, or has no logarithm. Values far outside are brought near. */
    public double at(double value) {
        double part = logarithmic
                ? (StrictMath.log(value) - StrictMath.log(range.low())) / (StrictMath.log(range.high()) - StrictMath.log(range.low()))
                : (value - range.low()) / (range.high() - range.low());
        if (!Double.isFinite(value) || Double.isNaN(part) || logarithmic && value <= 0) return Double.NaN;
        return from + Math.min(Math.max(part, -FAR), FAR) * (to - from);
    }
}

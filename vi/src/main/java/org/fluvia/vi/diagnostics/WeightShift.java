package org.fluvia.vi.diagnostics;

import java.util.ArrayList;
import java.util.List;

/**
 * How far importance weights move one parameter, with the Monte-Carlo error of that: what the raw draws of q get wrong, as far as
 * these draws can tell. If it is small beyond its noise ({@link Estimate#beyondNoise}) for every parameter, the raw draws can be
 * passed on as they are.
 *
 * <p>With draws x_i, weights w_i of sum 1, rho_i = S w_i, weighted moments m_w, v_w and plain ones m, v:
 * <pre>
 *   mean  = (m_w - m) / sqrt(v_w)       influence  a_i = rho_i z_i - (x_i - m) / sqrt(v_w) - mean rho_i (z_i^2 - 1) / 2
 *   logSd = log(v_w / v) / 2            influence  b_i = (rho_i (z_i^2 - 1) - ((x_i - m)^2 / v - 1)) / 2
 * </pre>
 * where z_i = (x_i - m_w) / sqrt(v_w), v_w = sum w_i (x_i - m_w)^2 / (1 - sum w_i^2), v = sum (x_i - m)^2 / (S - 1). The standard
 * errors are sqrt(sum a_i^2 / (S (S - 1))) and sqrt(sum b_i^2 / (S (S - 1))): the delta method for a ratio of means (Owen 2013, Monte
 * Carlo theory, methods and examples, section 9.2). Both moments come from the same draws, so what is common to them cancels: with
 * equal weights shift and error are zero but for rounding. The errors assume that the weights have a variance, so look at k-hat first;
 * that of logSd is too small before k-hat says so (by a quarter at a true k of 0.3 and S = 4000, where it needs fourth moments).
 *
 * <p>The 5 and 95 % quantiles q of the raw draws: the weights below q (ties by half) sum to P_w where the raw draws' share is P, and
 * the quantile moves by about -(P_w - P) / phi(Phi^-1(0.95)) standard deviations of a normal distribution; influence
 * rho_i (I_i - P_w) - (I_i - P), I_i whether x_i is below. This does not depend on the scale the parameter is written on, and sees a wrong tail
 * near a bound.
 *
 * <p>Boundary: a parameter equal in all draws (to within 1e-15 of its magnitude) has shift 0 with error 0. Where all weight lies on
 * equal values of a parameter that does vary, logSd is -infinity, mean infinite (0 if the means are equal) and the errors +infinity.
 *
 * @param mean weighted minus unweighted mean, in units of the weighted standard deviation
 * @param logSd log of the weighted over the unweighted standard deviation; positive where q is too narrow
 * @param lower the shift of the 5 % quantile, in standard deviations of a normal distribution
 * @param upper the shift of the 95 % quantile, likewise
 */
public record WeightShift(Estimate mean, Estimate logSd, Estimate lower, Estimate upper) {

    private static final Estimate NONE = new Estimate(0, 0);
    private static final double TAIL = 0.05;
    /** The standard normal density at its 95 % quantile. */
    private static final double DENSITY_AT_TAIL = 0.10313564037537139;

    /** Squared spread, relative to the largest magnitude of a parameter, below which there is only rounding. */
    private static final double ROUNDING = 1e-30;

    /** The largest of the four shifts in magnitude, noise or not. */
    public double largest() {
        return Math.max(Math.max(Math.abs(mean.value()), Math.abs(logSd.value())),
                Math.max(Math.abs(lower.value()), Math.abs(upper.value())));
    }

    /** The largest of the four shifts that remains when z standard errors are taken off each: {@link Estimate#beyondNoise}. */
    public double largestBeyondNoise(double z) {
        return Math.max(Math.max(mean.beyondNoise(z), logSd.beyondNoise(z)), Math.max(lower.beyondNoise(z), upper.beyondNoise(z)));
    }

    /**
     * The shift of each parameter.
     *
     * @param rows one row of S finite draws for each parameter; not modified
     * @param logWeights S normalised log weights; not modified
     * @return one shift for each row, unmodifiable
     * @throws IllegalArgumentException if there are fewer than 2 draws, a row has another length or a value that is not finite, or the
     *     weights do not sum to one
     */
    public static List<WeightShift> of(double[][] rows, double[] logWeights) {
        double[] weights = checkedWeights(logWeights);
        List<WeightShift> shifts = new ArrayList<>(rows.length);
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != weights.length) {
                throw new IllegalArgumentException("WeightShift: rows must have one value for each of the " + weights.length
                        + " weights, but had " + rows[row].length + " in row " + row + ". Pass elements x draws.");
            }
            shifts.add(of(row, rows[row], 0, weights));
        }
        return List.copyOf(shifts);
    }

    /**
     * The same for a row-major (elements x draws) matrix, the layout of a batch of draws.
     *
     * @param values at least {@code elements} times S values; what is beyond is not read
     */
    public static List<WeightShift> of(double[] values, int elements, double[] logWeights) {
        double[] weights = checkedWeights(logWeights);
        if (elements < 0 || values.length / weights.length < elements) {
            throw new IllegalArgumentException("WeightShift: values must hold " + elements + " x " + weights.length
                    + " draws, but had " + values.length + " values. Pass elements x draws.");
        }
        List<WeightShift> shifts = new ArrayList<>(elements);
        for (int row = 0; row < elements; row++) {
            shifts.add(of(row, values, row * weights.length, weights));
        }
        return List.copyOf(shifts);
    }

    private static double[] checkedWeights(double[] logWeights) {
        if (logWeights.length < 2) {
            throw new IllegalArgumentException(
                    "WeightShift: logWeights must have at least 2 values, but had " + logWeights.length + ". Take more draws.");
        }
        return LogRatios.weights("WeightShift", logWeights);
    }

    private static WeightShift of(int row, double[] values, int offset, double[] weights) {
        int draws = weights.length;
        // Shift and ratio have no unit, so the power of two that saves the squares from overflow need not be undone.
        double unit = Moments.unit("WeightShift, row " + row, values, offset, draws);
        double centre = Moments.mean(values, offset, draws, unit);
        // A mean rounded to a double is off by up to 1e-8 where the offset is 1e8: the rest of it is kept beside it.
        double rest = 0;
        double weightedRest = 0;
        double squaredWeights = 0;
        for (int i = 0; i < draws; i++) {
            double value = values[offset + i] * unit - centre;
            rest += value;
            weightedRest += weights[i] * value;
            squaredWeights += weights[i] * weights[i];
        }
        rest /= draws;
        double weightedMean = weightedRest - rest;
        double variance = 0;
        double weightedVariance = 0;
        for (int i = 0; i < draws; i++) {
            double plain = values[offset + i] * unit - centre - rest;
            double deviation = plain - weightedMean;
            variance += plain * plain;
            weightedVariance += weights[i] * deviation * deviation;
        }
        if (variance <= ROUNDING * draws) {
            return new WeightShift(NONE, NONE, NONE, NONE);
        }
        variance /= draws - 1;
        Estimate lower = quantileShift(values, offset, weights, -1);
        Estimate upper = quantileShift(values, offset, weights, 1);
        if (weightedVariance <= ROUNDING || squaredWeights >= 1) {
            return collapsed(weightedMean, lower, upper);
        }
        weightedVariance /= 1 - squaredWeights;
        double weightedSd = Math.sqrt(weightedVariance);
        double shift = weightedMean / weightedSd;
        double shiftSquares = 0;
        double logSdSquares = 0;
        for (int i = 0; i < draws; i++) {
            double plain = values[offset + i] * unit - centre - rest;
            double z = (plain - weightedMean) / weightedSd;
            double rho = draws * weights[i];
            double spread = rho * (z * z - 1);
            double ofShift = rho * z - plain / weightedSd - shift * spread / 2;
            double ofLogSd = (spread - (plain * plain / variance - 1)) / 2;
            shiftSquares += ofShift * ofShift;
            logSdSquares += ofLogSd * ofLogSd;
        }
        double pairs = (double) draws * (draws - 1);
        return new WeightShift(
                new Estimate(shift, Math.sqrt(shiftSquares / pairs)),
                new Estimate(StrictMath.log(weightedVariance / variance) / 2, Math.sqrt(logSdSquares / pairs)), lower, upper);
    }

    /** Of the upper quantile for sign 1, of the lower one for sign -1. */
    private static Estimate quantileShift(double[] values, int offset, double[] weights, int sign) {
        int draws = weights.length;
        double[] signed = new double[draws];
        for (int i = 0; i < draws; i++) signed[i] = sign * values[offset + i];
        double quantile = Largest.nth(signed, Math.max(1, (int) (TAIL * draws)));
        double share = 0;
        double weighted = 0;
        for (int i = 0; i < draws; i++) {
            double beyond = beyond(signed[i], quantile);
            share += beyond;
            weighted += weights[i] * beyond;
        }
        share /= draws;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double beyond = beyond(signed[i], quantile);
            double influence = draws * weights[i] * (beyond - weighted) - (beyond - share);
            squares += influence * influence;
        }
        double error = Math.sqrt(squares / ((double) draws * (draws - 1)));
        return new Estimate(sign * (weighted - share) / DENSITY_AT_TAIL, error / DENSITY_AT_TAIL);
    }

    private static double beyond(double x, double quantile) {
        return x > quantile ? 1 : x == quantile ? 0.5 : 0;
    }

    private static WeightShift collapsed(double weightedMean, Estimate lower, Estimate upper) {
        double shift = weightedMean * weightedMean <= ROUNDING ? 0 : Math.copySign(Double.POSITIVE_INFINITY, weightedMean);
        return new WeightShift(new Estimate(shift, Double.POSITIVE_INFINITY), Estimate.NOTHING_KNOWN, lower, upper);
    }
}

package org.fluvia.vi.diagnostics;

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
 * <p>Boundary: a parameter equal in all draws (to within 1e-15 of its root mean square), or in all but 5 % of q and of the
 * posterior, as a state that hardly ever differs, has shift 0 with error 0. Where all weight lies on
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
    /** A share of the tail that is so close to it, relative to it, will do; chosen. */
    private static final double CLOSE = 0.01;
    /** The standard normal density at its 95 % quantile. */
    private static final double DENSITY_AT_TAIL = 0.10313564037537139;

    /**
     * A parameter that has another value in less than this share of q and of the posterior is a constant with rare exceptions; chosen: as rare
     * as what the 5 and 95 % quantiles leave out.
     */
    private static final double RARE = 0.05;
    /** Variance, relative to the mean square of a parameter, below which there is only rounding. */
    private static final double ROUNDING = 1e-30;

    /** The largest of the four shifts in magnitude, noise or not. */
    public double largest() {
        return Math.max(Math.max(Math.abs(mean.value()), Math.abs(logSd.value())),
                Math.max(Math.abs(lower.value()), Math.abs(upper.value())));
    }

    /**
     * The larger shift of the two quantiles that remains when z standard errors are taken off: {@link Estimate#beyondNoise}. Mean and sd
     * may have none, or move by any amount for one far draw.
     */
    public double quantilesBeyondNoise(double z) {
        return Math.max(lower.beyondNoise(z), upper.beyondNoise(z));
    }

    /**
     * The shift of a parameter from draws of q, or of a mixture that q is a part of: from weights that make draws of q of them to weights that
     * make draws of the posterior.
     *
     * @param draws S finite values, at least 2; not modified
     * @param weights of the posterior, S of them, of sum one; not modified
     * @param base weights of q, S of them, of sum one: all equal where the draws are q's; not modified
     * @throws IllegalArgumentException if there are fewer than 2 draws, another number of weights, or a value that is not finite
     */
    public static WeightShift of(double[] draws, double[] weights, double[] base) {
        if (draws.length < 2) {
            throw new IllegalArgumentException("WeightShift: there must be at least 2 draws, but was " + draws.length + ". Take more draws.");
        }
        if (draws.length != weights.length || base.length != weights.length) {
            throw new IllegalArgumentException("WeightShift: draws and base weights must be as many as the weights, " + weights.length + ", but were "
                    + draws.length + " and " + base.length);
        }
        return shift(draws, weights, base);
    }

    private static WeightShift shift(double[] values, double[] weights, double[] base) {
        int draws = weights.length;
        if (massElsewhere(values, base) < RARE && massElsewhere(values, weights) < RARE) return new WeightShift(NONE, NONE, NONE, NONE);
        // Shift and ratio have no unit, so the power of two that saves the squares from overflow need not be undone.
        double unit = Moments.unit("WeightShift", values, 0, draws);
        // Of q, as far draws of next to no weight in q may be larger by many powers of ten.
        double centre = 0;
        double squares = 0;
        double weightedSquares = 0;
        for (int i = 0; i < draws; i++) {
            double value = values[i] * unit;
            centre += base[i] * value;
            squares += base[i] * value * value;
            weightedSquares += weights[i] * value * value;
        }
        // A mean rounded to a double is off by up to 1e-8 where the offset is 1e8: the rest of it is kept beside it.
        double rest = 0;
        double weightedRest = 0;
        double squaredWeights = 0;
        double squaredBase = 0;
        for (int i = 0; i < draws; i++) {
            double value = values[i] * unit - centre;
            rest += base[i] * value;
            weightedRest += weights[i] * value;
            squaredWeights += weights[i] * weights[i];
            squaredBase += base[i] * base[i];
        }
        double weightedMean = weightedRest - rest;
        double variance = 0;
        double weightedVariance = 0;
        for (int i = 0; i < draws; i++) {
            double plain = values[i] * unit - centre - rest;
            double deviation = plain - weightedMean;
            variance += base[i] * plain * plain;
            weightedVariance += weights[i] * deviation * deviation;
        }
        if (variance <= ROUNDING * squares || squaredBase >= 1) {
            return new WeightShift(NONE, NONE, NONE, NONE);
        }
        variance /= 1 - squaredBase;
        Estimate lower = quantileShift(values, weights, base, -1);
        Estimate upper = quantileShift(values, weights, base, 1);
        if (weightedVariance <= ROUNDING * weightedSquares || squaredWeights >= 1) {
            return collapsed(weightedMean / Math.sqrt(weightedSquares), lower, upper);
        }
        weightedVariance /= 1 - squaredWeights;
        double weightedSd = Math.sqrt(weightedVariance);
        double shift = weightedMean / weightedSd;
        double shiftSquares = 0;
        double logSdSquares = 0;
        for (int i = 0; i < draws; i++) {
            double plain = values[i] * unit - centre - rest;
            double z = (plain - weightedMean) / weightedSd;
            double rho = draws * weights[i];
            double own = draws * base[i];
            double spread = rho * (z * z - 1);
            double ofShift = rho * z - own * plain / weightedSd - shift * spread / 2;
            double ofLogSd = (spread - own * (plain * plain / variance - 1)) / 2;
            shiftSquares += ofShift * ofShift;
            logSdSquares += ofLogSd * ofLogSd;
        }
        double pairs = (double) draws * (draws - 1);
        return new WeightShift(
                new Estimate(shift, error(shiftSquares / pairs)),
                new Estimate(StrictMath.log(weightedVariance / variance) / 2, error(logSdSquares / pairs)), lower, upper);
    }

    /** Not known where a draw without weight is so far out that its square overflows. */
    private static double error(double squares) {
        return Double.isNaN(squares) ? Double.POSITIVE_INFINITY : Math.sqrt(squares);
    }

    /** The weight of the draws that differ from the first two; 1 if these differ. */
    private static double massElsewhere(double[] values, double[] weights) {
        if (values[0] != values[1]) return 1;
        double sum = 0;
        for (int i = 2; i < values.length; i++) if (values[i] != values[0]) sum += weights[i];
        return sum;
    }

    /** Of the upper quantile for sign 1, of the lower one for sign -1. */
    private static Estimate quantileShift(double[] values, double[] weights, double[] base, int sign) {
        int draws = weights.length;
        double[] signed = new double[draws];
        for (int i = 0; i < draws; i++) signed[i] = sign * values[i];
        // of q and not of the draws: where base weights differ, the rank that holds the tail's share of them is looked for
        int low = 1;
        int high = draws - 1;
        int rank = (int) Math.max(1, TAIL * draws);
        double quantile = Largest.nth(signed, rank);
        double share = share(signed, quantile, base);
        while (Math.abs(share - TAIL) > CLOSE * TAIL && low < high) {
            if (share > TAIL) {
                high = rank - 1;
            } else {
                low = rank + 1;
            }
            double guess = rank * TAIL / share;
            rank = guess >= low && guess <= high ? (int) guess : low + (high - low) / 2;
            if (rank < 1 || rank >= draws) break;
            quantile = Largest.nth(signed, rank);
            share = share(signed, quantile, base);
        }
        double weighted = share(signed, quantile, weights);
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double beyond = beyond(signed[i], quantile);
            double influence = draws * (weights[i] * (beyond - weighted) - base[i] * (beyond - share));
            squares += influence * influence;
        }
        double error = Math.sqrt(squares / ((double) draws * (draws - 1)));
        return new Estimate(sign * (weighted - share) / DENSITY_AT_TAIL, error / DENSITY_AT_TAIL);
    }

    private static double share(double[] signed, double quantile, double[] weights) {
        double sum = 0;
        for (int i = 0; i < signed.length; i++) sum += weights[i] * beyond(signed[i], quantile);
        return sum;
    }

    private static double beyond(double x, double quantile) {
        return x > quantile ? 1 : x == quantile ? 0.5 : 0;
    }

    private static WeightShift collapsed(double weightedMean, Estimate lower, Estimate upper) {
        double shift = weightedMean * weightedMean <= ROUNDING ? 0 : Math.copySign(Double.POSITIVE_INFINITY, weightedMean);
        return new WeightShift(new Estimate(shift, Double.POSITIVE_INFINITY), Estimate.NOTHING_KNOWN, lower, upper);
    }
}

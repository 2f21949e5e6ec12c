package org.fluvia.vi.diagnostics;

/**
 * Log evidence from log ratios r = log p - log q of S independent draws of q, where p is the unnormalised density: L = log (1/S sum exp r),
 * with the standard error of the delta method, sqrt(sum (exp(r - L) - 1)^2 / (S (S - 1))). With Pareto-smoothed ratios in the place of the raw
 * ones it trades a small bias for much variance; it is low by about half its squared error.
 *
 * <p>With one draw the standard error is +infinity, as it is where the estimate is -infinity.
 */
public final class EvidenceEstimate {
    private EvidenceEstimate() {}

    /** From smoothed ratios; -infinity if every ratio is. */
    public static Estimate of(ParetoSmoothedWeights weights) {
        Estimate normalised = logMeanExp(weights.logWeightsUncopied());
        return new Estimate(normalised.value() + weights.logSum(), normalised.standardError());
    }

    /**
     * Log evidence from draws of a mixture m of q and others: the ratio of sum p / m to sum q / m, whose expectation is one. Both sums are over the
     * same draws, so where p is q but for a constant the estimate has no error.
     *
     * @param weights of log p - log m, smoothed
     * @param logOwnShares log q - log m, one for each draw; not modified
     */
    public static Estimate ofMixture(ParetoSmoothedWeights weights, double[] logOwnShares) {
        int draws = logOwnShares.length;
        double own = logMeanExp(logOwnShares).value();
        double value = weights.logSum() - StrictMath.log(draws) - own;
        if (!Double.isFinite(value)) return Estimate.NOTHING_KNOWN;
        double[] logWeights = weights.logWeightsUncopied();
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double deviation = draws * StrictMath.exp(logWeights[i]) - StrictMath.exp(logOwnShares[i] - own);
            squares += deviation * deviation;
        }
        return new Estimate(value, Math.sqrt(squares / draws / (draws - 1)));
    }

    /** L and its standard error. */
    static Estimate logMeanExp(double[] x) {
        double max = LogRatios.max("EvidenceEstimate", x);
        if (max == Double.NEGATIVE_INFINITY) {
            return Estimate.NOTHING_KNOWN;
        }
        double sum = 0;
        for (double value : x) {
            sum += StrictMath.exp(value - max);
        }
        double log = StrictMath.log(sum / x.length);
        if (x.length == 1) {
            return new Estimate(max, Double.POSITIVE_INFINITY);
        }
        double squares = 0;
        for (double value : x) {
            double deviation = StrictMath.expm1(value - max - log);
            squares += deviation * deviation;
        }
        return new Estimate(max + log, Math.sqrt(squares / x.length / (x.length - 1)));
    }
}

package org.fluvia.vi.diagnostics;

/**
 * Log evidence and ELBO from the log ratios r = log p - log q of S independent draws of q, where p is the unnormalised density.
 *
 * <p>Log evidence: L = log (1/S sum exp r), standard error by the delta method, sqrt(sum (exp(r - L) - 1)^2 / (S (S - 1))). It
 * says nothing where k-hat is above 0.5, the ratios' variance then being infinite; and L is low by about half its square.
 * The smoothed one does the same with Pareto-smoothed ratios, trading a small bias for much variance.
 *
 * <p>ELBO: the mean of r, a lower bound of the log evidence in expectation, with sd(r) / sqrt(S).
 *
 * <p>With one draw every standard error is +infinity, as it is where an estimate is -infinity.
 *
 * @param raw log evidence from the ratios as they are; -infinity if every ratio is
 * @param smoothed log evidence from the smoothed ratios; -infinity if every ratio is
 * @param elbo mean log ratio over all draws, so -infinity as soon as {@code impossibleDraws} is not zero
 * @param elboOfPossibleDraws mean log ratio over the draws where it is finite; no bound of anything if some are not
 * @param impossibleDraws the number of draws whose log ratio is -infinity
 * @param draws the number of draws S
 */
public record EvidenceEstimate(
        Estimate raw, Estimate smoothed, Estimate elbo, Estimate elboOfPossibleDraws, int impossibleDraws, int draws) {

    /**
     * The estimates from log ratios and their smoothed weights.
     *
     * @param logRatios log p - log q, all constants kept, one for each draw; -infinity where p is zero; not modified
     * @param weights {@code ParetoSmoothedWeights.of(logRatios)}
     * @throws IllegalArgumentException if there is no ratio, one is NaN or +infinity, or the weights belong to another number of draws
     */
    public static EvidenceEstimate of(double[] logRatios, ParetoSmoothedWeights weights) {
        Estimate raw = logMeanExp(logRatios);
        int draws = logRatios.length;
        if (weights.draws() != draws) {
            throw new IllegalArgumentException("EvidenceEstimate: weights must have one value for each of the " + draws
                    + " log ratios, but had " + weights.draws() + ". Compute them from the same ratios.");
        }
        Estimate normalised = logMeanExp(weights.logWeightsUncopied());
        Estimate smoothed = new Estimate(normalised.value() + weights.logSum(), normalised.standardError());

        double[] finite = new double[draws];
        int possible = 0;
        for (double ratio : logRatios) {
            if (ratio > Double.NEGATIVE_INFINITY) {
                finite[possible++] = ratio;
            }
        }
        Estimate elboOfPossible = possible == 0 ? Estimate.NOTHING_KNOWN : mean(finite, possible);
        Estimate elbo = possible == draws ? elboOfPossible : Estimate.NOTHING_KNOWN;
        return new EvidenceEstimate(raw, smoothed, elbo, elboOfPossible, draws - possible, draws);
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

    private static Estimate mean(double[] values, int count) {
        Moments moments = Moments.of("EvidenceEstimate", values, 0, count);
        return new Estimate(moments.mean(), moments.sd() / Math.sqrt(count));
    }

    private static Estimate logMeanExp(double[] x) {
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

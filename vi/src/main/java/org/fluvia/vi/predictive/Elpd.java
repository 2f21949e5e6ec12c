package org.fluvia.vi.predictive;

import org.fluvia.vi.diagnostics.Estimate;

/** Sums over observations with the standard error that observations taken as independent give: sqrt(n var). */
final class Elpd {
    private Elpd() {}

    /** Infinite error for a single observation, and where a value is infinite. */
    static Estimate sum(double[] pointwise) {
        int n = pointwise.length;
        double sum = 0;
        for (double x : pointwise) sum += x;
        if (!Double.isFinite(sum)) {
            return new Estimate(Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum, Double.POSITIVE_INFINITY);
        }
        double mean = sum / n;
        double squares = 0;
        for (double x : pointwise) squares += (x - mean) * (x - mean);
        return new Estimate(sum, n == 1 ? Double.POSITIVE_INFINITY : Math.sqrt(n * (squares / (n - 1))));
    }

    static Estimate deviance(Estimate elpd) {
        return new Estimate(-2 * elpd.value(), 2 * elpd.standardError());
    }

    /** log sum exp(weights + values), where a weight of -infinity leaves its draw out whatever the value. */
    static double logWeightedMean(double[] logWeights, double[] values) {
        double max = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < values.length; s++) {
            if (logWeights[s] > Double.NEGATIVE_INFINITY) max = Math.max(max, logWeights[s] + values[s]);
        }
        if (!(Math.abs(max) < Double.POSITIVE_INFINITY)) return max;
        double sum = 0;
        for (int s = 0; s < values.length; s++) {
            if (logWeights[s] > Double.NEGATIVE_INFINITY) sum += StrictMath.exp(logWeights[s] + values[s] - max);
        }
        return max + StrictMath.log(sum);
    }
}

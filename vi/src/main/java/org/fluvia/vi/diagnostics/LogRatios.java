package org.fluvia.vi.diagnostics;

/** Checks of log ratios and log weights that several diagnostics share. */
final class LogRatios {

    /** A million weights sum to one far better than this; weights nobody normalised do not. */
    private static final double NORMALISED = 1e-6;

    private LogRatios() {}

    /** The largest of {@code logRatios}, which may be -infinity. Throws if there is none or one is NaN or +infinity. */
    static double max(String what, double[] logRatios) {
        if (logRatios.length == 0) {
            throw new IllegalArgumentException(what + ": logRatios must have at least one value, but was empty. Take some draws.");
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logRatios.length; i++) {
            if (!(logRatios[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(what + ": logRatios must be finite or -infinity, but was " + logRatios[i]
                        + " at draw " + i + ". Find out why log p - log q breaks down there.");
            }
            max = Math.max(max, logRatios[i]);
        }
        return max;
    }

    /** exp of normalised log weights, divided by their sum. Throws unless that sum is one to within rounding. */
    static double[] weights(String what, double[] logWeights) {
        double[] weights = new double[logWeights.length];
        // Kahan's sum: a plain one of many equal weights is off in the twelfth digit, which resampling would see.
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp(logWeights[i]);
            double term = weights[i] - lost;
            double next = sum + term;
            lost = (next - sum) - term;
            sum = next;
        }
        if (!(Math.abs(sum - 1) <= NORMALISED)) {
            throw new IllegalArgumentException(what + ": logWeights must be normalised (their exponentials sum to 1), but the sum was "
                    + sum + " over " + weights.length + " draws. Subtract their log-sum-exp.");
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}

package org.fluvia.vi.diagnostics;

/**
 * Generalized Pareto distribution on [0, infinity) (or [0, -sigma / k] for k < 0): F(y) = 1 - (1 + k y / sigma)^(-1/k).
 * This k is minus the k of Zhang and Stephens.
 */
record GeneralizedPareto(double k, double sigma) {

    /** The weakly informative prior on k is worth this many observations at 0.5 (Vehtari et al. 2024). */
    private static final double PRIOR_COUNT = 10;

    private static final double PRIOR_K = 0.5;

    /**
     * The empirical Bayes fit of Zhang and Stephens (2009), section 4, with a grid of 30 + floor(sqrt(n)) points as in the R
     * package posterior and in ArviZ (the paper has 20, the R package loo had 80 before it used posterior). sigma belongs to the
     * k of the fit; k is then drawn to 0.5 by the prior: (n k + 5) / (n + 10).
     *
     * @param y the exceedances, ascending, positive; not modified
     */
    static GeneralizedPareto fit(double[] y) {
        int n = y.length;
        int grid = 30 + (int) Math.sqrt(n);
        double quartile = y[(int) (n / 4.0 + 0.5) - 1];
        double[] b = new double[grid];
        double[] logLikelihood = new double[grid];
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < grid; j++) {
            b[j] = 1 / y[n - 1] + (1 - Math.sqrt(grid / (j + 0.5))) / (3 * quartile);
            double k = shape(b[j], y);
            logLikelihood[j] = n * (-StrictMath.log(scale(b[j], k, y)) - k - 1);
            best = Math.max(best, logLikelihood[j]);
        }
        double total = 0;
        double mean = 0;
        for (int j = 0; j < grid; j++) {
            double weight = StrictMath.exp(logLikelihood[j] - best);
            total += weight;
            mean += weight * b[j];
        }
        mean /= total;
        double k = shape(mean, y);
        return new GeneralizedPareto((n * k + PRIOR_COUNT * PRIOR_K) / (n + PRIOR_COUNT), scale(mean, k, y));
    }

    boolean isFinite() {
        return Double.isFinite(k) && sigma > 0 && sigma < Double.POSITIVE_INFINITY;
    }

    /** The value below which a share {@code p} in [0, 1) of the distribution lies; +infinity where that overflows. */
    double quantile(double p) {
        double exponential = -StrictMath.log1p(-p);
        return sigma * (k == 0 ? exponential : StrictMath.expm1(k * exponential) / k);
    }

    /** The k of largest likelihood for b = -k / sigma. */
    private static double shape(double b, double[] y) {
        double sum = 0;
        for (double value : y) {
            sum += StrictMath.log1p(-b * value);
        }
        return sum / y.length;
    }

    /** -k / b, and the mean, its limit, at b = 0, where the distribution is exponential. */
    private static double scale(double b, double k, double[] y) {
        if (b != 0) {
            return -k / b;
        }
        double sum = 0;
        for (double value : y) {
            sum += value;
        }
        return sum / y.length;
    }
}

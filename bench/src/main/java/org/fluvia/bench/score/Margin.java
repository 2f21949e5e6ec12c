package org.fluvia.bench.score;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the distribution of one element of a posterior.
 *
 * @param mean NaN where it does not exist
 * @param sd NaN where it does not exist
 * @param cdf the probability of at most x; null where quantiles are not known
 * @param judged what draws are held against
 */
record Margin(double mean, double sd, @Nullable DoubleUnaryOperator cdf, Judged judged) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** What of draws is judged: a mean of a distribution without one says nothing, nor does an sd whose own error is without bounds. */
    enum Judged {
        ALL, ALL_BUT_SD, QUANTILES, MOMENTS;

        boolean mean() {
            return this != QUANTILES;
        }

        boolean sd() {
            return this == ALL || this == MOMENTS;
        }

        boolean quantiles() {
            return this != MOMENTS;
        }
    }

    static Margin of(ContinuousDistribution d) {
        double variance = d.getVariance();
        return variance < Double.POSITIVE_INFINITY ? new Margin(d.getMean(), Math.sqrt(variance), d::cumulativeProbability, Judged.ALL)
                : quantiles(d::cumulativeProbability);
    }

    static Margin normal(double mean, double sd) {
        return of(NormalDistribution.of(mean, sd));
    }

    /** Of a distribution whose moments are infinite, or are ruled by a few draws. */
    static Margin quantiles(DoubleUnaryOperator cdf) {
        return new Margin(Double.NaN, Double.NaN, cdf, Judged.QUANTILES);
    }

    static Margin moments(double mean, double sd) {
        return new Margin(mean, sd, null, Judged.MOMENTS);
    }

    /** Normal distributions in the proportion of the weights: modes, or the steps of a quadrature over what the normal depends on. */
    static Margin mixture(double[] weights, double[] means, double[] sds) {
        double all = 0;
        double mean = 0;
        for (int i = 0; i < weights.length; i++) {
            all += weights[i];
            mean += weights[i] * means[i];
        }
        double total = all;
        double center = mean / all;
        double variance = 0;
        for (int i = 0; i < weights.length; i++) variance += weights[i] / all * (sds[i] * sds[i] + (means[i] - center) * (means[i] - center));
        return new Margin(center, Math.sqrt(variance), x -> {
            double p = 0;
            for (int i = 0; i < weights.length; i++) p += weights[i] / total * NORMAL.cumulativeProbability((x - means[i]) / sds[i]);
            return p;
        }, Judged.ALL);
    }

    /** Of a density, up to a factor, at points of equal distance that hold nearly all of its mass. */
    static Margin grid(double[] x, double[] density) {
        double[] below = new double[x.length];
        for (int i = 1; i < x.length; i++) below[i] = below[i - 1] + 0.5 * (density[i - 1] + density[i]);
        double all = below[x.length - 1];
        double mean = 0;
        for (int i = 0; i < x.length; i++) mean += density[i] / all * x[i];
        double variance = 0;
        for (int i = 0; i < x.length; i++) variance += density[i] / all * (x[i] - mean) * (x[i] - mean);
        double step = x[1] - x[0];
        return new Margin(mean, Math.sqrt(variance), v -> {
            double at = (v - x[0]) / step;
            if (!(at > 0)) return 0;
            int i = (int) at;
            return i >= x.length - 1 ? 1 : (below[i] + (at - i) * (below[i + 1] - below[i])) / all;
        }, Judged.ALL);
    }

    Margin judgedBy(Judged other) {
        return new Margin(mean, sd, cdf, other);
    }

    /** By bisection, to the last bit but for what the function of distribution does not tell apart. */
    double quantile(double p) {
        double low = -1;
        double high = 1;
        while (probability(low) > p) low *= 2;
        while (probability(high) < p) high *= 2;
        for (int i = 0; i < 200; i++) {
            double middle = 0.5 * (low + high);
            if (probability(middle) < p) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    /** How far a value is from the p-quantile, on the scale on which this distribution is standard normal. */
    double normalError(double value, double p) {
        double reached = Math.min(Math.max(probability(value), 1e-12), 1 - 1e-12);
        return Math.abs(NORMAL.inverseCumulativeProbability(reached) - NORMAL.inverseCumulativeProbability(p));
    }

    private double probability(double x) {
        if (cdf == null) throw new IllegalStateException("margin: quantiles are not known");
        return cdf.applyAsDouble(x);
    }
}

package org.fluvia.dist;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;

/** Distributions made of others. */
abstract class CompositeFamilies extends MultivariateFamilies {
    CompositeFamilies() {}

    /**
     * Mixture of K distributions: log(sum over k of weights[k] p[k](x)), for each number, vector or matrix by itself. This sums
     * the discrete variable "which component" out, as Stan's programs do with {@code log_sum_exp} and {@code log_mix}.
     *
     * <pre>{@code
     * Expr w = m.sample("w", dirichlet(Expr.vector(1, 1)));
     * Expr mu = m.sample("mu", normal(0, 2), Support.ordered(), 2);
     * m.observe("y", mixture(w, normal(mu.get(0), 1), normal(mu.get(1), 3)));
     * }</pre>
     *
     * <p>Components are exchangeable unless something tells them apart: an ordered vector of locations, say. The components
     * are all discrete or all continuous, and all of numbers, or of vectors or matrices of one size.
     *
     * @param weights a simplex (K), or one for each observation (... x K); for two components it can be a scalar from 0 to 1,
     *     the probability of the first, as in Stan's {@code log_mix}
     * @param components their parameters are scalars, or have one value for each observation
     */
    public static Distribution mixture(Expr weights, Distribution... components) {
        boolean first = weights.shape().isScalar() && components.length == 2;
        if (first) Arguments.of("mixture").proportion("weights", weights);
        return new Mixture(first ? Expr.concat(weights, Expr.of(1).minus(weights)) : weights, List.of(components));
    }

    /**
     * Mixture of distributions that are alike: {@code mixture(w, k -> normal(mu.get(k), sigma.get(k)))}. There are as many as
     * weights; k counts from 0. See {@link #mixture(Expr, Distribution...)}.
     *
     * @param weights a simplex (K), or one for each observation (... x K)
     */
    public static Distribution mixture(Expr weights, IntFunction<Distribution> component) {
        int n = weights.shape().isScalar() ? 0 : Events.size(weights);
        return new Mixture(weights, IntStream.range(0, n).mapToObj(component).toList());
    }

    /**
     * Counts with more zeros: 0 with probability prob, otherwise a count, which can be 0 too.
     * log(prob + (1 - prob) p(0)) for x = 0, log(1 - prob) + log p(x) for others. Stan User's Guide, "Zero-inflated and
     * hurdle models".
     *
     * @param prob from 0 to 1, a scalar or one value for each count
     * @param counts such as {@code poisson(rate)}
     */
    public static Distribution zeroInflated(Expr prob, Distribution counts) {
        return new ZeroInflated(prob, counts);
    }

    public static Distribution zeroInflated(double prob, Distribution counts) {
        return zeroInflated(Expr.of(prob), counts);
    }

    /**
     * Zero with probability prob, otherwise something else. log(prob) for x = 0; for others, log(1 - prob) + log p(x) of a
     * continuous distribution, such as {@code logNormal(mu, sigma)}, and log(1 - prob) + log p(x) - log(1 - p(0)) of counts,
     * such as {@code poisson(rate)}. Stan User's Guide, "Zero-inflated and hurdle models".
     *
     * @param prob from 0 to 1, a scalar or one value for each observation
     */
    public static Distribution hurdle(Expr prob, Distribution others) {
        return new Hurdle(prob, others);
    }

    public static Distribution hurdle(double prob, Distribution others) {
        return hurdle(Expr.of(prob), others);
    }

    /**
     * A distribution within bounds, which belong to it: log p(x) - log P(lower &lt;= X &lt;= upper) for lower &lt;= x &lt;= upper, minus
     * infinity outside. Stan's {@code T[lower, upper]}. What the bounds leave is computed in the tail where they lie.
     *
     * <pre>{@code
     * m.observe("y", leftTruncated(poisson(lambda), 1)); // counts that cannot be 0
     * }</pre>
     *
     * @param distribution one of numbers whose distribution function is known: see {@link Cumulative}
     * @param lower a scalar, or one number for each observation; minus infinity where there is none
     * @param upper above lower; infinity where there is none
     */
    public static Distribution truncated(Distribution distribution, Expr lower, Expr upper) {
        return new Truncated(distribution, Bounds.lower(lower), Bounds.upper(upper));
    }

    public static Distribution truncated(Distribution distribution, double lower, double upper) {
        return truncated(distribution, Expr.of(lower), Expr.of(upper));
    }

    public static Distribution truncated(Distribution distribution, double lower, Expr upper) {
        return truncated(distribution, Expr.of(lower), upper);
    }

    public static Distribution truncated(Distribution distribution, Expr lower, double upper) {
        return truncated(distribution, lower, Expr.of(upper));
    }

    /** A distribution from a bound on: log p(x) - log P(X >= lower) for x >= lower. Stan's {@code T[lower, ]}. */
    public static Distribution leftTruncated(Distribution distribution, Expr lower) {
        return new Truncated(distribution, Bounds.lower(lower), null);
    }

    public static Distribution leftTruncated(Distribution distribution, double lower) {
        return leftTruncated(distribution, Expr.of(lower));
    }

    /** A distribution up to a bound: log p(x) - log P(X &lt;= upper) for x &lt;= upper. Stan's {@code T[, upper]}. */
    public static Distribution rightTruncated(Distribution distribution, Expr upper) {
        return new Truncated(distribution, null, Bounds.upper(upper));
    }

    public static Distribution rightTruncated(Distribution distribution, double upper) {
        return rightTruncated(distribution, Expr.of(upper));
    }

    /**
     * Observations that are recorded as a bound where they lie beyond it. Data at or above the upper bound are censored, and
     * mean log P(X &gt;= upper); data at or below the lower bound mean log P(X &lt;= lower); all others log p(x). So record censored
     * values as the bound itself (or anything beyond); replicates are drawn and then cut to the bounds.
     *
     * <pre>{@code
     * m.observe("days", rightCensored(weibull(shape, scale), m.data("followUp"))); // days = followUp: still alive
     * }</pre>
     *
     * <p>In Stan's programs these are {@code target += weibull_lccdf(...)} for the censored ones. Counts are censored at whole
     * numbers alike: a count recorded as upper means upper or more.
     *
     * @param distribution one of numbers whose distribution function is known
     * @param lower a scalar, or one number for each observation; minus infinity where there is none
     * @param upper above lower; infinity where there is none
     */
    public static Distribution censored(Distribution distribution, Expr lower, Expr upper) {
        return new Censored(distribution, Bounds.lower(lower), Bounds.upper(upper));
    }

    public static Distribution censored(Distribution distribution, double lower, double upper) {
        return censored(distribution, Expr.of(lower), Expr.of(upper));
    }

    public static Distribution censored(Distribution distribution, double lower, Expr upper) {
        return censored(distribution, Expr.of(lower), upper);
    }

    public static Distribution censored(Distribution distribution, Expr lower, double upper) {
        return censored(distribution, lower, Expr.of(upper));
    }

    /** Observations that are recorded as the bound where they lie below; see {@link #censored}. */
    public static Distribution leftCensored(Distribution distribution, Expr lower) {
        return new Censored(distribution, Bounds.lower(lower), null);
    }

    public static Distribution leftCensored(Distribution distribution, double lower) {
        return leftCensored(distribution, Expr.of(lower));
    }

    /** Observations that are recorded as the bound where they lie above, such as survival times; see {@link #censored}. */
    public static Distribution rightCensored(Distribution distribution, Expr upper) {
        return new Censored(distribution, null, Bounds.upper(upper));
    }

    public static Distribution rightCensored(Distribution distribution, double upper) {
        return rightCensored(distribution, Expr.of(upper));
    }
}

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
     * @param weights a simplex (K), or one for each observation (... x K)
     * @param components their parameters are scalars, or have one value for each observation
     */
    public static Distribution mixture(Expr weights, Distribution... components) {
        return new Mixture(weights, List.of(components));
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
    public static Univariate zeroInflated(Expr prob, Distribution counts) {
        return ZeroInflated.of(prob, counts);
    }

    public static Univariate zeroInflated(double prob, Distribution counts) {
        return zeroInflated(Expr.of(prob), counts);
    }

    /**
     * Zero with probability prob, otherwise something else. log(prob) for x = 0; for others, log(1 - prob) + log p(x) of a
     * continuous distribution, such as {@code logNormal(mu, sigma)}, and log(1 - prob) + log p(x) - log(1 - p(0)) of counts,
     * such as {@code poisson(rate)}. Stan User's Guide, "Zero-inflated and hurdle models".
     *
     * @param prob from 0 to 1, a scalar or one value for each observation
     */
    public static Univariate hurdle(Expr prob, Distribution others) {
        return Hurdle.of(prob, others);
    }

    public static Univariate hurdle(double prob, Distribution others) {
        return hurdle(Expr.of(prob), others);
    }
}

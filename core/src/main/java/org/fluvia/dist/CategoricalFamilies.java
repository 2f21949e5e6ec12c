package org.fluvia.dist;

import org.fluvia.autodiff.Expr;

/**
 * The families of categories and ranks, which are data and counted from 1, as in Stan: 1, ..., K. A category outside this
 * range is named when it is observed; its log-mass is minus infinity.
 */
abstract class CategoricalFamilies extends DiscreteFamilies {
    CategoricalFamilies() {}

    /**
     * Categorical, Stan's {@code categorical}: log(prob[x]) for x = 1, ..., K; prob is a simplex. See
     * {@link #categoricalLogit(Expr)} for regressions.
     *
     * @param prob a vector (K), or one for each observation (... x K)
     */
    public static Distribution categorical(Expr prob) {
        return new Categorical(prob);
    }

    /**
     * Categorical with probabilities softmax(logits), Stan's {@code categorical_logit}: logits[x] - log(sum(exp(logits))) for
     * x = 1, ..., K.
     *
     * @param logits a vector (K), or one for each observation (... x K)
     */
    public static Distribution categoricalLogit(Expr logits) {
        return new CategoricalLogit(logits);
    }

    /**
     * Ordered logistic, Stan's {@code ordered_logistic}: log(S(eta - c[x - 1]) - S(eta - c[x])) for ranks x = 1, ..., K, S
     * being the inverse logit and the K - 1 cutpoints c in increasing order, c[0] = -infinity and c[K] = infinity.
     *
     * @param eta a scalar, or one number for each observation
     * @param cutpoints a vector (K - 1), such as a parameter with {@code Support.ordered()}, or one for each observation
     */
    public static Distribution orderedLogistic(Expr eta, Expr cutpoints) {
        return new OrderedLogistic(eta, cutpoints);
    }

    public static Distribution orderedLogistic(double eta, Expr cutpoints) {
        return orderedLogistic(Expr.of(eta), cutpoints);
    }

    /**
     * Ordered probit, Stan's {@code ordered_probit}: log(Phi(eta - c[x - 1]) - Phi(eta - c[x])) for ranks x = 1, ..., K, the
     * K - 1 cutpoints c in increasing order, c[0] = -infinity and c[K] = infinity.
     *
     * @param eta a scalar, or one number for each observation
     * @param cutpoints a vector (K - 1), such as a parameter with {@code Support.ordered()}, or one for each observation
     */
    public static Distribution orderedProbit(Expr eta, Expr cutpoints) {
        return new OrderedProbit(eta, cutpoints);
    }

    public static Distribution orderedProbit(double eta, Expr cutpoints) {
        return orderedProbit(Expr.of(eta), cutpoints);
    }
}

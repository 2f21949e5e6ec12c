package org.fluvia.dist;

import org.fluvia.autodiff.Expr;

/** The families of whole numbers. */
abstract class DiscreteFamilies extends PositiveFamilies {
    DiscreteFamilies() {}

    /**
     * Bernoulli, Stan's {@code bernoulli}: log(prob) for x = 1, log(1 - prob) for x = 0; prob from 0 to 1. See {@link
     * #bernoulliLogit(Expr)} for regressions.
     */
    public static Distribution bernoulli(Expr prob) {
        return new Bernoulli(prob);
    }

    public static Distribution bernoulli(double prob) {
        return bernoulli(Expr.of(prob));
    }

    /** Bernoulli on the logit scale, Stan's {@code bernoulli_logit}: x logit - log(1 + exp(logit)) for x = 0 or 1. */
    public static Distribution bernoulliLogit(Expr logit) {
        return new BernoulliLogit(logit);
    }

    public static Distribution bernoulliLogit(double logit) {
        return bernoulliLogit(Expr.of(logit));
    }

    /**
     * Binomial, Stan's {@code binomial}: log(trials over x) + x log(prob) + (trials - x) log(1 - prob) for whole x from
     * 0 to trials; prob from 0 to 1. See {@link #binomialLogit(Expr, Expr)} for regressions.
     */
    public static Distribution binomial(Expr trials, Expr prob) {
        return new Binomial(trials, prob);
    }

    public static Distribution binomial(Expr trials, double prob) {
        return binomial(trials, Expr.of(prob));
    }

    public static Distribution binomial(double trials, Expr prob) {
        return binomial(Expr.of(trials), prob);
    }

    public static Distribution binomial(double trials, double prob) {
        return binomial(Expr.of(trials), Expr.of(prob));
    }

    /**
     * Binomial on the logit scale, Stan's {@code binomial_logit}: log(trials over x) + x logit - trials log(1 +
     * exp(logit)) for whole x from 0 to trials.
     */
    public static Distribution binomialLogit(Expr trials, Expr logit) {
        return new BinomialLogit(trials, logit);
    }

    public static Distribution binomialLogit(Expr trials, double logit) {
        return binomialLogit(trials, Expr.of(logit));
    }

    public static Distribution binomialLogit(double trials, Expr logit) {
        return binomialLogit(Expr.of(trials), logit);
    }

    public static Distribution binomialLogit(double trials, double logit) {
        return binomialLogit(Expr.of(trials), Expr.of(logit));
    }

    /**
     * Poisson, Stan's {@code poisson}: x log(rate) - rate - log x! for whole x from 0; rate >= 0. See {@link
     * #poissonLog(Expr)} for regressions.
     */
    public static Distribution poisson(Expr rate) {
        return new Poisson(rate);
    }

    public static Distribution poisson(double rate) {
        return poisson(Expr.of(rate));
    }

    /** Poisson with a log-rate, Stan's {@code poisson_log}: x logRate - exp(logRate) - log x! for whole x from 0. */
    public static Distribution poissonLog(Expr logRate) {
        return new PoissonLog(logRate);
    }

    public static Distribution poissonLog(double logRate) {
        return poissonLog(Expr.of(logRate));
    }
}

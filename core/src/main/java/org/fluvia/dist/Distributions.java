package org.fluvia.dist;

import org.fluvia.autodiff.Expr;

/**
 * The distributions. A parameter is a number, data or an expression of a model's parameters: a scalar, or an array with one
 * value for each element. Parameters and their meaning are Stan's (Stan Functions Reference).
 *
 * <p>Values that are known when a model is recorded are checked: {@link IllegalArgumentException} names the distribution,
 * the parameter, its value and the user's line.
 */
public final class Distributions extends CompositeFamilies {
    private Distributions() {}

    /** Normal: -((x - loc) / scale)^2 / 2 - log(scale) - log(2 pi) / 2; scale > 0 is the standard deviation. */
    public static Distribution normal(Expr loc, Expr scale) {
        return new Normal(loc, scale);
    }

    public static Distribution normal(double loc, Expr scale) {
        return normal(Expr.of(loc), scale);
    }

    public static Distribution normal(Expr loc, double scale) {
        return normal(loc, Expr.of(scale));
    }

    public static Distribution normal(double loc, double scale) {
        return normal(Expr.of(loc), Expr.of(scale));
    }

    /** The absolute value of a normal number: log(2 / pi) / 2 - log(scale) - (x / scale)^2 / 2 for x >= 0; scale > 0. */
    public static Distribution halfNormal(Expr scale) {
        return new HalfNormal(scale);
    }

    public static Distribution halfNormal(double scale) {
        return halfNormal(Expr.of(scale));
    }

    /** Cauchy: -log(pi scale) - log(1 + ((x - loc) / scale)^2); scale > 0. */
    public static Distribution cauchy(Expr loc, Expr scale) {
        return new Cauchy(loc, scale);
    }

    public static Distribution cauchy(double loc, Expr scale) {
        return cauchy(Expr.of(loc), scale);
    }

    public static Distribution cauchy(Expr loc, double scale) {
        return cauchy(loc, Expr.of(scale));
    }

    public static Distribution cauchy(double loc, double scale) {
        return cauchy(Expr.of(loc), Expr.of(scale));
    }

    /** The absolute value of a Cauchy number: log(2 / (pi scale)) - log(1 + (x / scale)^2) for x >= 0; scale > 0. */
    public static Distribution halfCauchy(Expr scale) {
        return new HalfCauchy(scale);
    }

    public static Distribution halfCauchy(double scale) {
        return halfCauchy(Expr.of(scale));
    }

    /** Exponential: log(rate) - rate x for x >= 0; rate > 0, the mean is 1 / rate. */
    public static Distribution exponential(Expr rate) {
        return new Exponential(rate);
    }

    public static Distribution exponential(double rate) {
        return exponential(Expr.of(rate));
    }

    /**
     * Student's t: log Gamma((df + 1) / 2) - log Gamma(df / 2) - log(df pi) / 2 - log(scale)
     * - (df + 1) / 2 log(1 + ((x - loc) / scale)^2 / df); df > 0 degrees of freedom, scale > 0.
     */
    public static Distribution studentT(Expr df, Expr loc, Expr scale) {
        return new StudentT(df, loc, scale);
    }

    public static Distribution studentT(Expr df, Expr loc, double scale) {
        return studentT(df, loc, Expr.of(scale));
    }

    public static Distribution studentT(Expr df, double loc, Expr scale) {
        return studentT(df, Expr.of(loc), scale);
    }

    public static Distribution studentT(Expr df, double loc, double scale) {
        return studentT(df, Expr.of(loc), Expr.of(scale));
    }

    public static Distribution studentT(double df, Expr loc, Expr scale) {
        return studentT(Expr.of(df), loc, scale);
    }

    public static Distribution studentT(double df, Expr loc, double scale) {
        return studentT(Expr.of(df), loc, Expr.of(scale));
    }

    public static Distribution studentT(double df, double loc, Expr scale) {
        return studentT(Expr.of(df), Expr.of(loc), scale);
    }

    public static Distribution studentT(double df, double loc, double scale) {
        return studentT(Expr.of(df), Expr.of(loc), Expr.of(scale));
    }

    /**
     * Gamma: shape log(rate) - log Gamma(shape) + (shape - 1) log(x) - rate x for x > 0; shape > 0, rate > 0, the mean is
     * shape / rate.
     */
    public static Distribution gamma(Expr shape, Expr rate) {
        return new Gamma(shape, rate);
    }

    public static Distribution gamma(Expr shape, double rate) {
        return gamma(shape, Expr.of(rate));
    }

    public static Distribution gamma(double shape, Expr rate) {
        return gamma(Expr.of(shape), rate);
    }

    public static Distribution gamma(double shape, double rate) {
        return gamma(Expr.of(shape), Expr.of(rate));
    }

    /**
     * Inverse gamma, the reciprocal of a gamma number: shape log(scale) - log Gamma(shape) - (shape + 1) log(x) - scale / x
     * for x > 0; shape > 0, scale > 0.
     */
    public static Distribution inverseGamma(Expr shape, Expr scale) {
        return new InverseGamma(shape, scale);
    }

    public static Distribution inverseGamma(Expr shape, double scale) {
        return inverseGamma(shape, Expr.of(scale));
    }

    public static Distribution inverseGamma(double shape, Expr scale) {
        return inverseGamma(Expr.of(shape), scale);
    }

    public static Distribution inverseGamma(double shape, double scale) {
        return inverseGamma(Expr.of(shape), Expr.of(scale));
    }

    /**
     * Log-normal, exp of a normal number: -((log x - mu) / sigma)^2 / 2 - log(x) - log(sigma) - log(2 pi) / 2 for x > 0;
     * sigma > 0. mu and sigma are the mean and standard deviation of log x.
     */
    public static Distribution logNormal(Expr mu, Expr sigma) {
        return new LogNormal(mu, sigma);
    }

    public static Distribution logNormal(Expr mu, double sigma) {
        return logNormal(mu, Expr.of(sigma));
    }

    public static Distribution logNormal(double mu, Expr sigma) {
        return logNormal(Expr.of(mu), sigma);
    }

    public static Distribution logNormal(double mu, double sigma) {
        return logNormal(Expr.of(mu), Expr.of(sigma));
    }

    /**
     * Beta: (a - 1) log(x) + (b - 1) log(1 - x) - log B(a, b) for 0 <= x <= 1; a > 0, b > 0. At 0 and 1 the log-density is
     * its limit, which can be infinite.
     */
    public static Distribution beta(Expr a, Expr b) {
        return new Beta(a, b);
    }

    public static Distribution beta(Expr a, double b) {
        return beta(a, Expr.of(b));
    }

    public static Distribution beta(double a, Expr b) {
        return beta(Expr.of(a), b);
    }

    public static Distribution beta(double a, double b) {
        return beta(Expr.of(a), Expr.of(b));
    }

    /** Uniform: -log(upper - lower) for lower <= x <= upper. */
    public static Distribution uniform(Expr lower, Expr upper) {
        return new Uniform(lower, upper);
    }

    public static Distribution uniform(Expr lower, double upper) {
        return uniform(lower, Expr.of(upper));
    }

    public static Distribution uniform(double lower, Expr upper) {
        return uniform(Expr.of(lower), upper);
    }

    public static Distribution uniform(double lower, double upper) {
        return uniform(Expr.of(lower), Expr.of(upper));
    }

    /** Laplace, or double exponential: -|x - loc| / scale - log(2 scale); scale > 0. */
    public static Distribution laplace(Expr loc, Expr scale) {
        return new Laplace(loc, scale);
    }

    public static Distribution laplace(Expr loc, double scale) {
        return laplace(loc, Expr.of(scale));
    }

    public static Distribution laplace(double loc, Expr scale) {
        return laplace(Expr.of(loc), scale);
    }

    public static Distribution laplace(double loc, double scale) {
        return laplace(Expr.of(loc), Expr.of(scale));
    }

    /**
     * Bernoulli: log(prob) for x = 1, log(1 - prob) for x = 0; prob from 0 to 1. See {@link #bernoulliLogit(Expr)} for
     * regressions.
     */
    public static Distribution bernoulli(Expr prob) {
        return new Bernoulli(prob);
    }

    public static Distribution bernoulli(double prob) {
        return bernoulli(Expr.of(prob));
    }

    /** Bernoulli on the logit scale: x logit - log(1 + exp(logit)) for x = 0 or 1. */
    public static Distribution bernoulliLogit(Expr logit) {
        return new BernoulliLogit(logit);
    }

    public static Distribution bernoulliLogit(double logit) {
        return bernoulliLogit(Expr.of(logit));
    }

    /**
     * Binomial: log(trials over x) + x log(prob) + (trials - x) log(1 - prob) for whole x from 0 to trials; prob from 0
     * to 1. See {@link #binomialLogit(Expr, Expr)} for regressions.
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

    /** Binomial on the logit scale: log(trials over x) + x logit - trials log(1 + exp(logit)), whole x up to trials. */
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

    /** Poisson: x log(rate) - rate - log x! for whole x from 0; rate >= 0. See {@link #poissonLog(Expr)} for regressions. */
    public static Distribution poisson(Expr rate) {
        return new Poisson(rate);
    }

    public static Distribution poisson(double rate) {
        return poisson(Expr.of(rate));
    }

    /** Poisson with a log-rate: x logRate - exp(logRate) - log x! for whole x from 0. */
    public static Distribution poissonLog(Expr logRate) {
        return new PoissonLog(logRate);
    }

    public static Distribution poissonLog(double logRate) {
        return poissonLog(Expr.of(logRate));
    }
}

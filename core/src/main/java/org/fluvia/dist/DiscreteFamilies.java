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

    /**
     * Geometric, the number of failures before the first success: log(prob) + x log(1 - prob) for whole x from 0; 0 &lt;
     * prob &lt;= 1. In Stan {@code neg_binomial(1, prob / (1 - prob))}.
     */
    public static Distribution geometric(Expr prob) {
        return new Geometric(prob);
    }

    public static Distribution geometric(double prob) {
        return geometric(Expr.of(prob));
    }

    /**
     * Negative binomial, a Poisson number with a gamma distributed rate, Stan's {@code neg_binomial(alpha, beta)}: log
     * Gamma(x + shape) - log Gamma(shape) - log x! - shape log(1 + 1 / rate) - x log(1 + rate) for whole x from 0;
     * shape > 0, rate > 0, the mean is shape / rate.
     */
    public static Distribution negBinomial(Expr shape, Expr rate) {
        return new NegBinomial(shape, rate);
    }

    public static Distribution negBinomial(Expr shape, double rate) {
        return negBinomial(shape, Expr.of(rate));
    }

    public static Distribution negBinomial(double shape, Expr rate) {
        return negBinomial(Expr.of(shape), rate);
    }

    public static Distribution negBinomial(double shape, double rate) {
        return negBinomial(Expr.of(shape), Expr.of(rate));
    }

    /**
     * Negative binomial by its mean and precision, Stan's {@code neg_binomial_2}: log Gamma(x + phi) - log Gamma(phi) -
     * log x! + x log(mu / (mu + phi)) - phi log(1 + mu / phi) for whole x from 0; mu > 0, phi > 0. The variance is mu +
     * mu^2 / phi; for large phi it is Poisson. See {@link #negBinomial2Log(Expr, Expr)} for regressions.
     */
    public static Distribution negBinomial2(Expr mu, Expr phi) {
        return new NegBinomial2(mu, phi);
    }

    public static Distribution negBinomial2(Expr mu, double phi) {
        return negBinomial2(mu, Expr.of(phi));
    }

    public static Distribution negBinomial2(double mu, Expr phi) {
        return negBinomial2(Expr.of(mu), phi);
    }

    public static Distribution negBinomial2(double mu, double phi) {
        return negBinomial2(Expr.of(mu), Expr.of(phi));
    }

    /**
     * Negative binomial by the logarithm of its mean, Stan's {@code neg_binomial_2_log}: {@link #negBinomial2(Expr,
     * Expr) negBinomial2}(x | exp(eta), phi) for whole x from 0; phi > 0.
     */
    public static Distribution negBinomial2Log(Expr eta, Expr phi) {
        return new NegBinomial2Log(eta, phi);
    }

    public static Distribution negBinomial2Log(Expr eta, double phi) {
        return negBinomial2Log(eta, Expr.of(phi));
    }

    public static Distribution negBinomial2Log(double eta, Expr phi) {
        return negBinomial2Log(Expr.of(eta), phi);
    }

    public static Distribution negBinomial2Log(double eta, double phi) {
        return negBinomial2Log(Expr.of(eta), Expr.of(phi));
    }

    /**
     * Beta-binomial, a binomial number with a beta distributed probability, Stan's {@code beta_binomial}: log(trials
     * over x) + log B(x + a, trials - x + b) - log B(a, b) for whole x from 0 to trials; a > 0, b > 0.
     */
    public static Distribution betaBinomial(Expr trials, Expr a, Expr b) {
        return new BetaBinomial(trials, a, b);
    }

    public static Distribution betaBinomial(Expr trials, Expr a, double b) {
        return betaBinomial(trials, a, Expr.of(b));
    }

    public static Distribution betaBinomial(Expr trials, double a, Expr b) {
        return betaBinomial(trials, Expr.of(a), b);
    }

    public static Distribution betaBinomial(Expr trials, double a, double b) {
        return betaBinomial(trials, Expr.of(a), Expr.of(b));
    }

    public static Distribution betaBinomial(double trials, Expr a, Expr b) {
        return betaBinomial(Expr.of(trials), a, b);
    }

    public static Distribution betaBinomial(double trials, Expr a, double b) {
        return betaBinomial(Expr.of(trials), a, Expr.of(b));
    }

    public static Distribution betaBinomial(double trials, double a, Expr b) {
        return betaBinomial(Expr.of(trials), Expr.of(a), b);
    }

    public static Distribution betaBinomial(double trials, double a, double b) {
        return betaBinomial(Expr.of(trials), Expr.of(a), Expr.of(b));
    }

    /**
     * Beta negative binomial, Stan's {@code beta_neg_binomial(r, alpha, beta)}: log Gamma(x + r) - log Gamma(r) - log
     * x! + log B(b + x, a + r) - log B(b, a) for whole x from 0; r > 0, a > 0, b > 0: the failures before r successes
     * whose probability is {@link #beta(Expr, Expr) beta}(a, b) distributed.
     */
    public static Distribution betaNegBinomial(Expr r, Expr a, Expr b) {
        return new BetaNegBinomial(r, a, b);
    }

    public static Distribution betaNegBinomial(Expr r, Expr a, double b) {
        return betaNegBinomial(r, a, Expr.of(b));
    }

    public static Distribution betaNegBinomial(Expr r, double a, Expr b) {
        return betaNegBinomial(r, Expr.of(a), b);
    }

    public static Distribution betaNegBinomial(Expr r, double a, double b) {
        return betaNegBinomial(r, Expr.of(a), Expr.of(b));
    }

    public static Distribution betaNegBinomial(double r, Expr a, Expr b) {
        return betaNegBinomial(Expr.of(r), a, b);
    }

    public static Distribution betaNegBinomial(double r, Expr a, double b) {
        return betaNegBinomial(Expr.of(r), a, Expr.of(b));
    }

    public static Distribution betaNegBinomial(double r, double a, Expr b) {
        return betaNegBinomial(Expr.of(r), Expr.of(a), b);
    }

    public static Distribution betaNegBinomial(double r, double a, double b) {
        return betaNegBinomial(Expr.of(r), Expr.of(a), Expr.of(b));
    }

    /**
     * Hypergeometric, how many of some draws without replacement are of the first of two kinds, of which there are a
     * and b, Stan's {@code hypergeometric(N, a, b)}: log(a over x) + log(b over draws - x) - log(a + b over draws) for
     * whole x from max(0, draws - b) to min(a, draws); all are counts, draws &lt;= a + b.
     */
    public static Distribution hypergeometric(Expr draws, Expr a, Expr b) {
        return new Hypergeometric(draws, a, b);
    }

    public static Distribution hypergeometric(Expr draws, Expr a, double b) {
        return hypergeometric(draws, a, Expr.of(b));
    }

    public static Distribution hypergeometric(Expr draws, double a, Expr b) {
        return hypergeometric(draws, Expr.of(a), b);
    }

    public static Distribution hypergeometric(Expr draws, double a, double b) {
        return hypergeometric(draws, Expr.of(a), Expr.of(b));
    }

    public static Distribution hypergeometric(double draws, Expr a, Expr b) {
        return hypergeometric(Expr.of(draws), a, b);
    }

    public static Distribution hypergeometric(double draws, Expr a, double b) {
        return hypergeometric(Expr.of(draws), a, Expr.of(b));
    }

    public static Distribution hypergeometric(double draws, double a, Expr b) {
        return hypergeometric(Expr.of(draws), Expr.of(a), b);
    }

    public static Distribution hypergeometric(double draws, double a, double b) {
        return hypergeometric(Expr.of(draws), Expr.of(a), Expr.of(b));
    }

    /**
     * Uniform on whole numbers, Stan's {@code discrete_range}: -log(upper - lower + 1) for whole x from lower to upper,
     * which are whole numbers and may be negative.
     */
    public static Distribution discreteRange(Expr lower, Expr upper) {
        return new DiscreteRange(lower, upper);
    }

    public static Distribution discreteRange(Expr lower, double upper) {
        return discreteRange(lower, Expr.of(upper));
    }

    public static Distribution discreteRange(double lower, Expr upper) {
        return discreteRange(Expr.of(lower), upper);
    }

    public static Distribution discreteRange(double lower, double upper) {
        return discreteRange(Expr.of(lower), Expr.of(upper));
    }
}

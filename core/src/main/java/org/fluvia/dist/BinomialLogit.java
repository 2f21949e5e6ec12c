package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#binomialLogit(Expr, Expr)}. */
record BinomialLogit(Expr trials, Expr logit) implements Cumulative {
    /**
     * Binomial on the logit scale: log(trials over x) + x logit - trials log(1 + exp(logit)) for whole x from 0 to trials.
     */
    @Listed(stan = "binomial_logit", example = {"10", "0.5"})
    static Distribution binomialLogit(Expr trials, Expr logit) {
        return new BinomialLogit(trials, logit);
    }

    BinomialLogit {
        Arguments.of("binomialLogit").count("trials", trials).finite("logit", logit);
    }

    @Override
    public String name() {
        return "binomialLogit";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(trials, logit);
    }

    @Override
    public Support support() {
        return Support.whole(trials);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> v.times(logit).minus(logit.softplus().times(trials))
                .plus(Terms.logChoose(trials, v)));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), trials, x, k -> Tails.betaPrime(Binomial.beyond(k, trials), k.plus(1), logit.unaryMinus()));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), trials, x, k -> Tails.betaPrime(k.plus(1), Binomial.beyond(k, trials), logit));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.binomial(random, p[0], Draws.inverseLogit(p[1]));
    }
}

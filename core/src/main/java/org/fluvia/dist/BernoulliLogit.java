package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logSigmoid;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#bernoulliLogit(Expr)}. */
record BernoulliLogit(Expr logit) implements Cumulative {
    /** Bernoulli on the logit scale: x logit - log(1 + exp(logit)) for x = 0 or 1. */
    @Listed(stan = "bernoulli_logit", example = "0.5")
    static Distribution bernoulliLogit(Expr logit) {
        return new BernoulliLogit(logit);
    }

    BernoulliLogit {
        Arguments.of("bernoulliLogit").finite("logit", logit);
    }

    @Override
    public String name() {
        return "bernoulliLogit";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(logit);
    }

    @Override
    public Support support() {
        return Support.whole(1);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> v.times(logit).minus(logit.softplus()));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), Expr.of(1), x, v -> logSigmoid(logit.unaryMinus()).plus(v.times(0)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), Expr.of(1), x, v -> logSigmoid(logit).plus(v.times(0)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.uniform(random) < Draws.inverseLogit(p[0]) ? 1 : 0;
    }
}

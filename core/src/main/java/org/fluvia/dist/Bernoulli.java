package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1m;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#bernoulli(Expr)}. */
record Bernoulli(Expr prob) implements Cumulative {
    /**
     * Bernoulli: log(prob) for x = 1, log(1 - prob) for x = 0; prob from 0 to 1. See {@link
     * Distributions#bernoulliLogit(Expr) bernoulliLogit} for regressions.
     */
    @Listed(stan = "bernoulli", example = "0.3")
    static Distribution bernoulli(Expr prob) {
        return new Bernoulli(prob);
    }

    Bernoulli {
        Arguments.of("bernoulli").probability("prob", prob);
    }

    @Override
    public String name() {
        return "bernoulli";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(prob);
    }

    @Override
    public Support support() {
        return Support.whole(1);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x,
                v -> Terms.timesLog(v, prob).plus(Terms.timesLog1m(Expr.of(1).minus(v), prob)));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), Expr.of(1), x, v -> log1m(prob).plus(v.times(0)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), Expr.of(1), x, v -> prob.log().plus(v.times(0)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.uniform(random) < p[0] ? 1 : 0;
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1mExp;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#exponential(Expr)}. */
record Exponential(Expr rate) implements Cumulative {
    /** Exponential: log(rate) - rate x for x >= 0; rate > 0, the mean is 1 / rate. */
    @Listed(stan = "exponential", example = "1")
    static Distribution exponential(Expr rate) {
        return new Exponential(rate);
    }

    Exponential {
        Arguments.of("exponential").positive("rate", rate);
    }

    @Override
    public String name() {
        return "exponential";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(rate);
    }

    @Override
    public Support support() {
        return Support.lower(0);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> rate.log().minus(v.times(rate)));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> log1mExp(v.times(rate).unaryMinus()));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> v.times(rate).unaryMinus());
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.exponential(random) / p[0];
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logGammaP;
import static org.fluvia.autodiff.Functions.logGammaQ;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#gamma(Expr, Expr)}. */
record Gamma(Expr alpha, Expr rate) implements Cumulative {
    /**
     * Gamma: shape log(rate) - log Gamma(shape) + (shape - 1) log(x) - rate x for x > 0; shape > 0, rate > 0, the mean is
     * shape / rate.
     */
    @Listed(stan = "gamma", example = {"2", "1"})
    static Distribution gamma(Expr shape, Expr rate) {
        return new Gamma(shape, rate);
    }

    Gamma {
        Arguments.of("gamma").positive("shape", alpha).positive("rate", rate);
    }

    @Override
    public String name() {
        return "gamma";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(alpha, rate);
    }

    @Override
    public Support support() {
        return Support.positive();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr constant = alpha.times(rate.log()).minus(alpha.lgamma());
        return Terms.within(support(), x, v -> v.log().times(alpha.minus(1)).minus(v.times(rate)).plus(constant));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> logGammaP(alpha, v.times(rate)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> logGammaQ(alpha, v.times(rate)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.above0(Draws.gamma(random, p[0]) / p[1]);
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1mExp;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#rayleigh(Expr)}. */
record Rayleigh(Expr scale) implements Cumulative {
    /** Rayleigh: log(x) - 2 log(scale) - (x / scale)^2 / 2 for x >= 0; scale > 0. */
    @Listed(stan = "rayleigh", example = "1")
    static Distribution rayleigh(Expr scale) {
        return new Rayleigh(scale);
    }

    Rayleigh {
        Arguments.of("rayleigh").positive("scale", scale);
    }

    @Override
    public String name() {
        return "rayleigh";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(scale);
    }

    @Override
    public Support support() {
        return Support.lower(0);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> v.log().plus(Normal.kernel(v, scale)).minus(scale.log()));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> log1mExp(exponent(v)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, this::exponent);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[0] * Math.sqrt(2 * Draws.exponential(random));
    }

    private Expr exponent(Expr v) {
        return v.times(scale.reciprocal()).square().times(-0.5);
    }
}

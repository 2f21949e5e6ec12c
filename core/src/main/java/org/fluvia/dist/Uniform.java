package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#uniform(Expr, Expr)}. */
record Uniform(Expr lower, Expr upper) implements Cumulative {
    /** Uniform: -log(upper - lower) for lower &lt;= x &lt;= upper. */
    @Listed(stan = "uniform", example = {"0", "1"})
    static Distribution uniform(Expr lower, Expr upper) {
        return new Uniform(lower, upper);
    }

    Uniform {
        Arguments.of("uniform").finite("lower", lower).finite("upper", upper).below("lower", lower, "upper", upper);
    }

    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(lower, upper);
    }

    @Override
    public Support support() {
        return Support.interval(lower, upper);
    }

    @Override
    public Expr logDensity(Expr x) {
        // 0 x is NaN if x is
        return Terms.within(support(), x, v -> v.times(0).minus(upper.minus(lower).log()));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(lower, upper, x, v -> Tails.log(below(v), above(v)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(lower, upper, x, v -> Tails.log(above(v), below(v)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Math.min(p[1], p[0] + (p[1] - p[0]) * Draws.uniform(random));
    }

    private Expr below(Expr v) {
        return v.minus(lower).div(upper.minus(lower));
    }

    private Expr above(Expr v) {
        return upper.minus(v).div(upper.minus(lower));
    }
}

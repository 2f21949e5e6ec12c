package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#discreteRange(Expr, Expr)}. */
record DiscreteRange(Expr lower, Expr upper) implements Cumulative {
    /**
     * Uniform on whole numbers: -log(upper - lower + 1) for whole x from lower to upper, which are whole numbers and may be
     * negative.
     */
    @Listed(stan = "discrete_range", example = {"1", "6"})
    static Distribution discreteRange(Expr lower, Expr upper) {
        return new DiscreteRange(lower, upper);
    }

    DiscreteRange {
        Arguments.of("discreteRange").whole("lower", lower).whole("upper", upper)
                .atMost("lower", lower, "upper", upper);
    }

    @Override
    public String name() {
        return "discreteRange";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(lower, upper);
    }

    @Override
    public Support support() {
        return Support.whole(lower, upper);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> v.times(0).minus(upper.minus(lower).plus(1).log())); // 0 v is NaN if v is
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(lower, upper, x, k -> Tails.log(atMost(k), above(k)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(lower, upper, x, k -> Tails.log(above(k), atMost(k)));
    }

    private Expr atMost(Expr k) {
        return k.minus(lower).plus(1).div(upper.minus(lower).plus(1));
    }

    private Expr above(Expr k) {
        return upper.minus(k).div(upper.minus(lower).plus(1));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[0] + Math.floor(Draws.uniform(random) * (p[1] - p[0] + 1));
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1mExp;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#paretoType2(Expr, Expr, Expr)}. */
record ParetoType2(Expr loc, Expr scale, Expr alpha) implements Cumulative {
    /**
     * Pareto of type 2, with loc = 0 the Lomax distribution: log(shape / scale) - (shape + 1) log(1 + (x - loc) / scale) for
     * x >= loc; scale > 0, shape > 0.
     */
    @Listed(stan = "pareto_type_2", example = {"0", "1", "2"})
    static Distribution paretoType2(Expr loc, Expr scale, Expr shape) {
        return new ParetoType2(loc, scale, shape);
    }

    ParetoType2 {
        Arguments.of("paretoType2").finite("loc", loc).positive("scale", scale).positive("shape", alpha);
    }

    @Override
    public String name() {
        return "paretoType2";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(loc, scale, alpha);
    }

    @Override
    public Support support() {
        return Support.lower(loc);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> alpha.log().minus(scale.log())
                .minus(v.minus(loc).times(scale.reciprocal()).log1p().times(alpha.plus(1))));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(loc, x, v -> log1mExp(logAbove(v)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(loc, x, this::logAbove);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Math.min(p[0] + p[1] * StrictMath.expm1(Draws.exponential(random) / p[2]), Double.MAX_VALUE);
    }

    private Expr logAbove(Expr v) {
        return v.minus(loc).times(scale.reciprocal()).log1p().times(alpha.unaryMinus());
    }
}

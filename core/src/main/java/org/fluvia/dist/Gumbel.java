package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#gumbel(Expr, Expr)}. */
record Gumbel(Expr loc, Expr scale) implements Cumulative {
    /** Gumbel, of largest values: -z - exp(-z) - log(scale) with z = (x - loc) / scale for real x; scale > 0. */
    @Listed(stan = "gumbel", example = {"0", "1"})
    static Distribution gumbel(Expr loc, Expr scale) {
        return new Gumbel(loc, scale);
    }

    Gumbel {
        Arguments.of("gumbel").finite("loc", loc).positive("scale", scale);
    }

    @Override
    public String name() {
        return "gumbel";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(loc, scale);
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr minusZ = minusZ(x);
        return minusZ.minus(minusZ.exp()).minus(scale.log());
    }

    @Override
    public Expr logCdf(Expr x) {
        return minusZ(x).exp().unaryMinus();
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.log1mExpOfMinusExp(minusZ(x));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[0] - p[1] * StrictMath.log(Math.max(Double.MIN_VALUE, Draws.exponential(random)));
    }

    private Expr minusZ(Expr x) {
        return loc.minus(x).times(scale.reciprocal());
    }
}

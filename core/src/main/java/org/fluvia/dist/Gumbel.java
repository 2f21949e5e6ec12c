package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#gumbel(Expr, Expr)}. */
record Gumbel(Expr loc, Expr scale) implements Cumulative {
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

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logGammaP;
import static org.fluvia.autodiff.Functions.logGammaQ;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#inverseGamma(Expr, Expr)}. */
record InverseGamma(Expr alpha, Expr scale) implements Cumulative {
    /**
     * Inverse gamma, the reciprocal of a gamma number: shape log(scale) - log Gamma(shape) - (shape + 1) log(x) - scale / x
     * for x > 0; shape > 0, scale > 0.
     */
    @Listed(stan = "inv_gamma", example = {"3", "1"})
    static Distribution inverseGamma(Expr shape, Expr scale) {
        return new InverseGamma(shape, scale);
    }

    InverseGamma {
        Arguments.of("inverseGamma").positive("shape", alpha).positive("scale", scale);
    }

    @Override
    public String name() {
        return "inverseGamma";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(alpha, scale);
    }

    @Override
    public Support support() {
        return Support.positive();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr constant = alpha.times(scale.log()).minus(alpha.lgamma());
        return Terms.within(support(), x,
                v -> constant.minus(v.log().times(alpha.plus(1))).minus(v.reciprocal().times(scale)));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> logGammaQ(alpha, scale.div(v)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> logGammaP(alpha, scale.div(v)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.above0(p[1] / Draws.gamma(random, p[0]));
    }
}

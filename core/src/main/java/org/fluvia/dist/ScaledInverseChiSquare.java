package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logGammaP;
import static org.fluvia.autodiff.Functions.logGammaQ;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#scaledInverseChiSquare(Expr, Expr)}. */
record ScaledInverseChiSquare(Expr df, Expr scale) implements Cumulative {
    /**
     * Scaled inverse chi-square: h log(h) - log Gamma(h) + df log(scale) - (h + 1) log(x) - h scale^2 / x with h = df / 2
     * for x > 0; df > 0, scale > 0: a variance of which df earlier observations had the mean square scale^2.
     */
    @Listed(stan = "scaled_inv_chi_square", example = {"3", "1"})
    static Distribution scaledInverseChiSquare(Expr df, Expr scale) {
        return new ScaledInverseChiSquare(df, scale);
    }

    ScaledInverseChiSquare {
        Arguments.of("scaledInverseChiSquare").positive("df", df).positive("scale", scale);
    }

    @Override
    public String name() {
        return "scaledInverseChiSquare";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(df, scale);
    }

    @Override
    public Support support() {
        return Support.positive();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr h = df.times(0.5);
        Expr constant = h.times(h.log()).minus(h.lgamma()).plus(df.times(scale.log()));
        // the scale twice, as the square of a small one is 0
        return Terms.within(support(), x, v -> constant.minus(v.log().times(h.plus(1)))
                .minus(v.reciprocal().times(scale).times(scale.times(h))));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> logGammaQ(df.times(0.5), reciprocal(v)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> logGammaP(df.times(0.5), reciprocal(v)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.above0(0.5 * p[0] * p[1] / Draws.gamma(random, 0.5 * p[0]) * p[1]);
    }

    /** The number with a gamma distribution whose reciprocal is v, up to a factor: df scale^2 / (2 v). */
    private Expr reciprocal(Expr v) {
        return scale.div(v).times(scale.times(df.times(0.5)));
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logGammaP;
import static org.fluvia.autodiff.Functions.logGammaQ;
import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#chiSquare(Expr)}. */
record ChiSquare(Expr df) implements Cumulative {
    /**
     * Chi-square: -h log 2 - log Gamma(h) + (h - 1) log(x) - x / 2 with h = df / 2 for x > 0; df > 0 degrees of freedom.
     */
    @Listed(stan = "chi_square", example = "3")
    static Distribution chiSquare(Expr df) {
        return new ChiSquare(df);
    }

    ChiSquare {
        Arguments.of("chiSquare").positive("df", df);
    }

    @Override
    public String name() {
        return "chiSquare";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(df);
    }

    @Override
    public Support support() {
        return Support.positive();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr h = df.times(0.5);
        Expr constant = h.times(-LOG_2).minus(h.lgamma());
        return Terms.within(support(), x, v -> v.log().times(h.minus(1)).minus(v.times(0.5)).plus(constant));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> logGammaP(df.times(0.5), v.times(0.5)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> logGammaQ(df.times(0.5), v.times(0.5)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.above0(2 * Draws.gamma(random, 0.5 * p[0]));
    }
}

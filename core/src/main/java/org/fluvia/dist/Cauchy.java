package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.atan2;
import static org.fluvia.kernel.special.Constants.LOG_PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#cauchy(Expr, Expr)}. */
record Cauchy(Expr loc, Expr scale) implements Cumulative {

    /** Cauchy: -log(pi scale) - log(1 + ((x - loc) / scale)^2) for real x; scale > 0. */
    @Listed(stan = "cauchy", example = {"0", "1"})
    static Distribution cauchy(Expr loc, Expr scale) {
        return new Cauchy(loc, scale);
    }

    Cauchy {
        Arguments.of("cauchy").finite("loc", loc).positive("scale", scale);
    }

    @Override
    public String name() {
        return "cauchy";
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
        return kernel(x.minus(loc), scale).minus(LOG_PI);
    }

    /** -log(1 + (deviation / scale)^2) - log scale. */
    static Expr kernel(Expr deviation, Expr scale) {
        return deviation.times(scale.reciprocal()).square().log1p().unaryMinus().minus(scale.log());
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.log(above(standard(x).unaryMinus()), above(standard(x)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.log(above(standard(x)), above(standard(x).unaryMinus()));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[0] + p[1] * Draws.cauchy(random);
    }

    private Expr standard(Expr x) {
        return x.minus(loc).times(scale.reciprocal());
    }

    /** P(X > z) of a standard number, accurate for large z. */
    static Expr above(Expr z) {
        return atan2(Expr.of(1), z).times(1 / Math.PI);
    }
}

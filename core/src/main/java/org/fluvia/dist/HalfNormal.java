package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.erf;
import static org.fluvia.autodiff.Functions.erfc;
import static org.fluvia.autodiff.Functions.log1m;
import static org.fluvia.autodiff.Functions.logNormalCcdf;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2_OVER_PI;
import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#halfNormal(Expr)}. */
record HalfNormal(Expr scale) implements Cumulative {
    private static final double SQRT_HALF = 0.70710678118654752440;

    /**
     * The absolute value of a normal number, in Stan {@code normal} with {@code lower=0}: log(2 / pi) / 2 - log(scale) - (x
     * / scale)^2 / 2 for x >= 0; scale > 0. It is the density that Stan's truncation {@code T[0, ]} gives, log 2 above
     * {@code normal(x | 0, scale)}.
     */
    @Listed(example = "1")
    static Distribution halfNormal(Expr scale) {
        return new HalfNormal(scale);
    }

    HalfNormal {
        Arguments.of("halfNormal").positive("scale", scale);
    }

    @Override
    public String name() {
        return "halfNormal";
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
        return Terms.within(support(), x, v -> Normal.kernel(v, scale).plus(HALF_LOG_2_OVER_PI));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> {
            Expr z = v.times(scale.reciprocal().times(SQRT_HALF));
            return Tails.log(erf(z), erfc(z));
        });
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> {
            Expr z = v.times(scale.reciprocal());
            Expr one = Expr.of(1);
            Expr small = log1m(erf(z.min(one).times(SQRT_HALF)));
            return Expr.where(z.lt(one), small, logNormalCcdf(z.max(one)).plus(LOG_2));
        });
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Math.abs(p[0] * Draws.normal(random));
    }
}

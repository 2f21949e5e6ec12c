package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.atan;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2_OVER_PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#halfCauchy(Expr)}. */
record HalfCauchy(Expr scale) implements Cumulative {

    /**
     * The absolute value of a Cauchy number, in Stan {@code cauchy} with {@code lower=0}: log(2 / (pi scale)) - log(1 + (x /
     * scale)^2) for x >= 0; scale > 0. It is log 2 above {@code cauchy(x | 0, scale)}.
     */
    @Listed(example = "1")
    static Distribution halfCauchy(Expr scale) {
        return new HalfCauchy(scale);
    }

    HalfCauchy {
        Arguments.of("halfCauchy").positive("scale", scale);
    }

    @Override
    public String name() {
        return "halfCauchy";
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
        return Terms.within(support(), x, v -> Cauchy.kernel(v, scale).plus(2 * HALF_LOG_2_OVER_PI));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> Tails.log(below(v), above(v)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> Tails.log(above(v), below(v)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Math.abs(p[0] * Draws.cauchy(random));
    }

    private Expr below(Expr v) {
        return atan(v.times(scale.reciprocal())).times(2 / Math.PI);
    }

    private Expr above(Expr v) {
        return Cauchy.above(v.times(scale.reciprocal())).times(2);
    }
}

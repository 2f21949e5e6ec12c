package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logNormalCdf;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2_OVER_PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#skewNormal(Expr, Expr, Expr)}. */
record SkewNormal(Expr loc, Expr scale, Expr alpha) implements Univariate {

    /**
     * Skew normal: log 2 + log {@link Distributions#normal(Expr, Expr) normal}(x | loc, scale) + log Phi(shape (x - loc) /
     * scale) for real x; scale > 0. loc is the mean and scale the standard deviation only where shape is 0.
     */
    @Listed(stan = "skew_normal", example = {"0", "1", "2"})
    static Distribution skewNormal(Expr loc, Expr scale, Expr shape) {
        return new SkewNormal(loc, scale, shape);
    }

    SkewNormal {
        Arguments.of("skewNormal").finite("loc", loc).positive("scale", scale).finite("shape", alpha);
    }

    @Override
    public String name() {
        return "skewNormal";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(loc, scale, alpha);
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr deviation = x.minus(loc);
        Expr skew = logNormalCdf(deviation.times(scale.reciprocal()).times(alpha));
        // an infinite shape is none, though it has a limit: 0 alpha is NaN then
        return Normal.kernel(deviation, scale).plus(skew).plus(alpha.times(0).plus(HALF_LOG_2_OVER_PI));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        double delta = p[2] / Math.sqrt(1 + p[2] * p[2]);
        double rest = 1 / Math.sqrt(1 + p[2] * p[2]);
        return p[0] + p[1] * (delta * Math.abs(Draws.normal(random)) + rest * Draws.normal(random));
    }
}

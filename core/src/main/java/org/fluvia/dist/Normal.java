package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logNormalCcdf;
import static org.fluvia.autodiff.Functions.logNormalCdf;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#normal(Expr, Expr)}. */
record Normal(Expr loc, Expr scale) implements Cumulative {

    /**
     * Normal: -((x - loc) / scale)^2 / 2 - log(scale) - log(2 pi) / 2 for real x; scale > 0 is the standard deviation.
     */
    @Listed(stan = "normal", example = {"0", "1"})
    static Distribution normal(Expr loc, Expr scale) {
        return new Normal(loc, scale);
    }

    Normal {
        Arguments.of("normal").finite("loc", loc).positive("scale", scale);
    }

    @Override
    public String name() {
        return "normal";
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
        return kernel(x.minus(loc), scale).minus(HALF_LOG_2PI);
    }

    /**
     * -(deviation / scale)^2 / 2 - log scale. A scalar scale stays outside the square, so that the sum is a dot product of
     * the deviations; it is multiplied twice, because the square of a small scale is 0.
     */
    static Expr kernel(Expr deviation, Expr scale) {
        Expr inverse = scale.reciprocal();
        Expr square = scale.shape().isScalar()
                ? deviation.square().times(inverse.times(-0.5)).times(inverse)
                : deviation.times(inverse).square().times(-0.5);
        return square.minus(scale.log());
    }

    @Override
    public Expr logCdf(Expr x) {
        return logNormalCdf(standard(x));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return logNormalCcdf(standard(x));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[0] + p[1] * Draws.normal(random);
    }

    private Expr standard(Expr x) {
        return x.minus(loc).times(scale.reciprocal());
    }
}

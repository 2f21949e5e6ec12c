package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#halfNormal(Expr)}. */
record HalfNormal(Expr scale) implements Univariate {
    /** log(2 / pi) / 2. */
    private static final double HALF_LOG_TWO_OVER_PI = -0.22579135264472743236;

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
        return Terms.within(support(), x, v -> Normal.kernel(v, scale).plus(HALF_LOG_TWO_OVER_PI));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Math.abs(p[0] * Draws.normal(random));
    }
}

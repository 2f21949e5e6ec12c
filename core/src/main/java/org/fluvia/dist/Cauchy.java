package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#cauchy(Expr, Expr)}. */
record Cauchy(Expr loc, Expr scale) implements Univariate {
    private static final double LOG_PI = 1.14472988584940017414;

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
    public double sample(RandomGenerator random, double[] p) {
        return p[0] + p[1] * Draws.cauchy(random);
    }
}

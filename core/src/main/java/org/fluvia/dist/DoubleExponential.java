package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#doubleExponential(Expr, Expr)}. */
record DoubleExponential(Expr loc, Expr scale) implements Univariate {
    private static final double LOG_2 = 0.69314718055994530942;

    DoubleExponential {
        Arguments.of("doubleExponential").finite("loc", loc).positive("scale", scale);
    }

    @Override
    public String name() {
        return "doubleExponential";
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
        return x.minus(loc).abs().times(scale.reciprocal()).unaryMinus().minus(scale.log()).minus(LOG_2);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        double size = p[1] * Draws.exponential(random);
        return random.nextBoolean() ? p[0] + size : p[0] - size;
    }
}

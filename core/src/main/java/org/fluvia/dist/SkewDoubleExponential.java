package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#skewDoubleExponential(Expr, Expr, Expr)}. */
record SkewDoubleExponential(Expr loc, Expr scale, Expr tau) implements Univariate {
    private static final double LOG_2 = 0.69314718055994530942;

    SkewDoubleExponential {
        Arguments.of("skewDoubleExponential").finite("loc", loc).positive("scale", scale).proportion("tau", tau);
    }

    @Override
    public String name() {
        return "skewDoubleExponential";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(loc, scale, tau);
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr deviation = x.minus(loc);
        Expr rate = Expr.where(deviation.lt(0), Expr.of(1).minus(tau), tau).times(-2);
        Expr constant = tau.log().plus(tau.unaryMinus().log1p()).minus(scale.log()).plus(LOG_2);
        return deviation.abs().times(scale.reciprocal()).times(rate).plus(constant);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        double size = 0.5 * p[1] * Draws.exponential(random);
        return Draws.uniform(random) < p[2] ? p[0] - size / (1 - p[2]) : p[0] + size / p[2];
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1m;
import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#doubleExponential(Expr, Expr)}. */
record DoubleExponential(Expr loc, Expr scale) implements Cumulative {
    /** Double exponential, or Laplace: -|x - loc| / scale - log(2 scale) for real x; scale > 0. */
    @Listed(stan = "double_exponential", example = {"0", "1"})
    static Distribution doubleExponential(Expr loc, Expr scale) {
        return new DoubleExponential(loc, scale);
    }

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
    public Expr logCdf(Expr x) {
        return tail(loc.minus(x));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return tail(x.minus(loc));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        double size = p[1] * Draws.exponential(random);
        return random.nextBoolean() ? p[0] + size : p[0] - size;
    }

    /** log P(X > deviation). */
    private Expr tail(Expr deviation) {
        Expr z = deviation.times(scale.reciprocal());
        Expr zero = Expr.of(0);
        return Expr.where(z.lt(0), log1m(z.min(zero).exp().times(0.5)), z.max(zero).unaryMinus().minus(LOG_2));
    }
}

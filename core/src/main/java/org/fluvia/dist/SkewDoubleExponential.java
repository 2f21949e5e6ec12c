package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1m;
import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#skewDoubleExponential(Expr, Expr, Expr)}. */
record SkewDoubleExponential(Expr loc, Expr scale, Expr tau) implements Cumulative {
    /**
     * Skew double exponential, or asymmetric Laplace: log(2 tau (1 - tau)) - log(scale) - 2 w |x - loc| / scale for real x,
     * where w is 1 - tau below loc and tau above; scale > 0, tau from 0 to 1 is the probability below loc. At tau = 0 and 1
     * the log-density is minus infinity.
     */
    @Listed(stan = "skew_double_exponential", example = {"0", "1", "0.3"})
    static Distribution skewDoubleExponential(Expr loc, Expr scale, Expr tau) {
        return new SkewDoubleExponential(loc, scale, tau);
    }

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
        Expr constant = tau.log().plus(log1m(tau)).minus(scale.log()).plus(LOG_2);
        return deviation.abs().times(scale.reciprocal()).times(rate).plus(constant);
    }

    @Override
    public Expr logCdf(Expr x) {
        return tail(loc.minus(x), Expr.of(1).minus(tau), tau, tau.log());
    }

    @Override
    public Expr logCcdf(Expr x) {
        return tail(x.minus(loc), tau, Expr.of(1).minus(tau), log1m(tau));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        double size = 0.5 * p[1] * Draws.exponential(random);
        return Draws.uniform(random) < p[2] ? p[0] - size / (1 - p[2]) : p[0] + size / p[2];
    }

    /** log P(X > deviation), where above is the weight of what is above the location, below that of what is below. */
    private Expr tail(Expr deviation, Expr above, Expr below, Expr logBelow) {
        Expr z = deviation.times(scale.reciprocal()).times(2);
        Expr zero = Expr.of(0);
        Expr negative = z.min(zero).times(below);
        Expr middle = Tails.log(below.minus(above.times(negative.expm1())), above.times(negative.exp()));
        return Expr.where(z.lt(0), middle, logBelow.minus(z.max(zero).times(above)));
    }
}

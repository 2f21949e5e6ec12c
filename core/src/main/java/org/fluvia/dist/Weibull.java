package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#weibull(Expr, Expr)}. */
record Weibull(Expr alpha, Expr scale) implements Cumulative {
    /**
     * Weibull: log(shape / scale) + (shape - 1) log(x / scale) - (x / scale)^shape for x >= 0; shape > 0, scale > 0. At 0
     * the log-density is its limit: infinite unless shape = 1.
     */
    @Listed(stan = "weibull", example = {"2", "1"})
    static Distribution weibull(Expr shape, Expr scale) {
        return new Weibull(shape, scale);
    }

    Weibull {
        Arguments.of("weibull").positive("shape", alpha).positive("scale", scale);
    }

    @Override
    public String name() {
        return "weibull";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(alpha, scale);
    }

    @Override
    public Support support() {
        return Support.lower(0);
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr logScale = scale.log();
        return Terms.within(support(), x, v -> {
            // (v / scale)^alpha; at 0 of a ratio of 1, which is taken away again, as log 0 has no derivative
            Expr zero = v.eq(0);
            Expr logRatio = v.plus(zero).log().minus(logScale).times(Expr.of(1).minus(zero));
            Expr power = logRatio.times(alpha).exp().minus(zero);
            return Terms.timesLog(alpha.minus(1), v).minus(alpha.times(logScale)).plus(alpha.log()).minus(power);
        });
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> Tails.log1mExpOfMinusExp(logPower(v)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> logPower(v).exp().unaryMinus());
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[1] * StrictMath.pow(Draws.exponential(random), 1 / p[0]);
    }

    private Expr logPower(Expr v) {
        return v.log().minus(scale.log()).times(alpha);
    }
}

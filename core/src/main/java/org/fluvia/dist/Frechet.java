package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#frechet(Expr, Expr)}. */
record Frechet(Expr alpha, Expr scale) implements Cumulative {
    /**
     * Frechet, the reciprocal of a Weibull number: log(shape / scale) - (shape + 1) log(x / scale) - (x / scale)^-shape for
     * x > 0; shape > 0, scale > 0.
     */
    @Listed(stan = "frechet", example = {"3", "1"})
    static Distribution frechet(Expr shape, Expr scale) {
        return new Frechet(shape, scale);
    }

    Frechet {
        Arguments.of("frechet").positive("shape", alpha).positive("scale", scale);
    }

    @Override
    public String name() {
        return "frechet";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(alpha, scale);
    }

    @Override
    public Support support() {
        return Support.positive();
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> {
            Expr log = v.log();
            Expr logPower = scale.log().minus(log).times(alpha); // of (v / scale)^-alpha
            return logPower.minus(log).plus(alpha.log()).minus(logPower.exp());
        });
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> logPower(v).exp().unaryMinus());
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> Tails.log1mExpOfMinusExp(logPower(v)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.above0(p[1] * StrictMath.pow(Draws.exponential(random), -1 / p[0]));
    }

    /** log((v / scale)^-shape). */
    private Expr logPower(Expr v) {
        return scale.log().minus(v.log()).times(alpha);
    }
}

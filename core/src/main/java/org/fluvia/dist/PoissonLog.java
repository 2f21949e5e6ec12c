package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logGammaP;
import static org.fluvia.autodiff.Functions.logGammaQ;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#poissonLog(Expr)}. */
record PoissonLog(Expr logRate) implements Cumulative {
    /** Below, exp(logRate) is so small that all but the first term of P(k + 1, exp(logRate)) is nothing. */
    private static final double TINY = -500;

    /** Poisson with a log-rate: x logRate - exp(logRate) - log x! for whole x from 0. */
    @Listed(stan = "poisson_log", example = "1")
    static Distribution poissonLog(Expr logRate) {
        return new PoissonLog(logRate);
    }

    PoissonLog {
        Arguments.of("poissonLog").finite("logRate", logRate);
    }

    @Override
    public String name() {
        return "poissonLog";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(logRate);
    }

    @Override
    public Support support() {
        return Support.whole();
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> v.times(logRate).minus(logRate.exp()).minus(v.plus(1).lgamma()));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), null, x, k -> logGammaQ(k.plus(1), logRate.exp()));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), null, x, k -> {
            Expr least = Expr.of(TINY);
            Expr first = k.plus(1).times(logRate).minus(k.plus(2).lgamma());
            return Expr.where(logRate.lt(least), first, logGammaP(k.plus(1), logRate.max(least).exp()));
        });
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.poisson(random, StrictMath.exp(p[0]));
    }
}

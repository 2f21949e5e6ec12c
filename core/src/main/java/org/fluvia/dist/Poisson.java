package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logGammaP;
import static org.fluvia.autodiff.Functions.logGammaQ;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#poisson(Expr)}. */
record Poisson(Expr rate) implements Cumulative {
    /**
     * Poisson: x log(rate) - rate - log x! for whole x from 0; rate >= 0. See {@link Distributions#poissonLog(Expr)
     * poissonLog} for regressions.
     */
    @Listed(stan = "poisson", example = "3")
    static Distribution poisson(Expr rate) {
        return new Poisson(rate);
    }

    Poisson {
        Arguments.of("poisson").notNegative("rate", rate);
    }

    @Override
    public String name() {
        return "poisson";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(rate);
    }

    @Override
    public Support support() {
        return Support.whole();
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> Terms.timesLog(v, rate).minus(rate).minus(v.plus(1).lgamma()));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), null, x, k -> logGammaQ(k.plus(1), rate));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), null, x, k -> logGammaP(k.plus(1), rate));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.poisson(random, p[0]);
    }
}

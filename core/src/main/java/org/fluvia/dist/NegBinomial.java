package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logBetaPrimeCdf;
import static org.fluvia.autodiff.Functions.logRisingFactorial;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#negBinomial(Expr, Expr)}. */
record NegBinomial(Expr alpha, Expr rate) implements Cumulative {
    NegBinomial {
        Arguments.of("negBinomial").positive("shape", alpha).positive("rate", rate);
    }

    @Override
    public String name() {
        return "negBinomial";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(alpha, rate);
    }

    @Override
    public Support support() {
        return Support.whole();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr none = rate.reciprocal().log1p().times(alpha);
        return Terms.within(support(), x, v -> logRisingFactorial(alpha, v).minus(v.plus(1).lgamma())
                .minus(v.times(rate.log1p())).minus(none));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), null, x, k -> logBetaPrimeCdf(alpha, k.plus(1), rate));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), null, x, k -> logBetaPrimeCdf(k.plus(1), alpha, rate.reciprocal()));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.poisson(random, Draws.gamma(random, p[0]) / p[1]);
    }
}

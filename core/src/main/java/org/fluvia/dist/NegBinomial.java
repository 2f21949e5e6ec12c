package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logBetaPrimeCdf;
import static org.fluvia.autodiff.Functions.logRisingFactorial;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#negBinomial(Expr, Expr)}. */
record NegBinomial(Expr alpha, Expr rate) implements Cumulative {
    /**
     * Negative binomial, a Poisson number with a gamma distributed rate: log Gamma(x + shape) - log Gamma(shape) - log x! -
     * shape log(1 + 1 / rate) - x log(1 + rate) for whole x from 0; shape > 0, rate > 0, the mean is shape / rate. In
     * Stan it is {@code neg_binomial(alpha, beta)}.
     */
    @Listed(stan = "neg_binomial", example = {"2", "0.5"})
    static Distribution negBinomial(Expr shape, Expr rate) {
        return new NegBinomial(shape, rate);
    }

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

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logBetaPrimeCdf;
import static org.fluvia.autodiff.Functions.logRisingFactorial;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#negBinomial2(Expr, Expr)}. */
record NegBinomial2(Expr mu, Expr phi) implements Cumulative {
    /**
     * Negative binomial by its mean and precision: log Gamma(x + phi) - log Gamma(phi) - log x! + x log(mu / (mu + phi)) -
     * phi log(1 + mu / phi) for whole x from 0; mu > 0, phi > 0. The variance is mu + mu^2 / phi; for large phi it is
     * Poisson. See {@link Distributions#negBinomial2Log(Expr, Expr) negBinomial2Log} for regressions.
     */
    @Listed(stan = "neg_binomial_2", example = {"3", "2"})
    static Distribution negBinomial2(Expr mu, Expr phi) {
        return new NegBinomial2(mu, phi);
    }

    NegBinomial2 {
        Arguments.of("negBinomial2").positive("mu", mu).positive("phi", phi);
    }

    @Override
    public String name() {
        return "negBinomial2";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(mu, phi);
    }

    @Override
    public Support support() {
        return Support.whole();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr none = mu.div(phi).log1p().times(phi);
        Expr logRatio = mu.log().minus(mu.plus(phi).log());
        return Terms.within(support(), x, v -> logRisingFactorial(phi, v).minus(v.plus(1).lgamma())
                .plus(v.times(logRatio)).minus(none));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), null, x, k -> logBetaPrimeCdf(phi, k.plus(1), phi.div(mu)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), null, x, k -> logBetaPrimeCdf(k.plus(1), phi, mu.div(phi)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.poisson(random, Draws.gamma(random, p[1]) / p[1] * p[0]);
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logRisingFactorial;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#negBinomial2Log(Expr, Expr)}. */
record NegBinomial2Log(Expr eta, Expr phi) implements Cumulative {
    /**
     * Negative binomial by the logarithm of its mean: {@link Distributions#negBinomial2(Expr, Expr) negBinomial2}(x |
     * exp(eta), phi) for whole x from 0; phi > 0.
     */
    @Listed(stan = "neg_binomial_2_log", example = {"1", "2"})
    static Distribution negBinomial2Log(Expr eta, Expr phi) {
        return new NegBinomial2Log(eta, phi);
    }

    NegBinomial2Log {
        Arguments.of("negBinomial2Log").finite("eta", eta).positive("phi", phi);
    }

    @Override
    public String name() {
        return "negBinomial2Log";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(eta, phi);
    }

    @Override
    public Support support() {
        return Support.whole();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr logPhi = phi.log();
        Expr excess = eta.minus(logPhi).softplus(); // log(1 + mu / phi)
        return Terms.within(support(), x, v -> logRisingFactorial(phi, v).minus(v.plus(1).lgamma())
                .plus(v.times(eta.minus(logPhi).minus(excess))).minus(phi.times(excess)));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), null, x, k -> Tails.betaPrime(phi, k.plus(1), phi.log().minus(eta)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), null, x, k -> Tails.betaPrime(k.plus(1), phi, eta.minus(phi.log())));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.poisson(random, Draws.gamma(random, p[1]) / p[1] * StrictMath.exp(p[0]));
    }
}

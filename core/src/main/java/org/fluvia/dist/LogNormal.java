package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logNormalCcdf;
import static org.fluvia.autodiff.Functions.logNormalCdf;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#logNormal(Expr, Expr)}. */
record LogNormal(Expr mu, Expr sigma) implements Cumulative {
    /**
     * Log-normal, exp of a normal number: -((log x - mu) / sigma)^2 / 2 - log(x) - log(sigma) - log(2 pi) / 2 for x > 0;
     * sigma > 0. mu and sigma are the mean and standard deviation of log x.
     */
    @Listed(stan = "lognormal", example = {"0", "1"})
    static Distribution logNormal(Expr mu, Expr sigma) {
        return new LogNormal(mu, sigma);
    }

    LogNormal {
        Arguments.of("logNormal").finite("mu", mu).positive("sigma", sigma);
    }

    @Override
    public String name() {
        return "logNormal";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(mu, sigma);
    }

    @Override
    public Support support() {
        return Support.positive();
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> {
            Expr log = v.log();
            return Normal.kernel(log.minus(mu), sigma).minus(log).minus(HALF_LOG_2PI);
        });
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> logNormalCdf(standard(v)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> logNormalCcdf(standard(v)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.above0(StrictMath.exp(p[0] + p[1] * Draws.normal(random)));
    }

    private Expr standard(Expr v) {
        return v.log().minus(mu).times(sigma.reciprocal());
    }
}

package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#logNormal(Expr, Expr)}. */
record LogNormal(Expr mu, Expr sigma) implements Univariate {
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
            return Normal.kernel(log.minus(mu), sigma).minus(log).minus(Normal.HALF_LOG_TWO_PI);
        });
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.above0(StrictMath.exp(p[0] + p[1] * Draws.normal(random)));
    }
}

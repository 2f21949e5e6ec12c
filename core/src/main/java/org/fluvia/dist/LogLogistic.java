package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#logLogistic(Expr, Expr)}. */
record LogLogistic(Expr scale, Expr alpha) implements Univariate {
    LogLogistic {
        Arguments.of("logLogistic").positive("scale", scale).positive("shape", alpha);
    }

    @Override
    public String name() {
        return "logLogistic";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(scale, alpha);
    }

    @Override
    public Support support() {
        return Support.positive();
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> {
            Expr log = v.log();
            return Logistic.kernel(log.minus(scale.log()).times(alpha)).plus(alpha.log()).minus(log);
        });
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.above0(p[0] * StrictMath.exp(Draws.logistic(random) / p[1]));
    }
}

package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#pareto(Expr, Expr)}. */
record Pareto(Expr min, Expr alpha) implements Univariate {
    Pareto {
        Arguments.of("pareto").positive("min", min).positive("shape", alpha);
    }

    @Override
    public String name() {
        return "pareto";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(min, alpha);
    }

    @Override
    public Support support() {
        return Support.lower(min);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> {
            Expr log = v.log();
            return min.log().minus(log).times(alpha).minus(log).plus(alpha.log());
        });
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Math.max(p[0], Draws.above0(p[0] * StrictMath.exp(Draws.exponential(random) / p[1])));
    }
}

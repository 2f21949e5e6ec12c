package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#exponential(Expr)}. */
record Exponential(Expr rate) implements Univariate {
    Exponential {
        Arguments.of("exponential").positive("rate", rate);
    }

    @Override
    public String name() {
        return "exponential";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(rate);
    }

    @Override
    public Support support() {
        return Support.lower(0);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> rate.log().minus(v.times(rate)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.exponential(random) / p[0];
    }
}

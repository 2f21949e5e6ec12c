package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#poissonLog(Expr)}. */
record PoissonLog(Expr logRate) implements Univariate {
    PoissonLog {
        Arguments.of("poissonLog").finite("logRate", logRate);
    }

    @Override
    public String name() {
        return "poissonLog";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(logRate);
    }

    @Override
    public Support support() {
        return Support.whole();
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> v.times(logRate).minus(logRate.exp()).minus(v.plus(1).lgamma()));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.poisson(random, StrictMath.exp(p[0]));
    }
}

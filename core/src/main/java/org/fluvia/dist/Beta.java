package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#beta(Expr, Expr)}. */
record Beta(Expr a, Expr b) implements Univariate {
    Beta {
        Arguments.of("beta").positive("a", a).positive("b", b);
    }

    @Override
    public String name() {
        return "beta";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(a, b);
    }

    @Override
    public Support support() {
        return Support.interval(0, 1);
    }

    @Override
    public Expr logDensity(Expr x) {
        return logDensity(support(), x, a, b);
    }

    static Expr logDensity(Support unit, Expr x, Expr a, Expr b) {
        Expr logBeta = Terms.logBeta(a, b);
        return Terms.within(unit, x,
                v -> Terms.timesLog(a.minus(1), v).plus(Terms.timesLog1m(b.minus(1), v)).minus(logBeta));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.beta(random, p[0], p[1]);
    }
}

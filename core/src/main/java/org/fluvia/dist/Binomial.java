package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** {@link Distributions#binomial(Expr, Expr)}. */
record Binomial(Expr trials, Expr prob) implements Univariate {
    Binomial {
        Arguments.of("binomial").count("trials", trials).probability("prob", prob);
    }

    @Override
    public String name() {
        return "binomial";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(trials, prob);
    }

    @Override
    public Support support() {
        return Support.whole(trials);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> Terms.timesLog(v, prob).plus(Terms.timesLog1m(trials.minus(v), prob))
                .plus(Terms.logChoose(trials, v)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.binomial(random, p[0], p[1]);
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1m;
import static org.fluvia.autodiff.Functions.log1mExp;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#geometric(Expr)}. */
record Geometric(Expr prob) implements Cumulative {
    /**
     * Geometric, the number of failures before the first success: log(prob) + x log(1 - prob) for whole x from 0; 0 &lt;
     * prob &lt;= 1. In Stan {@code neg_binomial(1, prob / (1 - prob))}.
     */
    @Listed(example = "0.3")
    static Distribution geometric(Expr prob) {
        return new Geometric(prob);
    }

    Geometric {
        Arguments.of("geometric").positiveProportion("prob", prob);
    }

    @Override
    public String name() {
        return "geometric";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(prob);
    }

    @Override
    public Support support() {
        return Support.whole();
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> Terms.timesLog1m(v, prob).plus(prob.log()));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), null, x, k -> log1mExp(k.plus(1).times(log1m(prob))));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), null, x, k -> k.plus(1).times(log1m(prob)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[0] < 1 ? Math.floor(-Draws.exponential(random) / StrictMath.log1p(-p[0])) : 0;
    }
}

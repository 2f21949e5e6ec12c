package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.floor;
import static org.fluvia.autodiff.Functions.log1m;
import static org.fluvia.autodiff.Functions.log1mExp;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** Failures before the first success: a distribution of counts as a user would write it. */
record Waiting(Expr prob) implements Cumulative {
    @Override
    public String name() {
        return "waiting";
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
        return Terms.within(support(), x, v -> v.times(log1m(prob)).plus(prob.log()));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Expr.where(x.lt(0), Expr.of(Double.NEGATIVE_INFINITY), log1mExp(logCcdf(x.max(Expr.of(0)))));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return floor(x.max(Expr.of(-1))).plus(1).times(log1m(prob));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Math.floor(-Draws.exponential(random) / StrictMath.log1p(-p[0]));
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1mExp;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#pareto(Expr, Expr)}. */
record Pareto(Expr min, Expr alpha) implements Cumulative {
    /** Pareto: log(shape) + shape log(min) - (shape + 1) log(x) for x >= min; min > 0, shape > 0. */
    @Listed(stan = "pareto", example = {"1", "2"})
    static Distribution pareto(Expr min, Expr shape) {
        return new Pareto(min, shape);
    }

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
    public Expr logCdf(Expr x) {
        return Tails.cdf(min, x, v -> log1mExp(logAbove(v)));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(min, x, this::logAbove);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Math.max(p[0], Draws.above0(p[0] * StrictMath.exp(Draws.exponential(random) / p[1])));
    }

    /** log of (min / v)^shape, accurate for v near min. */
    private Expr logAbove(Expr v) {
        return v.minus(min).div(min).log1p().times(alpha.unaryMinus());
    }
}

package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logBetaPrimeCdf;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#binomial(Expr, Expr)}. */
record Binomial(Expr trials, Expr prob) implements Cumulative {
    private static final Expr MINUS_INFINITY = Expr.of(Double.NEGATIVE_INFINITY);

    /**
     * Binomial: log(trials over x) + x log(prob) + (trials - x) log(1 - prob) for whole x from 0 to trials; prob from 0 to
     * 1. See {@link Distributions#binomialLogit(Expr, Expr) binomialLogit} for regressions.
     */
    @Listed(stan = "binomial", example = {"10", "0.3"})
    static Distribution binomial(Expr trials, Expr prob) {
        return new Binomial(trials, prob);
    }

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
    public Expr logCdf(Expr x) {
        return Tails.wholeCdf(Expr.of(0), trials, x, k -> between(k.times(0), MINUS_INFINITY,
                p -> logBetaPrimeCdf(beyond(k, trials), k.plus(1), Expr.of(1).minus(p).div(p))));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.wholeCcdf(Expr.of(0), trials, x, k -> between(MINUS_INFINITY, k.times(0),
                p -> logBetaPrimeCdf(k.plus(1), beyond(k, trials), p.div(Expr.of(1).minus(p)))));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.binomial(random, p[0], p[1]);
    }

    /** A function of prob, which does not see 0 and 1, where the odds are 0 or infinite. */
    private Expr between(Expr at0, Expr at1, UnaryOperator<Expr> formula) {
        Expr zero = prob.eq(0);
        Expr one = prob.eq(1);
        Expr value = formula.apply(Expr.where(zero.plus(one), Expr.of(0.5), prob));
        return Expr.where(zero, at0, Expr.where(one, at1, value));
    }

    /** The trials beyond k, of which there is one at least. */
    static Expr beyond(Expr k, Expr trials) {
        return trials.minus(k).max(Expr.of(1));
    }
}

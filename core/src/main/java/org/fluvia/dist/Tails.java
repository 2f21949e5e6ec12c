package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.floor;
import static org.fluvia.autodiff.Functions.lbeta;
import static org.fluvia.autodiff.Functions.log1m;
import static org.fluvia.autodiff.Functions.log1mExp;
import static org.fluvia.autodiff.Functions.logBetaPrimeCdf;

import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.jspecify.annotations.Nullable;

/** Parts of distribution functions. A branch that is not taken must have finite derivatives too, so its argument is cut. */
final class Tails {
    private static final Expr MINUS_INFINITY = Expr.of(Double.NEGATIVE_INFINITY);
    private static final Expr INFINITY = Expr.of(Double.POSITIVE_INFINITY);
    /** exp of less has no effect on 1. */
    private static final double NEGLIGIBLE = -40;

    /** Beyond such log odds only the first term of an incomplete beta function counts. */
    private static final double FAR = 500;

    private Tails() {}

    /** log p of a probability and its complement, each of which is accurate where it is small. */
    static Expr log(Expr p, Expr complement) {
        Expr cut = Expr.of(0.6); // above 1/2, so that either branch has a derivative where p is about 1/2
        return Expr.where(p.lt(0.5), p.min(cut).log(), log1m(complement.min(cut)));
    }

    /** log(1 - exp(-exp(t))). */
    static Expr log1mExpOfMinusExp(Expr t) {
        Expr cut = Expr.of(NEGLIGIBLE);
        return Expr.where(t.lt(cut), t.min(cut), log1mExp(t.max(cut).exp().unaryMinus()));
    }

    /** log I_p(a, b) by the logarithm of the odds p / (1 - p); far out by the first term of its series. */
    static Expr betaPrime(Expr a, Expr b, Expr logOdds) {
        Expr least = logOdds.min(Expr.of(-FAR));
        Expr most = logOdds.max(Expr.of(FAR));
        Expr constant = lbeta(a, b);
        Expr first = least.times(a).minus(a.log()).minus(constant);
        Expr last = log1mExp(most.times(b).plus(b.log()).plus(constant).unaryMinus());
        Expr middle = logBetaPrimeCdf(a, b, logOdds.clamp(-FAR, FAR).exp());
        return Expr.where(logOdds.lt(-FAR), first, Expr.where(Expr.of(FAR).lt(logOdds), last, middle));
    }

    /** log P(X <= x) of continuous X from a bound on. The formula sees only finite values above it. */
    static Expr cdf(Expr bound, Expr x, UnaryOperator<Expr> formula) {
        return within(x.le(bound), bound.plus(1), x.eq(INFINITY), x, MINUS_INFINITY, Expr.of(0), formula);
    }

    /** log P(X > x) of continuous X from a bound on. */
    static Expr ccdf(Expr bound, Expr x, UnaryOperator<Expr> formula) {
        return within(x.le(bound), bound.plus(1), x.eq(INFINITY), x, Expr.of(0), MINUS_INFINITY, formula);
    }

    /** log P(X <= x) of continuous X between two bounds. */
    static Expr cdf(Expr low, Expr high, Expr x, UnaryOperator<Expr> formula) {
        return within(x.le(low), middle(low, high), high.le(x), x, MINUS_INFINITY, Expr.of(0), formula);
    }

    /** log P(X > x) of continuous X between two bounds. */
    static Expr ccdf(Expr low, Expr high, Expr x, UnaryOperator<Expr> formula) {
        return within(x.le(low), middle(low, high), high.le(x), x, Expr.of(0), MINUS_INFINITY, formula);
    }

    /**
     * log P(X <= x) of whole X from a number on, to another if there is one. The formula sees whole numbers from the first
     * up to the last but one.
     */
    static Expr wholeCdf(Expr first, @Nullable Expr last, Expr x, UnaryOperator<Expr> formula) {
        Expr k = floor(x);
        return within(k.lt(first), first, (last == null ? INFINITY : last).le(k), k, MINUS_INFINITY, Expr.of(0), formula);
    }

    /** log P(X > x) of whole X from a number on, to another if there is one. */
    static Expr wholeCcdf(Expr first, @Nullable Expr last, Expr x, UnaryOperator<Expr> formula) {
        Expr k = floor(x);
        return within(k.lt(first), first, (last == null ? INFINITY : last).le(k), k, Expr.of(0), MINUS_INFINITY, formula);
    }

    private static Expr middle(Expr low, Expr high) {
        return low.plus(high.minus(low).times(0.5));
    }

    private static Expr within(Expr isBelow, Expr inside, Expr isAbove, Expr x, Expr below, Expr above,
                               UnaryOperator<Expr> formula) {
        Expr value = formula.apply(Expr.where(isBelow.plus(isAbove), inside, x));
        return Expr.where(isBelow, below, Expr.where(isAbove, above, value));
    }
}

package org.fluvia.dist;

import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.op.Form;
import org.fluvia.support.Support;
import org.jspecify.annotations.Nullable;

/**
 * Parts of log-densities that need care at boundaries. A branch that is not taken must have a finite derivative too, as
 * zero times infinity is not zero.
 */
final class Terms {
    /** Together with {@link Double#MAX_VALUE}, a factor that makes infinity of every number but 0, which remains 0. */
    private static final double HUGE = 0x1p1023;

    private Terms() {}

    /**
     * A density inside a support, minus infinity outside, NaN for NaN. The formula sees only values inside.
     *
     * <p>For data and fixed bounds what is minus infinity is a term of its own, known before the draws, so that the sum over
     * observations still comes apart. Otherwise a choice between the two keeps the derivatives of what is outside at 0.
     */
    static Expr within(Support support, Expr x, UnaryOperator<Expr> formula) {
        Expr interior = support.interior(x.shape()); // NaN where a bound is
        Expr outside = x.eq(x).times(interior.eq(interior)).minus(support.contains(x)); // 0 where x or a bound is NaN
        Expr density = formula.apply(Expr.where(outside, interior, x));
        Expr minusInfinity = Expr.of(Double.NEGATIVE_INFINITY);
        if (outside.isPerDraw()) return Expr.where(outside, minusInfinity, density);
        return density.plus(Expr.where(outside, minusInfinity, Expr.of(0)));
    }

    /** The u of what was recorded as sigmoid(u), as a parameter between 0 and 1 is: its logarithms are known where it rounds to 0 or to 1. */
    static @Nullable Expr logit(Expr x) {
        Expr made = x;
        while (made.op().form() == Form.PARAMETER) made = made.operand(0);
        return made.op().form() == Form.SIGMOID ? made.operand(0) : null;
    }

    /** c log(x) for x >= 0, where 0 log 0 is 0; -c softplus(-u) for sigmoid(u). */
    static Expr timesLog(Expr c, Expr x) {
        Expr u = logit(x);
        if (u != null) return c.times(u.unaryMinus().softplus()).unaryMinus();
        Expr zero = x.eq(Expr.of(0));
        return c.times(x.plus(zero).log()).minus(infiniteWhere(zero, c));
    }

    /** c log(1 - x) for x <= 1, where 0 log 0 is 0; -c softplus(u) for sigmoid(u). */
    static Expr timesLog1m(Expr c, Expr x) {
        Expr u = logit(x);
        if (u != null) return c.times(u.softplus()).unaryMinus();
        Expr one = x.eq(Expr.of(1));
        return c.times(one.minus(x).log1p()).minus(infiniteWhere(one, c));
    }

    /** c times infinity where the condition is 1 and c is not 0, else 0. A product, so that it sums like one. */
    private static Expr infiniteWhere(Expr condition, Expr c) {
        return c.stopGradient().times(condition).times(Double.MAX_VALUE).times(HUGE);
    }

    /** log of the beta function. */
    static Expr logBeta(Expr a, Expr b) {
        return a.lgamma().plus(b.lgamma()).minus(a.plus(b).lgamma());
    }

    /** log of n over k. */
    static Expr logChoose(Expr n, Expr k) {
        return n.plus(1).lgamma().minus(k.plus(1).lgamma()).minus(n.minus(k).plus(1).lgamma());
    }
}

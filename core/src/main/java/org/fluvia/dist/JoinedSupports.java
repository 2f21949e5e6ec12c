package org.fluvia.dist;

import java.util.List;
import java.util.Objects;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Support;
import org.jspecify.annotations.Nullable;

/** Supports made of others. */
final class JoinedSupports {
    private static final double INF = Double.POSITIVE_INFINITY;

    private JoinedSupports() {}

    /**
     * A support that contains all of these, as tight as is known before the draws: where a bound is not a number but an
     * expression, it is left out, and what lies outside has density 0.
     */
    static Support union(List<Support> supports) {
        Support first = supports.get(0);
        if (supports.stream().allMatch(s -> s == first || s.equals(first))) return first;
        if (supports.stream().allMatch(Support::isDiscrete)) {
            double from = supports.stream().mapToDouble(s -> known(s.lowerBound(), -Double.MAX_VALUE)).min().orElse(0);
            double upper = supports.stream().mapToDouble(s -> known(s.upperBound(), Double.MAX_VALUE)).max().orElse(0);
            return from == 0 && upper == Double.MAX_VALUE ? Support.whole() : Support.whole(from, upper);
        }
        double lower = supports.stream().mapToDouble(JoinedSupports::lower).min().orElse(-INF);
        double upper = supports.stream().mapToDouble(JoinedSupports::upper).max().orElse(INF);
        return lower == -INF && upper == INF ? Support.real() : Support.interval(lower, upper);
    }

    /** The support and 0. */
    static Support with0(Support s) {
        if (s.isDiscrete()) return union(List.of(s, Support.whole(0)));
        double lower = lower(s);
        double upper = upper(s);
        return lower <= 0 && upper >= 0 && !s.isOpen() ? s : Support.interval(Math.min(lower, 0), Math.max(upper, 0));
    }

    /**
     * What of a support lies between bounds, as far as is known: an unknown bound of the support's own is left out where
     * another is given.
     */
    static Support between(Support s, @Nullable Expr lower, @Nullable Expr upper) {
        if (s.isDiscrete()) return upper == null ? s : Support.whole(Objects.requireNonNull(s.lowerBound()), finite(upper));
        boolean open = s.isOpen() && (lower == null || known(lower, INF) <= lower(s));
        if (open && upper == null) return s;
        Expr from = tighter(lower, lower(s), true);
        Expr to = tighter(upper, upper(s), false);
        if (from == null) return to == null ? Support.real() : Support.upper(to);
        return to == null ? Support.lower(from) : Support.interval(from, to);
    }

    private static @Nullable Expr tighter(@Nullable Expr bound, double own, boolean lower) {
        if (bound == null) return Double.isInfinite(own) ? null : Expr.of(own);
        Expr b = finite(bound);
        return Double.isInfinite(own) ? b : lower ? b.max(Expr.of(own)) : b.min(Expr.of(own));
    }

    /** An infinite bound is beyond every number: that of some elements of an array. */
    private static Expr finite(Expr bound) {
        return bound.isPerDraw() ? bound : bound.max(Expr.of(-Double.MAX_VALUE)).min(Expr.of(Double.MAX_VALUE));
    }

    private static double lower(Support s) {
        return s.isDiscrete() ? -INF : known(s.lowerBound(), -INF);
    }

    private static double upper(Support s) {
        return s.isDiscrete() ? INF : known(s.upperBound(), INF);
    }

    private static double known(@Nullable Expr bound, double otherwise) {
        return bound == null || bound.isPerDraw() || !bound.shape().isScalar() ? otherwise : SharedValues.of(bound)[0];
    }
}

package org.fluvia.dist;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.SharedValues;
import org.jspecify.annotations.Nullable;

/** The bounds of truncation and censoring: each a scalar, or one for each element; null where there is none at all. */
final class Bounds {
    private Bounds() {}

    /** Null in place of a lower bound that is minus infinity everywhere. */
    static @Nullable Expr lower(Expr bound) {
        return isEverywhere(bound, Double.NEGATIVE_INFINITY) ? null : bound;
    }

    /** Null in place of an upper bound that is infinity everywhere. */
    static @Nullable Expr upper(Expr bound) {
        return isEverywhere(bound, Double.POSITIVE_INFINITY) ? null : bound;
    }

    private static boolean isEverywhere(Expr bound, double value) {
        return !bound.isPerDraw() && SharedValues.all(bound, b -> b == value);
    }

    /** Those that there are. */
    static List<Expr> of(@Nullable Expr lower, @Nullable Expr upper) {
        List<Expr> all = new ArrayList<>();
        if (lower != null) all.add(lower);
        if (upper != null) all.add(upper);
        return all;
    }

    static void check(String name, Distribution of, @Nullable Expr lower, @Nullable Expr upper) {
        List<Expr> bounds = of(lower, upper);
        Derived.checkShapes(name, of, bounds.toArray(new Expr[0]));
        for (Expr b : bounds) {
            ParameterChecks.each(name, b == lower ? "lower" : "upper", b, Constraint.NUMBER);
            if (b.isPerDraw()) continue;
            SharedValues.check(() -> checkNumbers(name, b == lower ? "lower" : "upper", b));
        }
        if (lower != null && upper != null) Arguments.of(name).below("lower", lower, "upper", upper);
    }

    private static void checkNumbers(String name, String argument, Expr bound) {
        double[] values = SharedValues.of(bound);
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                throw new IllegalArgumentException(name + ": " + argument + " must be a number, but was NaN" + Element.where(bound, i)
                        + ". Where there is no bound, use infinity.");
            }
        }
    }

    /** The last place that is not at or above a lower bound: of whole numbers, the one before the first that is. */
    static Expr before(Distribution d, Expr lower) {
        return d.isDiscrete() ? Functions.ceil(lower).minus(1) : lower;
    }

    /** log P(X <= bound), with a derivative of 0 where the bound is infinite. */
    static Expr logCdf(Distribution d, Expr bound) {
        return finite(bound) ? d.logCdf(bound) : atInfinity(bound, d.logCdf(inside(bound)), Double.NEGATIVE_INFINITY, 0);
    }

    /** log P(X > bound), with a derivative of 0 where the bound is infinite. */
    static Expr logCcdf(Distribution d, Expr bound) {
        return finite(bound) ? d.logCcdf(bound) : atInfinity(bound, d.logCcdf(inside(bound)), 0, Double.NEGATIVE_INFINITY);
    }

    private static boolean finite(Expr bound) {
        return bound.isPerDraw() || SharedValues.all(bound, Double::isFinite);
    }

    private static Expr inside(Expr bound) {
        return Expr.where(bound.isFinite(), bound, Expr.of(0));
    }

    private static Expr atInfinity(Expr bound, Expr value, double atMinusInfinity, double atInfinity) {
        Expr infinite = Expr.where(bound.lt(0), Expr.of(atMinusInfinity), Expr.of(atInfinity));
        return Expr.where(bound.isFinite(), value, infinite);
    }
}

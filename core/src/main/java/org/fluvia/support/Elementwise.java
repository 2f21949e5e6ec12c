package org.fluvia.support;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.op.Reach;
import org.jspecify.annotations.Nullable;

/** What the supports that transform each element by itself have in common. */
final class Elementwise {
    private Elementwise() {}

    /** The unconstrained vector in the value's shape. */
    static Expr shaped(Region region, Expr unconstrained, Shape shape) {
        if (unconstrained.shape().rank() > 1 || unconstrained.shape().size() != shape.size()) {
            throw new IllegalArgumentException(region + ": the unconstrained value must be a vector of " + shape.size()
                    + " for a value of shape " + shape + ", but has shape " + unconstrained.shape() + Source.suffix());
        }
        return unconstrained.reshape(shape);
    }

    /** Checks that a bound is a scalar or has the value's shape. */
    static void checkFits(Region region, String which, Expr bound, String name, Shape value) {
        if (!bound.shape().isScalar() && !bound.shape().equals(value)) {
            throw new IllegalArgumentException(region + ": the " + which + " of " + name + " must be a scalar or have its"
                    + " shape " + value + ", but has shape " + bound.shape() + Source.suffix());
        }
    }

    /** A shared bound's element for element i of a value. */
    static double element(Expr bound, int i) {
        return SharedValues.of(bound)[bound.shape().isScalar() ? 0 : i];
    }

    /** What elements between bounds run through; null if a bound differs from draw to draw. No bound is null. */
    static @Nullable Reach reach(@Nullable Expr lower, @Nullable Expr upper, Shape shape) {
        if (lower != null && lower.isPerDraw() || upper != null && upper.isPerDraw()) return null;
        double[] low = new double[shape.size()];
        double[] high = new double[shape.size()];
        double[] lows = lower == null ? new double[] {Double.NEGATIVE_INFINITY} : SharedValues.of(lower);
        double[] highs = upper == null ? new double[] {Double.POSITIVE_INFINITY} : SharedValues.of(upper);
        for (int i = 0; i < low.length; i++) {
            low[i] = lows[lows.length == 1 ? 0 : i];
            high[i] = highs[highs.length == 1 ? 0 : i];
        }
        return Reach.of(low, high);
    }

    /** What is wrong with an element: not finite, or else a constraint not met. */
    static String wrong(double x, String constraint) {
        return " must be " + (Double.isFinite(x) ? constraint : "finite") + ", but is " + Violations.number(x);
    }

    /** Checks that a bound's elements are finite, where they are known. */
    static void checkFinite(String support, Expr bound) {
        if (!bound.isPerDraw()) SharedValues.check(() -> checkEach(support, bound));
    }

    private static void checkEach(String support, Expr bound) {
        double[] values = SharedValues.of(bound);
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(support + ": the bound must be finite, but was " + values[i]
                        + where(bound, i) + ". Leave the bound out where there is none.");
            }
        }
    }

    /** " (upper[3], Model.java:12)": the element's name, if it has one, and the user's line. */
    static String where(Expr x, int element) {
        if (x.name() == null && x.shape().isScalar()) return Source.suffix();
        return " (" + x.shape().label(x.name() == null ? "element" : x.name(), element) + ", " + Source.suffix().substring(2);
    }

    /** A bound as people write it: a number, or its name. */
    static String text(Expr bound) {
        if (bound.name() != null) return bound.name();
        if (bound.isPerDraw()) return "a parameter";
        return bound.shape().isScalar() ? text(SharedValues.of(bound)[0]) : "an array";
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}

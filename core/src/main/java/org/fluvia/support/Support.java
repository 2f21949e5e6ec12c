package org.fluvia.support;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * The set of values that a quantity may take, and the transform between it and the unconstrained vectors on which
 * inference works. The transforms are those of the Stan Reference Manual ("Constraint transforms"), so that log-densities
 * with and without their Jacobians can be compared with Stan's.
 *
 * <p>Bounds are scalars or have the value's shape; they are data, or depend on parameters. As in Stan, a bound itself lies
 * inside; only {@link #positive()} excludes its end, 0. Infinite and missing values lie in no support. Immutable and
 * thread-safe.
 */
public sealed interface Support permits Real, Positive, Lower, Upper, Interval, Whole {

    /** All finite numbers. */
    static Support real() {
        return Real.REAL;
    }

    /** The finite numbers above 0. */
    static Support positive() {
        return Positive.POSITIVE;
    }

    /** The numbers from a bound on; all numbers if the bound is minus infinity. */
    static Support lower(double bound) {
        return bound == Double.NEGATIVE_INFINITY ? real() : lower(Expr.of(bound));
    }

    /** The numbers from a bound on. */
    static Support lower(Expr bound) {
        return Lower.of(bound);
    }

    /** The numbers up to a bound; all numbers if the bound is infinity. */
    static Support upper(double bound) {
        return bound == Double.POSITIVE_INFINITY ? real() : upper(Expr.of(bound));
    }

    /** The numbers up to a bound. */
    static Support upper(Expr bound) {
        return Upper.of(bound);
    }

    /** The numbers between two bounds; an infinite bound is no bound. */
    static Support interval(double lower, double upper) {
        if (lower == Double.NEGATIVE_INFINITY) return upper(upper);
        return upper == Double.POSITIVE_INFINITY ? lower(lower) : interval(Expr.of(lower), Expr.of(upper));
    }

    /** The numbers between two bounds. */
    static Support interval(Expr lower, Expr upper) {
        return Interval.of(lower, upper);
    }

    /** The numbers between two bounds. */
    static Support interval(double lower, Expr upper) {
        return lower == Double.NEGATIVE_INFINITY ? upper(upper) : interval(Expr.of(lower), upper);
    }

    /** The numbers between two bounds. */
    static Support interval(Expr lower, double upper) {
        return upper == Double.POSITIVE_INFINITY ? lower(lower) : interval(lower, Expr.of(upper));
    }

    /** The whole numbers from 0 on. */
    static Support whole() {
        return Whole.FROM_ZERO;
    }

    /** The whole numbers from 0 to a bound. */
    static Support whole(double upper) {
        return whole(Expr.of(upper));
    }

    /** The whole numbers from 0 to a bound. */
    static Support whole(Expr upper) {
        return Whole.upTo(upper);
    }

    /**
     * The length of the unconstrained vector of a value of this shape.
     *
     * @throws IllegalArgumentException if the support is of whole numbers, which no smooth map reaches
     */
    int unconstrainedSize(Shape shape);

    /**
     * Maps an unconstrained vector into this support, element by element.
     *
     * @param unconstrained a vector of {@link #unconstrainedSize} elements
     * @throws IllegalArgumentException if the vector's length or a bound's shape does not fit the value's shape, or if the
     *     support is of whole numbers
     */
    Constrained constrain(Expr unconstrained, Shape shape);

    /**
     * The unconstrained vector of a value: the inverse of {@link #constrain}. Infinite for a value on a bound, NaN outside.
     *
     * @throws IllegalArgumentException if the support is of whole numbers
     */
    Expr unconstrain(Expr value);

    /** 1 where an element lies in this support, else 0; in the common shape of the value and the bounds. */
    Expr contains(Expr value);

    /** A value inside, a scalar or of the bounds' shape: the image of 0 where there is a transform. NaN if a bound is. */
    Expr interior();
}

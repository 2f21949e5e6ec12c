package org.fluvia.support;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;
import org.jspecify.annotations.Nullable;

/**
 * The set of values that a quantity may take, and the transform between it and the unconstrained vectors on which
 * inference works. The transforms are those of the Stan Reference Manual ("Constraint transforms"), so that log-densities
 * with and without their Jacobians can be compared with Stan's.
 *
 * <p>A support is one of numbers, vectors or matrices, its <em>events</em>. Numbers may stand in any shape. Vectors take the
 * last axis of a shape and matrices the last two; the axes before them count independent events:
 *
 * <pre>{@code
 * Expr sigma = m.parameter("sigma", Support.positive(), 8);                    // 8 positive numbers
 * Expr theta = m.parameter("theta", Support.simplex(), 3);                     // a simplex of 3 elements
 * Expr phi = m.parameter("phi", Support.simplex(), 10, 3);                     // 10 of them
 * Expr L = m.parameter("L", Support.choleskyFactorCorr(), 4, 4);               // a 4 x 4 matrix
 * Expr b = m.parameter("b", Support.interval(Expr.of(0), Expr.of(1).minus(a)));  // below 1 - a
 * }</pre>
 *
 * <p>Bounds are scalars or have the value's shape; they are data, or depend on parameters. As in Stan, a bound itself lies
 * inside; only {@link #positive()} excludes its end, 0. Infinite and missing values lie in no support. Sums, lengths and
 * symmetry that a support demands may be off by 1e-8, as in Stan. Immutable and thread-safe.
 */
public sealed interface Support permits Real, Positive, Lower, Upper, Interval, Affine, Ordered, PositiveOrdered, Simplex,
        UnitVector, SumToZero, SumToZeroMatrix, CholeskyFactorCorr, CholeskyFactorCov, CorrMatrix, CovMatrix, Whole {

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

    /**
     * All finite numbers, made from an unconstrained number as offset + multiplier * u: a non-centred parametrisation. It
     * does not change the model, but how hard it is to fit. {@code real<offset=mu, multiplier=sigma>} in Stan.
     */
    static Support affine(double offset, double multiplier) {
        return affine(Expr.of(offset), Expr.of(multiplier));
    }

    /** All finite numbers, as offset + multiplier * u: see {@link #affine(double, double)}. */
    static Support affine(double offset, Expr multiplier) {
        return affine(Expr.of(offset), multiplier);
    }

    /** All finite numbers, as offset + multiplier * u: see {@link #affine(double, double)}. */
    static Support affine(Expr offset, double multiplier) {
        return affine(offset, Expr.of(multiplier));
    }

    /**
     * All finite numbers, as offset + multiplier * u: see {@link #affine(double, double)}.
     *
     * @param offset a scalar or of the value's shape
     * @param multiplier positive; a scalar or of the value's shape
     */
    static Support affine(Expr offset, Expr multiplier) {
        return Affine.of(offset, multiplier);
    }

    /** Vectors in ascending order. {@code ordered[K]} in Stan. */
    static Support ordered() {
        return Ordered.ORDERED;
    }

    /** Vectors of numbers from 0 in ascending order. {@code positive_ordered[K]} in Stan. */
    static Support positiveOrdered() {
        return PositiveOrdered.POSITIVE_ORDERED;
    }

    /** Vectors of numbers from 0 that sum to 1: probabilities. {@code simplex[K]} in Stan. */
    static Support simplex() {
        return Simplex.SIMPLEX;
    }

    /** Vectors of length 1: directions. {@code unit_vector[K]} in Stan. */
    static Support unitVector() {
        return UnitVector.UNIT_VECTOR;
    }

    /** Vectors that sum to 0. {@code sum_to_zero_vector[K]} in Stan. */
    static Support sumToZero() {
        return SumToZero.SUM_TO_ZERO;
    }

    /** Matrices whose rows and columns sum to 0. {@code sum_to_zero_matrix[N, M]} in Stan. */
    static Support sumToZeroMatrix() {
        return SumToZeroMatrix.SUM_TO_ZERO_MATRIX;
    }

    /** Cholesky factors of correlation matrices, K x K. {@code cholesky_factor_corr[K]} in Stan. */
    static Support choleskyFactorCorr() {
        return CholeskyFactorCorr.CHOLESKY_FACTOR_CORR;
    }

    /**
     * Cholesky factors of covariance matrices, K x K, or M x N with M >= N. {@code cholesky_factor_cov[K]} and
     * {@code cholesky_factor_cov[M, N]} in Stan.
     */
    static Support choleskyFactorCov() {
        return CholeskyFactorCov.CHOLESKY_FACTOR_COV;
    }

    /** Correlation matrices, K x K. {@code corr_matrix[K]} in Stan; {@link #choleskyFactorCorr} is faster and goes further. */
    static Support corrMatrix() {
        return CorrMatrix.CORR_MATRIX;
    }

    /** Covariance matrices, K x K. {@code cov_matrix[K]} in Stan; {@link #choleskyFactorCov} is faster and goes further. */
    static Support covMatrix() {
        return CovMatrix.COV_MATRIX;
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
        return whole(Expr.of(0), upper);
    }

    /** The whole numbers from a bound to another: categories are {@code whole(1, K)}. */
    static Support whole(double lower, double upper) {
        return whole(Expr.of(lower), Expr.of(upper));
    }

    /** The whole numbers from a bound to another. */
    static Support whole(Expr lower, Expr upper) {
        return Whole.between(lower, upper);
    }

    /** The number of trailing axes of a shape that make one event: 0 for numbers, 1 for vectors, 2 for matrices. */
    default int eventRank() {
        return 0;
    }

    /**
     * Checks that a value of this shape can lie in this support.
     *
     * @param name the value's, for the message
     * @throws IllegalArgumentException if it cannot: a simplex of one element, say, or a correlation matrix that is not square
     */
    void checkShape(String name, Shape shape);

    /**
     * The length of the unconstrained vector of a value of this shape.
     *
     * @throws IllegalArgumentException if no value has this shape, or if the support is of whole numbers, which no smooth map
     *     reaches
     */
    int unconstrainedSize(Shape shape);

    /**
     * Maps an unconstrained vector into this support: numbers one by one, otherwise event by event.
     *
     * @param unconstrained a vector of {@link #unconstrainedSize} elements
     * @throws IllegalArgumentException if the vector's length or a bound's shape does not fit the value's shape, or if the
     *     support is of whole numbers
     */
    Constrained constrain(Expr unconstrained, Shape shape);

    /**
     * The unconstrained vector of a value: the inverse of {@link #constrain}. Infinite for a value on the boundary, and
     * meaningless outside.
     *
     * @throws IllegalArgumentException if the support is of whole numbers
     */
    Expr unconstrain(Expr value);

    /**
     * 1 where an event lies in this support, else 0. For numbers in the common shape of the value and the bounds, otherwise
     * in the shape of the axes that count events.
     */
    Expr contains(Expr value);

    /**
     * Why a value does not lie in this support, in words such as "theta must sum to 1, but sums to 1.2". Empty if it does, or
     * if that differs from draw to draw.
     *
     * @param name the value's
     */
    Optional<String> violation(String name, Expr value);

    /**
     * A value inside of this shape; for numbers it may be a scalar or of the bounds' shape instead. The image of 0 where it
     * has one. NaN if a bound is.
     */
    Expr interior(Shape shape);

    /** What the elements of a value of this shape run through; null if bounds differ from draw to draw, or it is not known. */
    default @Nullable Reach reach(Shape shape) {
        return null;
    }

    /** The same support with each bound replaced by what the function makes of it. */
    default Support mapBounds(UnaryOperator<Expr> replacement) {
        return this;
    }
}

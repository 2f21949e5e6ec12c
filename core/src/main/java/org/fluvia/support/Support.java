package org.fluvia.support;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;
import org.fluvia.catalogue.build.Listed;
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
 * symmetry that a support demands may be off by 1e-8, as in Stan. {@link Supports} has them as a table. Immutable and thread-safe.
 */
public final class Support {
    private final Region region;

    private Support(Region region) {
        this.region = region;
    }

    /** All finite numbers: x = u. */
    @Listed(stan = "real")
    public static Support real() {
        return new Support(Real.REAL);
    }

    /** The finite numbers above 0: x = exp(u). {@code real<lower=0>} in Stan, where 0 lies inside. */
    @Listed(source = "Stan Reference Manual, Lower bounded scalar")
    public static Support positive() {
        return new Support(Positive.POSITIVE);
    }

    /** The numbers from a bound on, as {@link #lower(Expr)}; all numbers if the bound is minus infinity. */
    public static Support lower(double bound) {
        return bound == Double.NEGATIVE_INFINITY ? real() : lower(Expr.of(bound));
    }

    /** The numbers from a bound on: x = bound + exp(u). {@code real<lower=bound>} in Stan. */
    @Listed(stan = "lower", source = "Stan Reference Manual, Lower bounded scalar", example = "0")
    public static Support lower(Expr bound) {
        return new Support(Lower.of(bound));
    }

    /** The numbers up to a bound, as {@link #upper(Expr)}; all numbers if the bound is infinity. */
    public static Support upper(double bound) {
        return bound == Double.POSITIVE_INFINITY ? real() : upper(Expr.of(bound));
    }

    /** The numbers up to a bound: x = bound - exp(u). {@code real<upper=bound>} in Stan. */
    @Listed(stan = "upper", source = "Stan Reference Manual, Upper bounded scalar", example = "1")
    public static Support upper(Expr bound) {
        return new Support(Upper.of(bound));
    }

    /** The numbers between two bounds, as {@link #interval(Expr, Expr)}; an infinite bound is no bound. */
    public static Support interval(double lower, double upper) {
        if (lower == Double.NEGATIVE_INFINITY) return upper(upper);
        return upper == Double.POSITIVE_INFINITY ? lower(lower) : interval(Expr.of(lower), Expr.of(upper));
    }

    /** The numbers between two bounds: x = lower + (upper - lower) sigmoid(u). {@code real<lower=a, upper=b>} in Stan. */
    @Listed(stan = "lower, upper", source = "Stan Reference Manual, Lower and upper bounded scalar",
            example = {"0", "1"})
    public static Support interval(Expr lower, Expr upper) {
        return new Support(Interval.of(lower, upper));
    }

    /** The numbers between two bounds, as {@link #interval(Expr, Expr)}; an infinite bound is no bound. */
    public static Support interval(double lower, Expr upper) {
        return lower == Double.NEGATIVE_INFINITY ? upper(upper) : interval(Expr.of(lower), upper);
    }

    /** The numbers between two bounds, as {@link #interval(Expr, Expr)}; an infinite bound is no bound. */
    public static Support interval(Expr lower, double upper) {
        return upper == Double.POSITIVE_INFINITY ? lower(lower) : interval(lower, Expr.of(upper));
    }

    /** All finite numbers, as offset + multiplier u: see {@link #affine(Expr, Expr)}. */
    public static Support affine(double offset, double multiplier) {
        return affine(Expr.of(offset), Expr.of(multiplier));
    }

    /** All finite numbers, as offset + multiplier u: see {@link #affine(Expr, Expr)}. */
    public static Support affine(double offset, Expr multiplier) {
        return affine(Expr.of(offset), multiplier);
    }

    /** All finite numbers, as offset + multiplier u: see {@link #affine(Expr, Expr)}. */
    public static Support affine(Expr offset, double multiplier) {
        return affine(offset, Expr.of(multiplier));
    }

    /**
     * All finite numbers, seen from an offset in units of a multiplier: x = offset + multiplier u. A non-centred
     * parametrisation, which does not change the model, but how hard it is to fit. {@code real<offset=mu, multiplier=sigma>} in
     * Stan.
     *
     * @param offset a scalar or of the value's shape
     * @param multiplier positive; a scalar or of the value's shape
     */
    @Listed(stan = "offset, multiplier", source = "Stan Reference Manual, Affinely transformed scalar", example = {"0", "2"})
    public static Support affine(Expr offset, Expr multiplier) {
        return new Support(Affine.of(offset, multiplier));
    }

    /** Vectors in ascending order: x[1] = u[1], x[k] = x[k - 1] + exp(u[k]). {@code ordered[K]} in Stan. */
    @Listed(stan = "ordered", source = "Stan Reference Manual, Ordered vector")
    public static Support ordered() {
        return new Support(Ordered.ORDERED);
    }

    /**
     * Vectors of numbers from 0 in ascending order: x[1] = exp(u[1]), x[k] = x[k - 1] + exp(u[k]). {@code positive_ordered[K]} in
     * Stan.
     */
    @Listed(stan = "positive_ordered", source = "Stan Reference Manual, Ordered vector")
    public static Support positiveOrdered() {
        return new Support(PositiveOrdered.POSITIVE_ORDERED);
    }

    /**
     * Vectors of numbers from 0 that sum to 1, probabilities: x[k] = sigmoid(u[k] - log(K - k)) of what x[1], ..., x[k - 1] leave
     * of 1. {@code simplex[K]} in Stan.
     */
    @Listed(stan = "simplex", source = "Stan Reference Manual (up to 2.36), Unit simplex")
    public static Support simplex() {
        return new Support(Simplex.SIMPLEX);
    }

    /** Vectors of length 1, directions: x = u / |u|. {@code unit_vector[K]} in Stan. */
    @Listed(stan = "unit_vector", source = "Stan Reference Manual, Unit vector")
    public static Support unitVector() {
        return new Support(UnitVector.UNIT_VECTOR);
    }

    /**
     * Vectors that sum to 0: x[k] = w[k] + ... + w[K - 1] - (k - 1) w[k - 1] with w[k] = u[k] / sqrt(k (k + 1)).
     * {@code sum_to_zero_vector[K]} in Stan.
     */
    @Listed(stan = "sum_to_zero_vector", source = "Stan Reference Manual (2.36), Zero sum vector; Egozcue et al. 2003")
    public static Support sumToZero() {
        return new Support(SumToZero.SUM_TO_ZERO);
    }

    /**
     * Matrices whose rows and columns sum to 0: the map of {@link #sumToZero() sumToZero} along the columns and then the rows.
     * {@code sum_to_zero_matrix[N, M]} in Stan.
     */
    @Listed(stan = "sum_to_zero_matrix", source = "Stan Reference Manual (2.37), Zero sum matrix")
    public static Support sumToZeroMatrix() {
        return new Support(SumToZeroMatrix.SUM_TO_ZERO_MATRIX);
    }

    /**
     * Cholesky factors of correlation matrices, K x K: rows of length 1 from partial correlations tanh(u).
     * {@code cholesky_factor_corr[K]} in Stan.
     */
    @Listed(stan = "cholesky_factor_corr",
            source = "Stan Reference Manual, Cholesky factors of correlation matrices; Lewandowski, Kurowicka and Joe 2009")
    public static Support choleskyFactorCorr() {
        return new Support(CholeskyFactorCorr.CHOLESKY_FACTOR_CORR);
    }

    /**
     * Cholesky factors of covariance matrices, K x K, or M x N with M >= N: L[i,i] = exp(u), and u below the diagonal.
     * {@code cholesky_factor_cov[K]} and {@code cholesky_factor_cov[M, N]} in Stan.
     */
    @Listed(stan = "cholesky_factor_cov", source = "Stan Reference Manual, Cholesky factors of covariance matrices")
    public static Support choleskyFactorCov() {
        return new Support(CholeskyFactorCov.CHOLESKY_FACTOR_COV);
    }

    /**
     * Correlation matrices, K x K: L L' of the Cholesky factor. {@code corr_matrix[K]} in Stan; {@link #choleskyFactorCorr} is
     * faster and goes further.
     */
    @Listed(stan = "corr_matrix",
            source = "Stan Reference Manual, Correlation matrices; Lewandowski, Kurowicka and Joe 2009")
    public static Support corrMatrix() {
        return new Support(CorrMatrix.CORR_MATRIX);
    }

    /**
     * Covariance matrices, K x K: L L' of the Cholesky factor. {@code cov_matrix[K]} in Stan; {@link #choleskyFactorCov} is faster
     * and goes further.
     */
    @Listed(stan = "cov_matrix", source = "Stan Reference Manual, Covariance matrices")
    public static Support covMatrix() {
        return new Support(CovMatrix.COV_MATRIX);
    }

    /** The whole numbers from 0 on, as counts are. {@code int<lower=0>} in Stan. */
    public static Support whole() {
        return new Support(Whole.FROM_ZERO);
    }

    /** The whole numbers from 0 to a bound: {@link #whole(Expr, Expr)} from 0. {@code int<lower=0, upper=n>} in Stan. */
    public static Support whole(double upper) {
        return whole(Expr.of(upper));
    }

    /** The whole numbers from 0 to a bound: {@link #whole(Expr, Expr)} from 0. {@code int<lower=0, upper=n>} in Stan. */
    public static Support whole(Expr upper) {
        return whole(Expr.of(0), upper);
    }

    /** The whole numbers from a bound to another, as {@link #whole(Expr, Expr)}: categories are {@code whole(1, K)}. */
    public static Support whole(double lower, double upper) {
        return whole(Expr.of(lower), Expr.of(upper));
    }

    /**
     * The whole numbers from a bound to another: no smooth map reaches them. {@code int<lower=a, upper=b>} in Stan; those without
     * an upper bound are {@link #whole()}.
     */
    @Listed(stan = "int", example = {"1", "5"})
    public static Support whole(Expr lower, Expr upper) {
        return new Support(Whole.between(lower, upper));
    }

    /** The number of trailing axes of a shape that make one event: 0 for numbers, 1 for vectors, 2 for matrices. */
    public int eventRank() {
        return region.eventRank();
    }

    /**
     * Checks that a value of this shape can lie in this support.
     *
     * @param name the value's, for the message
     * @throws IllegalArgumentException if it cannot: a simplex of one element, say, or a correlation matrix that is not square
     */
    public void checkShape(String name, Shape shape) {
        region.checkShape(name, shape);
    }

    /**
     * The length of the unconstrained vector of a value of this shape.
     *
     * @throws IllegalArgumentException if no value has this shape, or if the support is of whole numbers, which no smooth map
     *     reaches
     */
    public int unconstrainedSize(Shape shape) {
        return region.unconstrainedSize(shape);
    }

    /**
     * Maps an unconstrained vector into this support: numbers one by one, otherwise event by event.
     *
     * @param unconstrained a vector of {@link #unconstrainedSize} elements
     * @throws IllegalArgumentException if the vector's length or a bound's shape does not fit the value's shape, or if the
     *     support is of whole numbers
     */
    public Constrained constrain(Expr unconstrained, Shape shape) {
        return region.constrain(unconstrained, shape);
    }

    /**
     * The unconstrained vector of a value: the inverse of {@link #constrain}. Infinite for a value on the boundary, and
     * meaningless outside.
     *
     * @throws IllegalArgumentException if the support is of whole numbers
     */
    public Expr unconstrain(Expr value) {
        return region.unconstrain(value);
    }

    /**
     * 1 where an event lies in this support, else 0. For numbers in the common shape of the value and the bounds, otherwise
     * in the shape of the axes that count events.
     */
    public Expr contains(Expr value) {
        return region.contains(value);
    }

    /**
     * Why a value does not lie in this support, in words such as "theta must sum to 1, but sums to 1.2". Empty if it does, or
     * if that differs from draw to draw.
     *
     * @param name the value's
     */
    public Optional<String> violation(String name, Expr value) {
        return region.violation(name, value);
    }

    /**
     * A value inside of this shape; for numbers it may be a scalar or of the bounds' shape instead. The image of 0 where it
     * has one. NaN if a bound is.
     */
    public Expr interior(Shape shape) {
        return region.interior(shape);
    }

    /** What the elements of a value of this shape run through; null if bounds differ from draw to draw, or it is not known. */
    @SuppressWarnings("exports") // for the library's own rooms
    public @Nullable Reach reach(Shape shape) {
        return region.reach(shape);
    }

    /** The same support with each bound replaced by what the function makes of it. */
    public Support mapBounds(UnaryOperator<Expr> replacement) {
        return new Support(region.mapBounds(replacement));
    }

    /** Whether values are whole numbers. */
    public boolean isDiscrete() {
        return region.isDiscrete();
    }

    /** Whether the bounds themselves lie outside. */
    public boolean isOpen() {
        return region.isOpen();
    }

    /** The lower bound of numbers, a scalar or of the value's shape; null if there is none. */
    public @Nullable Expr lowerBound() {
        return region.lower();
    }

    /** The upper bound of numbers, a scalar or of the value's shape; null if there is none. */
    public @Nullable Expr upperBound() {
        return region.upper();
    }

    /** Equal are those that are made of one: two supports with bounds are not. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Support s && region.equals(s.region);
    }

    @Override
    public int hashCode() {
        return region.hashCode();
    }

    /** What it holds, in words: "at least 0", "simplex". */
    @Override
    public String toString() {
        return region.toString();
    }
}

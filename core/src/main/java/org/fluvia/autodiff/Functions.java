package org.fluvia.autodiff;

import static org.fluvia.kernel.special.Constants.LOG_10;
import static org.fluvia.kernel.special.Constants.LOG_2;
import static org.fluvia.kernel.special.Constants.LOG_PI;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.TernaryOp;
import org.fluvia.kernel.UnaryOp;

/**
 * Functions of expressions beyond the methods of {@link Expr}, for {@code import static}. Elementwise functions take operands
 * of equal shape, or a scalar with any shape, and work on values per draw and on shared ones alike. Outside of its domain a
 * function is NaN, which makes the log-density of that draw count as minus infinity.
 *
 * <p>What Stan calls {@code inv_logit} is {@link Expr#sigmoid}, {@code log1p_exp} is {@link Expr#softplus}, {@code fmin} and
 * {@code fmax} are {@link Expr#min} and {@link Expr#max}, {@code inv} is {@link Expr#reciprocal}; {@code step(x)} is
 * {@code Expr.of(0).le(x)}.
 */
public final class Functions {

    private Functions() {}

    // The normal distribution

    /** The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x. Stan's {@code erf}. */
    public static Expr erf(Expr x) {
        return Unary.of(UnaryOp.ERF, x);
    }

    /** 1 - erf(x), of full relative accuracy for large x. Stan's {@code erfc}. */
    public static Expr erfc(Expr x) {
        return Unary.of(UnaryOp.ERFC, x);
    }

    /** The standard normal distribution function Phi(x), of full relative accuracy for x far below 0. Stan's {@code Phi}. */
    public static Expr normalCdf(Expr x) {
        return Unary.of(UnaryOp.NORMAL_CDF, x);
    }

    /** The x whose {@link #normalCdf} is p; infinite at 0 and 1, NaN outside. Stan's {@code inv_Phi}. */
    public static Expr normalQuantile(Expr p) {
        return Unary.of(UnaryOp.NORMAL_QUANTILE, p);
    }

    /** log Phi(x), finite as far as x^2 is, with its derivative phi(x) / Phi(x). Stan's {@code std_normal_lcdf}. */
    public static Expr logNormalCdf(Expr x) {
        return Unary.of(UnaryOp.LOG_NORMAL_CDF, x);
    }

    /** log(1 - Phi(x)), finite as far as x^2 is. Stan's {@code std_normal_lccdf}. */
    public static Expr logNormalCcdf(Expr x) {
        return logNormalCdf(x.unaryMinus());
    }

    /** The logarithm of Mills' ratio, (1 - Phi(x)) / phi(x) = exp(x^2 / 2) sqrt(pi / 2) erfc(x / sqrt(2)), accurate for large x. */
    public static Expr logMillsRatio(Expr x) {
        return Unary.of(UnaryOp.LOG_MILLS, x);
    }

    // Logarithms, exponentials and probabilities

    /** log(p / (1 - p)), 0 &lt;= p &lt;= 1. Stan's {@code logit}; its inverse is {@link Expr#sigmoid}. */
    public static Expr logit(Expr p) {
        return p.div(Expr.of(1).minus(p)).log();
    }

    /** log(1 / (1 + exp(-x))). Stan's {@code log_inv_logit}; {@code log1m_inv_logit(x)} is {@code logSigmoid} of -x. */
    public static Expr logSigmoid(Expr x) {
        return x.unaryMinus().softplus().unaryMinus();
    }

    /** 1 - exp(-exp(x)). Stan's {@code inv_cloglog}. */
    public static Expr inverseCloglog(Expr x) {
        return x.exp().unaryMinus().expm1().unaryMinus();
    }

    /** log(1 - x), x &lt;= 1. Stan's {@code log1m}. */
    public static Expr log1m(Expr x) {
        return x.unaryMinus().log1p();
    }

    /** log(1 - exp(x)), x &lt;= 0; minus infinity at 0. Stan's {@code log1m_exp}. */
    public static Expr log1mExp(Expr x) {
        return Unary.of(UnaryOp.LOG1M_EXP, x);
    }

    /** log(exp(a) + exp(b)). Stan's {@code log_sum_exp(a, b)}; for a vector see {@link Expr#logSumExp}. */
    public static Expr logAddExp(Expr a, Expr b) {
        return Binary.of(BinaryOp.LOG_ADD_EXP, a, b);
    }

    /** log(exp(a) - exp(b)), a >= b; minus infinity where they are equal. Stan's {@code log_diff_exp}. */
    public static Expr logDiffExp(Expr a, Expr b) {
        return Expr.where(a.eq(b), Expr.of(Double.NEGATIVE_INFINITY), a.plus(log1mExp(b.minus(a))));
    }

    /** log(theta exp(a) + (1 - theta) exp(b)), 0 &lt;= theta &lt;= 1. Stan's {@code log_mix(theta, a, b)}. */
    public static Expr logMix(Expr theta, Expr a, Expr b) {
        return logAddExp(theta.log().plus(a), log1m(theta).plus(b));
    }

    /** x log(y), and 0 where x is 0. Stan's {@code lmultiply} and {@code multiply_log}. */
    public static Expr xLogY(Expr x, Expr y) {
        Expr zero = x.eq(0);
        return Expr.where(zero, Expr.of(0), x.times(Expr.where(zero, Expr.of(1), y).log()));
    }

    /** x log(1 + y), and 0 where x is 0. */
    public static Expr xLog1p(Expr x, Expr y) {
        Expr zero = x.eq(0);
        return Expr.where(zero, Expr.of(0), x.times(Expr.where(zero, Expr.of(0), y).log1p()));
    }

    /** 2 to the power x. Stan's {@code exp2}. */
    public static Expr exp2(Expr x) {
        return Expr.of(2).pow(x);
    }

    /** The logarithm to base 2. Stan's {@code log2}. */
    public static Expr log2(Expr x) {
        return x.log().div(LOG_2);
    }

    /** The logarithm to base 10. Stan's {@code log10}. */
    public static Expr log10(Expr x) {
        return x.log().div(LOG_10);
    }

    // Gamma and beta

    /**
     * log Beta(a, b) = log Gamma(a) + log Gamma(b) - log Gamma(a + b), a and b > 0, without cancellation for large arguments.
     * Stan's {@code lbeta}.
     */
    public static Expr lbeta(Expr a, Expr b) {
        return Binary.of(BinaryOp.LBETA, a, b);
    }

    /**
     * log Gamma(x + n) - log Gamma(x), x and x + n > 0, without cancellation for large x, and so its derivative in x. Stan's
     * {@code log_rising_factorial}.
     */
    public static Expr logRisingFactorial(Expr x, Expr n) {
        return Binary.of(BinaryOp.LOG_RISING, x, n);
    }

    /**
     * The regularised lower incomplete gamma function P(a, x), a > 0, x >= 0: the probability that a gamma distributed number of
     * shape a and rate 1 is at most x. Its derivative in a is known, and no further one. Stan's {@code gamma_p}.
     */
    public static Expr gammaP(Expr a, Expr x) {
        return logGammaP(a, x).exp();
    }

    /** 1 - P(a, x), of full relative accuracy for large x. Stan's {@code gamma_q}. */
    public static Expr gammaQ(Expr a, Expr x) {
        return logGammaQ(a, x).exp();
    }

    /** log {@link #gammaP}, finite however small that is; minus infinity at x = 0. */
    public static Expr logGammaP(Expr a, Expr x) {
        return Binary.of(BinaryOp.LOG_GAMMA_P, a, x);
    }

    /** log {@link #gammaQ}, finite however small that is. */
    public static Expr logGammaQ(Expr a, Expr x) {
        return Binary.of(BinaryOp.LOG_GAMMA_Q, a, x);
    }

    /**
     * The regularised incomplete beta function I_x(a, b), a and b &gt; 0, 0 &lt;= x &lt;= 1: the probability that a beta distributed number is
     * at most x. Its derivatives in a and b are known, and no further ones. Stan's {@code inc_beta}.
     */
    public static Expr incBeta(Expr a, Expr b, Expr x) {
        return logIncBeta(a, b, x).exp();
    }

    /** log {@link #incBeta}, finite however small that is; that of what it leaves of 1 is {@code logIncBeta(b, a, 1 - x)}. */
    public static Expr logIncBeta(Expr a, Expr b, Expr x) {
        // at 1 the odds are infinite, and so is their derivative, though that of the whole is not
        Expr one = x.eq(1);
        Expr below = Expr.where(one, Expr.of(0.5), x);
        return Expr.where(one, Expr.of(0), logBetaPrimeCdf(a, b, below.div(Expr.of(1).minus(below))));
    }

    /**
     * log I_x(a, b) by the odds w = x / (1 - x) >= 0: the logarithm of the distribution function of a beta prime distributed number,
     * a and b > 0. The probability of more is {@code logBetaPrimeCdf(b, a, 1 / w)}. With odds, nothing is lost where x is near 1.
     * If F has Fisher's distribution with m and n degrees of freedom, m F / n is beta prime distributed with a = m / 2, b = n / 2.
     */
    public static Expr logBetaPrimeCdf(Expr a, Expr b, Expr w) {
        return Ternary.of(TernaryOp.LOG_INC_BETA, a, b, w);
    }

    /**
     * log(exp(-x) I0(x)), x >= 0, of the modified Bessel function of order 0: unlike log I0(x) - x, it is accurate for large
     * x. Stan's {@code log_modified_bessel_first_kind(0, x) - x}.
     */
    public static Expr logScaledBesselI0(Expr x) {
        return Unary.of(UnaryOp.LOG_SCALED_BESSEL_I0, x);
    }

    /** The logarithm of the number of ways to choose k of n, 0 &lt;= k &lt;= n, continued to reals. Stan's {@code lchoose}. */
    public static Expr lchoose(Expr n, Expr k) {
        return lbeta(n.minus(k).plus(1), k.plus(1)).plus(n.log1p()).unaryMinus();
    }

    /**
     * The logarithm of the multivariate gamma function of dimension p,
     * p (p - 1)/4 log(pi) + sum over j = 1, ..., p of log Gamma(x + (1 - j)/2), x > (p - 1)/2. Stan's {@code lmgamma}.
     */
    public static Expr lmgamma(int p, Expr x) {
        if (p < 1) {
            throw new IllegalArgumentException("lmgamma: dimension must be at least 1, but was " + p + Source.suffix());
        }
        Expr sum = Expr.of(p * (p - 1) / 4.0 * LOG_PI);
        for (int j = 1; j <= p; j++) sum = sum.plus(x.plus((1 - j) / 2.0).lgamma());
        return sum;
    }

    // Trigonometric and hyperbolic functions; angles in radians

    public static Expr sin(Expr x) {
        return Unary.of(UnaryOp.SIN, x);
    }

    public static Expr cos(Expr x) {
        return Unary.of(UnaryOp.COS, x);
    }

    public static Expr tan(Expr x) {
        return Unary.of(UnaryOp.TAN, x);
    }

    /** The angle from -pi/2 to pi/2 whose sine is x, -1 &lt;= x &lt;= 1. */
    public static Expr asin(Expr x) {
        return Unary.of(UnaryOp.ASIN, x);
    }

    /** The angle from 0 to pi whose cosine is x, -1 &lt;= x &lt;= 1. */
    public static Expr acos(Expr x) {
        return Unary.of(UnaryOp.ACOS, x);
    }

    public static Expr atan(Expr x) {
        return Unary.of(UnaryOp.ATAN, x);
    }

    /** The angle from -pi to pi of the point (x, y); y comes first, as in Stan. */
    public static Expr atan2(Expr y, Expr x) {
        return Binary.of(BinaryOp.ATAN2, y, x);
    }

    public static Expr sinh(Expr x) {
        return Unary.of(UnaryOp.SINH, x);
    }

    public static Expr cosh(Expr x) {
        return Unary.of(UnaryOp.COSH, x);
    }

    /** The inverse of {@link #sinh}, |x| &lt; 1e150. */
    public static Expr asinh(Expr x) {
        Expr size = x.abs();
        Expr square = x.square();
        Expr value = size.plus(square.div(square.plus(1).sqrt().plus(1))).log1p();
        return Expr.where(x.lt(0), value.unaryMinus(), value);
    }

    /** The inverse of {@link #cosh} that is not negative, 1 &lt;= x &lt; 1e150. */
    public static Expr acosh(Expr x) {
        Expr t = x.minus(1);
        return t.plus(t.times(x.plus(1)).sqrt()).log1p();
    }

    /** The inverse of {@link Expr#tanh}, -1 &lt;= x &lt;= 1. Fisher's z. */
    public static Expr atanh(Expr x) {
        return x.log1p().minus(log1m(x)).times(0.5);
    }

    // Roots and rounding

    /** The third root, negative for negative x. */
    public static Expr cbrt(Expr x) {
        return Unary.of(UnaryOp.CBRT, x);
    }

    /** sqrt(x^2 + y^2). */
    public static Expr hypot(Expr x, Expr y) {
        return x.square().plus(y.square()).sqrt();
    }

    /** The largest whole number that is not larger than x; its derivative is 0. */
    public static Expr floor(Expr x) {
        return Unary.of(UnaryOp.FLOOR, x);
    }

    /** The smallest whole number that is not smaller than x; its derivative is 0. */
    public static Expr ceil(Expr x) {
        return floor(x.unaryMinus()).unaryMinus();
    }

    /** -1, 0 or 1, as x is negative, zero or positive; its derivative is 0. */
    public static Expr sign(Expr x) {
        return Expr.of(0).lt(x).minus(x.lt(0));
    }

    // Along an axis: counted from 0, or from the end, -1 being the last. The axis is gone from the result's shape

    /** Sums over an axis: {@code sum(x, 0)} of a matrix (n x k) has the k sums of its columns. */
    public static Expr sum(Expr x, int axis) {
        return Along.reduce("sum", x, axis);
    }

    /** Arithmetic means over an axis. */
    public static Expr mean(Expr x, int axis) {
        return Along.reduce("sum", x, axis).div(Axis.of("mean", x.shape(), axis).n());
    }

    /** The largest over an axis; NaN if any is NaN. Equals share the derivative. */
    public static Expr max(Expr x, int axis) {
        return Along.reduce("max", x, axis);
    }

    /** The largest of all elements. Stan's {@code max}. */
    public static Expr max(Expr x) {
        return max(x.flatten(), 0);
    }

    /** The smallest over an axis; NaN if any is NaN. Equals share the derivative. */
    public static Expr min(Expr x, int axis) {
        return max(x.unaryMinus(), axis).unaryMinus();
    }

    /** The smallest of all elements. Stan's {@code min}. */
    public static Expr min(Expr x) {
        return min(x.flatten(), 0);
    }

    /**
     * The sample variance of all elements: squares about their mean, summed and divided by n - 1; NaN of fewer than two. Stan's
     * {@code variance}.
     */
    public static Expr variance(Expr x) {
        Expr d = x.minus(x.mean());
        return d.dot(d).div(Math.max(0, x.shape().size() - 1));
    }

    /** The square root of the sample variance of all elements. Stan's {@code sd}. */
    public static Expr sd(Expr x) {
        return variance(x).sqrt();
    }

    /** Sample variances over an axis. */
    public static Expr variance(Expr x, int axis) {
        int at = Axis.position("variance", x.shape(), axis);
        int n = Axis.of("variance", x.shape(), axis).n();
        return sum(x.minus(repeat(mean(x, at), at, n)).square(), at).div(Math.max(0, n - 1));
    }

    /** The square roots of the sample variances over an axis. */
    public static Expr sd(Expr x, int axis) {
        return variance(x, axis).sqrt();
    }

    /** The product of all elements; 1 if there are none. Stan's {@code prod}. */
    public static Expr product(Expr x) {
        return Algebra.product(x);
    }

    /** log(sum(exp(x))) over an axis, without overflow; minus infinity where all are. */
    public static Expr logSumExp(Expr x, int axis) {
        return Along.reduce("logSumExp", x, axis);
    }

    /** exp(x) / sum(exp(x)) over the last axis: a simplex. Stan's {@code softmax}. */
    public static Expr softmax(Expr x) {
        Expr e = Along.belowLargest("softmax", x).exp();
        return e.div(repeat(sum(e, -1), -1, e.shape().dim(e.shape().rank() - 1)));
    }

    /** x - log(sum(exp(x))) over the last axis. Stan's {@code log_softmax}. */
    public static Expr logSoftmax(Expr x) {
        Expr z = Along.belowLargest("logSoftmax", x);
        return z.minus(repeat(logSumExp(z, -1), -1, z.shape().dim(z.shape().rank() - 1)));
    }

    /** Element i is the sum of elements 0, ..., i, along the last axis. Stan's {@code cumulative_sum}. */
    public static Expr cumulativeSum(Expr x) {
        return Along.cumulativeSum(x, Axis.of("cumulativeSum", x.shape(), -1), false);
    }

    /** Element i is the sum of elements i, ..., n - 1, along the last axis. */
    public static Expr reverseCumulativeSum(Expr x) {
        return Along.cumulativeSum(x, Axis.of("reverseCumulativeSum", x.shape(), -1), true);
    }

    /** Elements 1, ..., n - 1 less elements 0, ..., n - 2, along the last axis. */
    public static Expr diff(Expr x) {
        int n = Axis.of("diff", x.shape(), -1).n();
        if (n == 0) throw new IllegalArgumentException("diff: " + x.shape() + " must have an element" + Source.suffix());
        return part(x, 1, n).minus(part(x, 0, n - 1));
    }

    /** The elements in opposite order, along the last axis. Stan's {@code reverse}. */
    public static Expr reverse(Expr x) {
        int n = Axis.of("reverse", x.shape(), -1).n();
        return Along.entries(x, x.shape().rank() - 1, IntStream.range(0, n).map(i -> n - 1 - i).toArray());
    }

    /**
     * Elements from, inclusive, to, exclusive, along the last axis: columns of a matrix. The first axis is
     * {@link Expr#slice}.
     */
    public static Expr part(Expr x, int from, int to) {
        int n = Axis.of("part", x.shape(), -1).n();
        if (from < 0 || to < from || to > n) {
            throw new IllegalArgumentException("part: [" + from + ", " + to + ") must lie in the last dimension of "
                    + x.shape() + Source.suffix());
        }
        return Along.entries(x, x.shape().rank() - 1, IntStream.range(from, to).toArray());
    }

    /**
     * Sums by group: element (or row) g of the result, g = 0, ..., count - 1, is the sum of the values whose index is g.
     *
     * @param values n elements, or n rows
     * @param index n group numbers, counted from 0; data
     * @throws IllegalArgumentException if an index is out of range
     */
    public static Expr segmentSum(Expr values, Expr index, int count) {
        return Indexing.segmentSum(values, index, count);
    }

    // Shapes

    /** n times the same value along a new axis: axis 0 repeats it as rows, axis -1 as columns. */
    public static Expr repeat(Expr x, int axis, int n) {
        Shape s = x.shape();
        int position = axis < 0 ? axis + s.rank() + 1 : axis;
        if (position < 0 || position > s.rank() || n < 0) {
            throw new IllegalArgumentException("repeat: " + s + " cannot be repeated " + n + " times along axis " + axis
                    + Source.suffix());
        }
        Shape to = Axis.with(s, position, n);
        return Along.repeat(x, Axis.of("repeat", to, position), to);
    }

    /** The matrix (n x k) each of whose n rows is this vector of k. Stan's {@code rep_matrix} of a row vector. */
    public static Expr repeatRows(Expr x, int n) {
        return repeat(x, 0, n);
    }

    /** The matrix (k x n) each of whose n columns is this vector of k. Stan's {@code rep_matrix} of a vector. */
    public static Expr repeatColumns(Expr x, int n) {
        return repeat(x, -1, n);
    }

    /** Zeros in a shape. Stan's {@code zeros_vector(n)}, {@code rep_vector(0, n)} and {@code rep_matrix(0, m, n)}. */
    public static Expr zeros(int... dims) {
        return Expr.vector(new double[Shape.of(dims).size()]).reshape(Shape.of(dims));
    }

    /** Ones in a shape. Stan's {@code ones_vector(n)}. */
    public static Expr ones(int... dims) {
        return zeros(dims).plus(1);
    }

    /** Values of one shape under each other: scalars make a vector, vectors the rows of a matrix. */
    public static Expr stack(Expr... entries) {
        return Along.stack(entries);
    }

    /**
     * Matrices of as many columns under each other, where a vector beside matrices is one row; or vectors one after the other.
     * Stan's {@code append_row}.
     */
    public static Expr concatRows(Expr... parts) {
        boolean matrices = Arrays.stream(parts).anyMatch(p -> p.shape().rank() > 1);
        return Along.join("concatRows", 0, matrices ? Along.matrices(0, parts) : parts);
    }

    /** Matrices of as many rows side by side; a vector is one column. Stan's {@code append_col}. */
    public static Expr concatColumns(Expr... parts) {
        return Along.join("concatColumns", 1, Along.matrices(1, parts));
    }

    /** The whole numbers from, inclusive, to, exclusive, as a vector: positions, times. Stan's {@code linspaced_int_array}. */
    public static Expr range(int from, int to) {
        if (to < from) {
            throw new IllegalArgumentException("range: the end must not be below the start " + from + ", but was " + to + Source.suffix());
        }
        return Expr.vector(IntStream.range(from, to).asDoubleStream().toArray());
    }
}

package org.fluvia.kernel.special;

import static org.fluvia.kernel.special.Arithmetic.fma;
import static org.fluvia.kernel.special.Coefficients.*;
import static org.fluvia.kernel.special.Constants.LOG_2;

/**
 * The transcendental functions, one number at a time: the same operations in the same order as {@code VectorExponentials} and {@code VectorLogarithms},
 * so the same bits. At most 2 ulp (measured: see each) over the whole range.
 */
public final class ScalarFunctions {
    private ScalarFunctions() {}

    /** e^x. x = k log 2 + r, |r| &lt;= log(2)/2. */
    public static double exp(double x) {
        if (x > EXP_OVERFLOW) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < EXP_UNDERFLOW) {
            return 0;
        }
        double rounded = fma(x, LOG2_E, ROUND);
        return scale(1 + expm1Reduced(reduce(x, rounded - ROUND)), rounded);
    }

    public static double expm1(double x) {
        if (x > EXP_OVERFLOW) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < EXPM1_MINUS_ONE) {
            return -1;
        }
        if (Math.abs(x) < EXPM1_IDENTITY) {
            return x;
        }
        double rounded = fma(x, LOG2_E, ROUND);
        double p = expm1Reduced(reduce(x, rounded - ROUND));
        // 2^(k - 1) is finite even for k = 1024.
        double scale = powerOfTwo(rounded - 1);
        return 2 * fma(scale, p, scale - 0.5);
    }

    public static double log(double x) {
        if (!(x < Double.POSITIVE_INFINITY)) {
            return x;
        }
        if (x <= 0) {
            return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        boolean subnormal = x < Double.MIN_NORMAL;
        return logScaled(subnormal ? x * SUBNORMAL_SCALE : x, subnormal ? SUBNORMAL_EXPONENT : 0, 0);
    }

    public static double log1p(double x) {
        if (!(x < Double.POSITIVE_INFINITY) || x == 0) {
            return x;
        }
        if (x <= -1) {
            return x == -1 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        double u = 1 + x;
        double xPart = u - 1;
        double lost = (1 - (u - xPart)) + (x - xPart);
        return logScaled(u, 0, lost / u);
    }

    /** t / (t + 2) with t = expm1(2 |x|), numerator and denominator each with its rounding error. */
    public static double tanh(double x) {
        double size = Math.abs(x);
        if (size > TANH_ONE) {
            return Math.copySign(1, x);
        }
        double rounded = fma(size + size, LOG2_E, ROUND);
        double p = expm1Reduced(reduce(size + size, rounded - ROUND));
        double scale = powerOfTwo(rounded);
        double below = scale - 1;
        double numerator = fma(scale, p, below);
        double numeratorLow = fma(scale, p, below - numerator);
        double denominator = numerator + 2;
        double denominatorLow = (numerator - (denominator - 2)) + numeratorLow;
        return Math.copySign(quotient(numerator, numeratorLow, denominator, denominatorLow), x);
    }

    /** e / (1 + e) or 1 / (1 + e) with e = exp(-|x|). */
    public static double sigmoid(double x) {
        double size = -Math.abs(x);
        if (size < EXP_UNDERFLOW) {
            return x >= 0 ? 1 : 0;
        }
        double rounded = fma(size, LOG2_E, ROUND);
        double t = expm1Reduced(reduce(size, rounded - ROUND));
        double p = 1 + t;
        double half = fma(rounded - ROUND, 0.5, ROUND);
        double scale = powerOfTwo(half);
        double rest = powerOfTwoDifference(rounded, half);
        double e = p * scale * rest;
        double eLow = (t - (p - 1)) * scale * rest;
        double denominator = 1 + e;
        double denominatorLow = ((1 - denominator) + e) + eLow;
        return x >= 0 ? quotient(1, 0, denominator, denominatorLow) : quotient(e, eLow, denominator, denominatorLow);
    }

    /** max(x, 0) + log1p(exp(-|x|)). */
    public static double softplus(double x) {
        double size = -Math.abs(x);
        double positive = x > 0 ? x : 0;
        if (size < EXP_UNDERFLOW) {
            return positive;
        }
        double rounded = fma(size, LOG2_E, ROUND);
        double t = expm1Reduced(reduce(size, rounded - ROUND));
        double p = 1 + t;
        double half = fma(rounded - ROUND, 0.5, ROUND);
        double scale = powerOfTwo(half);
        double rest = powerOfTwoDifference(rounded, half);
        double e = p * scale * rest;
        double eLow = (t - (p - 1)) * scale * rest;
        double u = 1 + e;
        double lost = ((1 - u) + e) + eLow;
        return positive + logScaled(u, 0, lost / u);
    }

    /** log(1 - e^x), x &lt;= 0; Maechler (2012). */
    public static double log1mExp(double x) {
        return x > -LOG_2 ? log(-expm1(x)) : log1p(-exp(x));
    }

    /** x - (x y) y: what the adjoint x of y = tanh(u) gives to that of u. */
    public static double tanhAdjoint(double x, double y) {
        return fma(-(x * y), y, x);
    }

    /** log(e^x + e^y). */
    public static double logAddExp(double x, double y) {
        // equal infinities have no difference
        if (x == y) return x + LOG_2;
        return Math.max(x, y) + log1p(exp(-Math.abs(x - y)));
    }

    /** p 2^k, of k + ROUND, in two steps so that results may be subnormal. */
    public static double scale(double p, double rounded) {
        double half = fma(rounded - ROUND, 0.5, ROUND);
        return p * powerOfTwo(half) * powerOfTwoDifference(rounded, half);
    }

    /** x - k log 2. */
    private static double reduce(double x, double k) {
        return fma(k, -LN2_LOW, fma(k, -LN2_HIGH, x));
    }

    /** e^r - 1 for |r| &lt;= log(2)/2. */
    private static double expm1Reduced(double r) {
        double r2 = r * r;
        double r4 = r2 * r2;
        double low = fma(fma(E3, r, E2), r2, fma(E1, r, E0));
        double middle = fma(fma(E7, r, E6), r2, fma(E5, r, E4));
        double e = fma(fma(fma(E9, r, E8), r4, middle), r4, low);
        return fma(fma(e, r, 0.5), r2, r);
    }

    /** 2^k, of k + ROUND; -1022 &lt;= k &lt;= 1023. */
    private static double powerOfTwo(double rounded) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) << EXPONENT_SHIFT) + ONE_BITS);
    }

    /** 2^(k - h), of k + ROUND and h + ROUND. */
    private static double powerOfTwoDifference(double rounded, double half) {
        long difference = Double.doubleToRawLongBits(rounded) - Double.doubleToRawLongBits(half);
        return Double.longBitsToDouble((difference << EXPONENT_SHIFT) + ONE_BITS);
    }

    /**
     * exponent log 2 + log(x) + correction, x positive, normal and finite. x = 2^e (1 + f), sqrt(1/2) &lt;= 1 + f &lt; sqrt 2;
     * log(1 + f) = f - (f^2/2 - s (f^2/2 + R)) with s = f / (2 + f), as in Sun's fdlibm.
     */
    private static double logScaled(double x, double exponent, double correction) {
        long shifted = Double.doubleToRawLongBits(x) + LOG_SHIFT_BITS;
        double e = Double.longBitsToDouble((shifted >>> EXPONENT_SHIFT) | TWO_52_BITS) - TWO_52_AND_BIAS + exponent;
        double f = Double.longBitsToDouble((shifted & MANTISSA_MASK) + SQRT_HALF_BITS) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double high = fma(w, fma(w, L6, fma(z, L5, L4)), fma(z, L3, L2));
        double r = z * fma(w, high, fma(z, L1, L0));
        double halfSquare = 0.5 * f * f;
        double low = fma(e, LN2_LOW, fma(s, halfSquare + r, correction));
        return fma(e, LN2_HIGH, f - (halfSquare - low));
    }

    /** (a + aLow) / (b + bLow), rounded nearly once. */
    private static double quotient(double a, double aLow, double b, double bLow) {
        double inverse = 1 / b;
        double q = a * inverse;
        double remainder = fma(-q, b, a) + fma(-q, bLow, aLow);
        return fma(remainder, inverse, q);
    }
}

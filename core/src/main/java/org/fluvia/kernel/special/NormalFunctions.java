package org.fluvia.kernel.special;

import static org.fluvia.kernel.special.Arithmetic.fma;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;
import static org.fluvia.kernel.special.Constants.INVERSE_SQRT_2PI;

/**
 * The error function and the normal distribution function, one number at a time; both kernels use them.
 *
 * <p>Beyond the middle all come from the scaled complement exp(x^2) erfc(x), as a polynomial in (x - 4) / (x + 4) after
 * Shepherd and Laframboise (1981), so that tails keep their relative accuracy as far as doubles reach. Polynomials are
 * Chebyshev fits at 260 bits (mpmath), rounded to double.
 */
public final class NormalFunctions {
    private NormalFunctions() {}

    /** Up to here erf(x) comes from its series, beyond from its complement. */
    private static final double MIDDLE = 0.5;
    /** Quantiles of 1/2 +- this are within the middle. */
    private static final double QUANTILE_MIDDLE = 0.25;
    private static final double SQRT_HALF = 0x1.6a09e667f3bcdp-1;
    private static final double SQRT_2_OVER_PI = 0x1.9884533d43651p-1;
    private static final double SQRT_HALF_PI = 0x1.40d931ff62706p+0;
    private static final double LOG_SQRT_HALF_PI = 0x1.ce6bb25aa1316p-3;

    /** erf(x) / x - 1 in powers of x^2, |x| &lt;= 1/2; error 2^-55.7. */
    private static final double[] ERF = {
        0x1.06eba8214db69p-3, -0x1.812746b0379e6p-2, 0x1.ce2f21a042ae6p-4, -0x1.b82ce3127c93ap-6, 0x1.565bcd09ab445p-8,
        -0x1.c02db1ddad9c1p-11, 0x1.f9a2911c1b223p-14, -0x1.f4b8dfa9705f4p-17, 0x1.b7456a317015dp-20,
        -0x1.3892d132862c9p-23
    };
    /** (1 + 2 x) exp(x^2) erfc(x) in powers of u - 0.11, u = (x - 4) / (x + 4), x >= 1/2; error 2^-54.8. */
    private static final double[] SCALED_COMPLEMENT = {
        0x1.37c84d974358dp+0, -0x1.12ecec66c2ccdp-3, 0x1.031cd44bce644p-5, 0x1.118cf30aac994p-5, -0x1.eb1b705484f07p-5,
        0x1.dd70dd509e7f1p-5, -0x1.5d7ada80e1bbcp-5, 0x1.993786a3e3d07p-6, -0x1.7e24baa7e9dc9p-7, 0x1.0d28ee3c4bda7p-8,
        -0x1.d2382de4be427p-11, -0x1.d1aded3ddabf4p-16, 0x1.c016f94573763p-14, -0x1.213d7110992a3p-15,
        -0x1.16407be6d047cp-19, 0x1.4fe0eb267a330p-18, -0x1.0696a33bafd67p-20, -0x1.043672465d757p-21,
        0x1.efafbd9e24391p-23, 0x1.26141b688d36cp-25, -0x1.31734f2507efbp-25, -0x1.23cd61397b2ecp-30,
        0x1.c77562864cd48p-29, -0x1.81bcf13693c76p-34
    };
    private static final double CENTRE = 0.11;

    public static double erf(double x) {
        double size = Math.abs(x);
        return size <= MIDDLE ? erfMiddle(x) : x > 0 ? 1 - erfcTail(size) : x < 0 ? erfcTail(size) - 1 : x;
    }

    public static double erfc(double x) {
        if (Math.abs(x) <= MIDDLE) return 1 - erfMiddle(x);
        return x > 0 ? erfcTail(x) : x < 0 ? 2 - erfcTail(-x) : x;
    }

    public static double normalCdf(double x) {
        double scaled = x * SQRT_HALF;
        if (Math.abs(scaled) <= MIDDLE) return 0.5 + 0.5 * erfMiddle(scaled);
        return x < 0 ? normalTail(-x) : x > 0 ? 1 - normalTail(x) : x;
    }

    public static double logNormalCdf(double x) {
        double scaled = x * SQRT_HALF;
        if (scaled < -MIDDLE) {
            // -x^2/2 and the rest are both negative: nothing cancels
            double rest = ScalarFunctions.log(0.5 * scaledComplement(-scaled));
            double square = x * x;
            return square < Double.POSITIVE_INFINITY ? fma(-0.5, square, fma(-0.5, fma(x, x, -square), rest))
                    : Double.NEGATIVE_INFINITY;
        }
        double above = scaled <= MIDDLE ? 0.5 - 0.5 * erfMiddle(scaled) : normalTail(x);
        return above > 0.5 ? ScalarFunctions.log(1 - above) : ScalarFunctions.log1p(-above);
    }

    /** log((1 - Phi(x)) / phi(x)), in the tail without the exponentials, which would cancel. */
    public static double logMills(double x) {
        double scaled = x * SQRT_HALF;
        if (scaled > MIDDLE) return ScalarFunctions.log(SQRT_HALF_PI * scaledComplement(scaled));
        double half = scaled * scaled;
        if (scaled >= -MIDDLE) return ScalarFunctions.log1p(-erfMiddle(scaled)) + (half + LOG_SQRT_HALF_PI);
        return half + (HALF_LOG_2PI + logNormalCdf(-x));
    }

    public static double normalHazard(double x) {
        double scaled = x * SQRT_HALF;
        return scaled < -MIDDLE ? SQRT_2_OVER_PI / scaledComplement(-scaled)
                : INVERSE_SQRT_2PI * expOfMinusSquare(x, 0.5) / normalCdf(x);
    }

    /**
     * The x whose Phi(x) is p, by Newton's method: in the middle for Phi(x) - 1/2 = p - 1/2, whose difference is exact, in the
     * tail for log Phi(x) = log p.
     */
    public static double normalQuantile(double p) {
        if (!(p > 0 && p < 1)) {
            return p == 0 ? Double.NEGATIVE_INFINITY : p == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (Math.abs(p - 0.5) <= QUANTILE_MIDDLE) return quantileMiddle(p - 0.5);
        return p < 0.5 ? quantileTail(p) : -quantileTail(1 - p);
    }

    private static double quantileMiddle(double q) {
        double x = q / INVERSE_SQRT_2PI;
        for (int i = 0; i < 5; i++) {
            x -= (0.5 * erfMiddle(x * SQRT_HALF) - q) / (INVERSE_SQRT_2PI * expOfMinusSquare(x, 0.5));
        }
        return x;
    }

    private static double quantileTail(double p) {
        double target = ScalarFunctions.log(p);
        // log Phi(x) <= -x^2/2 - log 2 for x <= 0: this is on the left, from where the steps lead to the right only
        double x = -Math.sqrt(-2 * (target + Coefficients.LN2_HIGH));
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 60 && x > before; i++) {
            before = x;
            x -= (logNormalCdf(x) - target) / normalHazard(x);
        }
        return x;
    }

    private static double erfMiddle(double x) {
        return fma(x, Polynomial.value(ERF, x * x), x);
    }

    /** erfc(x), x > 1/2. */
    private static double erfcTail(double x) {
        return scaledComplement(x) * expOfMinusSquare(x, 1);
    }

    /** Phi(-x), x > 0.7. */
    private static double normalTail(double x) {
        return 0.5 * scaledComplement(x * SQRT_HALF) * expOfMinusSquare(x, 0.5);
    }

    /** exp(x^2) erfc(x), x >= 1/2. */
    private static double scaledComplement(double x) {
        double u = 1 - 8 / (x + 4);
        return Polynomial.value(SCALED_COMPLEMENT, u - CENTRE) / fma(2, x, 1);
    }

    /** exp(-factor x^2), factor 1 or 1/2, with what rounding the square loses. */
    private static double expOfMinusSquare(double x, double factor) {
        double square = x * x;
        if (!(square < 4000)) return Double.isNaN(square) ? square : 0;
        double value = ScalarFunctions.exp(-factor * square);
        return fma(value, -factor * fma(x, x, -square), value);
    }
}

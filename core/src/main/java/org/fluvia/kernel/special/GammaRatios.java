package org.fluvia.kernel.special;

import static org.fluvia.kernel.special.Arithmetic.fma;

/**
 * The logarithm of Gamma(x + n) / Gamma(x) and its derivative in x, one number at a time; both kernels use them. For large x
 * what the two parts have in common is left out, by Stirling's series: negative binomial and beta-binomial densities need
 * them near their limits, the Poisson and the binomial.
 */
public final class GammaRatios {
    private GammaRatios() {}

    private static final double STIRLING_FROM = 8;
    /** Up to here log(1 + x) - x comes from a series. */
    private static final double SMALL = 0.5;
    private static final int TERMS = 17;
    /** What is below is as good as an infinitesimal. */
    private static final double TINY = 1e-5;
    /** 2 / k!, k = 2, ..., 16: the series of 2 (exp(x) - 1 - x) / x^2. */
    private static final double[] EXPM1_MINUS = {
        0x1.0000000000000p+0, 0x1.5555555555555p-2, 0x1.5555555555555p-4, 0x1.1111111111111p-6, 0x1.6c16c16c16c17p-9,
        0x1.a01a01a01a01ap-12, 0x1.a01a01a01a01ap-15, 0x1.71de3a556c734p-18, 0x1.27e4fb7789f5cp-21,
        0x1.ae64567f544e4p-25, 0x1.1eed8eff8d898p-28, 0x1.6124613a86d09p-32, 0x1.93974a8c07c9dp-36,
        0x1.ae7f3e733b81fp-40, 0x1.ae7f3e733b81fp-44
    };

    /** log Gamma(x + n) - log Gamma(x), x > 0, x + n > 0; NaN elsewhere. */
    public static double logRising(double x, double n) {
        if (!(x > 0 && x + n > 0)) return Double.NaN;
        if (x < STIRLING_FROM || x + n < STIRLING_FROM) {
            if (x < 1) { // Gamma(x) = Gamma(1 + x) / x
                return GammaFunctions.logGamma(x + n) - GammaFunctions.logGamma(1 + x) + ScalarFunctions.log(x);
            }
            return GammaFunctions.logGamma(x + n) - GammaFunctions.logGamma(x);
        }
        double ratio = n / x;
        double rest = GammaFunctions.stirlingRest(x + n) - GammaFunctions.stirlingRest(x);
        double main = fma(x, log1pMinus(ratio), fma(n - 0.5, ScalarFunctions.log1p(ratio), rest));
        return fma(n, ScalarFunctions.log(x), main);
    }

    /** log Gamma(x + n) - log Gamma(x), x > 0, 0 &lt; n &lt;= 1, of full relative accuracy for small n. */
    public static double logRisingSmall(double x, double n) {
        double sum = 0;
        double y = x;
        while (y < STIRLING_FROM) {
            sum += ScalarFunctions.log1p(n / y);
            y += 1;
        }
        return (n < TINY ? taylor(y, n) : logRising(y, n)) - sum;
    }

    /** log Gamma(y + n) - log Gamma(y) of tiny n, y >= 8. */
    private static double taylor(double y, double n) {
        double r = 1 / y;
        double third = -r * r * fma(r, fma(r, 0.5, 1), 1); // of psi''
        double second = fma(n / 3, third, GammaFunctions.trigamma(y));
        return n * fma(0.5 * n, second, GammaFunctions.digamma(y));
    }

    /** psi(x + n) - psi(x), x > 0, x + n > 0; NaN elsewhere. */
    public static double risingSlope(double x, double n) {
        if (!(x > 0 && x + n > 0)) return Double.NaN;
        double sum = 0;
        double y = x;
        while (y < STIRLING_FROM || y + n < STIRLING_FROM) {
            sum += n / y / (y + n);
            y += 1;
        }
        double z = y + n;
        double rest = 0.5 * n / y / z + (GammaFunctions.digammaRest(y) - GammaFunctions.digammaRest(z));
        return sum + (ScalarFunctions.log1p(n / y) + rest);
    }

    /** psi(x + n) - psi(x), x > 0, 0 &lt; n &lt;= 1, of full relative accuracy for small n. */
    public static double risingSlopeSmall(double x, double n) {
        if (n >= TINY) return risingSlope(x, n);
        double sum = 0;
        double y = x;
        while (y < STIRLING_FROM) {
            sum += n / y / (y + n);
            y += 1;
        }
        return fma(n, GammaFunctions.trigamma(y + 0.5 * n), sum);
    }

    /** log(1 + x) - x, from 2 artanh(s) with s = x / (2 + x) where x is small. */
    public static double log1pMinus(double x) {
        if (!(Math.abs(x) <= SMALL)) return ScalarFunctions.log1p(x) - x;
        double s = x / (2 + x);
        double square = s * s;
        double sum = 0;
        for (int k = TERMS; k > 0; k--) {
            sum = fma(sum, square, 1.0 / (2 * k + 1));
        }
        return s * fma(2 * square, sum, -x);
    }

    /** exp(x) - 1 - x, by its series where x is small. */
    public static double expm1Minus(double x) {
        if (!(Math.abs(x) <= SMALL)) return ScalarFunctions.expm1(x) - x;
        return 0.5 * x * x * Polynomial.value(EXPM1_MINUS, x);
    }
}

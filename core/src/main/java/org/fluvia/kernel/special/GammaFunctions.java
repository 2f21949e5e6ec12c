package org.fluvia.kernel.special;

import static org.fluvia.kernel.special.Arithmetic.fma;

/**
 * log Gamma and its first two derivatives for x > 0 (+-infinity at 0, NaN below), one number at a time; both kernels use
 * them. Commons Numbers has them too, but by {@link Math#log}, whose bits are the JVM's choice, and by recurrences some
 * five times as long.
 *
 * <p>Polynomials are Chebyshev fits at 220 bits (mpmath), rounded to double. Notation of Abramowitz and Stegun, chapter 6.
 */
public final class GammaFunctions {
    private GammaFunctions() {}

    private static final double STIRLING_FROM = 8;
    private static final double ASYMPTOTIC_FROM = 6;
    /** (log(2 pi) - 1) / 2. */
    private static final double STIRLING_CONSTANT = 0x1.acfe390c97d69p-2;

    /** log Gamma(2 + u) / (u (1 + u)) in powers of u + 1/2, -1 &lt;= u &lt;= 0; relative error 2^-53.8. */
    private static final double[] LOG_GAMMA = {
        0x1.eeb95b094c191p-2, -0x1.2aed059bd6085p-3, 0x1.01af62a2929bfp-4, -0x1.007aa83cefa2ap-5, 0x1.133423527f3d7p-6,
        -0x1.34dbda12862fdp-7, 0x1.64f0664c37406p-8, -0x1.a503537a0f991p-9, 0x1.f814babe86906p-10, -0x1.313e528a95488p-10,
        0x1.750a77d822d32p-11, -0x1.cb504365545dbp-12, 0x1.1c7e4f467baeep-12, -0x1.61841f1ae66cfp-13,
        0x1.b9e257d11f1c8p-14, -0x1.1cfbbcd48451cp-14, 0x1.68fdeb08edc47p-15, -0x1.683c30f1a7cfap-16,
        0x1.ba137484c764cp-17, -0x1.3712529314dfdp-16, 0x1.97a672f510735p-17
    };
    /** x (log Gamma(x) - (x - 1/2) log(x) + x - log(2 pi)/2) in powers of 1/x^2, x >= 8; error 2^-60 relative to the whole. */
    private static final double[] STIRLING = {
        0x1.5555555555553p-4, -0x1.6c16c16bb73f8p-9, 0x1.a019fd3c71729p-11, -0x1.380ec35110a71p-11, 0x1.b6fbf48e49c82p-11,
        -0x1.b14d8191cb3ddp-10
    };
    /** x^2 (log(x) - 1/(2 x) - psi(x)) in powers of 1/x^2, x >= 6; error 2^-61 relative to the whole. */
    private static final double[] DIGAMMA = {
        0x1.5555555555554p-4, -0x1.1111111107d25p-7, 0x1.041040cc8bc7ap-8, -0x1.1110d13020bd8p-8, 0x1.f057adb86ed9fp-8,
        -0x1.56b683c034ad8p-6, 0x1.341b6bc1650d5p-4, -0x1.d7653985aa7d9p-3
    };
    /** x^3 (psi'(x) - 1/x - 1/(2 x^2)) in powers of 1/x^2, x >= 6; error 2^-61 relative to the whole. */
    private static final double[] TRIGAMMA = {
        0x1.5555555555555p-3, -0x1.111111110ea8ep-5, 0x1.86186173b5612p-6, -0x1.111103788a35cp-5, 0x1.36487ee9b295ep-4,
        -0x1.02a5c2054c3abp-2, 0x1.21c8ee4d67a4fp+0, -0x1.6c58a0a83b12ap+2, 0x1.474e277b87a9cp+4
    };

    public static void logGamma(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = logGamma(x[xOff + i]);
        }
    }

    public static void digamma(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = digamma(x[xOff + i]);
        }
    }

    public static void trigamma(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = trigamma(x[xOff + i]);
        }
    }

    /** Good to a few ulp, also about the zeros at 1 and 2, whose distance from x is exact. */
    public static double logGamma(double x) {
        if (!(x > 0)) {
            return x == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (x >= STIRLING_FROM) {
            double inverse = 1 / x;
            double rest = fma(inverse, Polynomial.value(STIRLING, inverse * inverse), STIRLING_CONSTANT);
            return fma(x - 0.5, ScalarFunctions.log(x) - 1, rest);
        }
        if (x < 1) {
            // Gamma(1 + x) / x, 1 + x = 2 + u.
            double u = x - 1;
            return fma(u * x, Polynomial.value(LOG_GAMMA, u + 0.5), -ScalarFunctions.log(x));
        }
        // Gamma(y) times x - 1, ..., y with y from 1 to 2.
        double product = 1;
        double y = x;
        while (y > 2) {
            y -= 1;
            product *= y;
        }
        double u = y - 2;
        double value = u * (y - 1) * Polynomial.value(LOG_GAMMA, u + 0.5);
        return product == 1 && x <= 2 ? value : value + ScalarFunctions.log(product);
    }

    /** log Gamma(1 + x), 0 &lt;= x &lt; 1, of full relative accuracy near 0. */
    public static double logGamma1p(double x) {
        return (x - 1) * x * Polynomial.value(LOG_GAMMA, x - 0.5);
    }

    /**
     * log Beta(x, y) = log Gamma(x) + log Gamma(y) - log Gamma(x + y), x and y > 0. Where an argument is large, what cancels
     * in the difference is left out, as by Didonato and Morris (1992, section 5).
     */
    public static double logBeta(double x, double y) {
        double a = Math.min(x, y);
        double b = Math.max(x, y);
        if (!(a > 0) || b == Double.POSITIVE_INFINITY) {
            return a == 0 && b >= 0 ? Double.POSITIVE_INFINITY : a >= 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        if (b < STIRLING_FROM) return logGamma(a) + logGamma(b) - logGamma(a + b);
        double sum = a + b;
        double rest = stirlingRest(b) - stirlingRest(sum);
        double ratio = ScalarFunctions.log1p(a / b);
        if (a < STIRLING_FROM) {
            return logGamma(a) + (fma(-a, ScalarFunctions.log(b), rest) + fma(-(sum - 0.5), ratio, a));
        }
        double constant = STIRLING_CONSTANT + 0.5 + stirlingRest(a) + rest;
        return fma(-b, ratio, fma(a - 0.5, ScalarFunctions.log(a / sum), fma(-0.5, ScalarFunctions.log(b), constant)));
    }

    /** log Gamma(x) less (x - 1/2) log(x) - x + log(2 pi)/2, x >= 8. */
    public static double stirlingRest(double x) {
        double inverse = 1 / x;
        return inverse * Polynomial.value(STIRLING, inverse * inverse);
    }

    /** Good to a few ulp, about its zero at 1.46 to some 1e-16. */
    public static double digamma(double x) {
        if (!(x > 0)) {
            return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        // psi(x) = psi(x + n) - 1/x - ... - 1/(x + n - 1); the fractions but the first are added as one.
        double first = 0;
        double numerator = 0;
        double denominator = 1;
        double y = x;
        if (y < ASYMPTOTIC_FROM) {
            first = 1 / y;
            y += 1;
        }
        while (y < ASYMPTOTIC_FROM) {
            numerator = fma(numerator, y, denominator);
            denominator *= y;
            y += 1;
        }
        double inverse = 1 / y;
        double square = inverse * inverse;
        double tail = fma(square, Polynomial.value(DIGAMMA, square), 0.5 * inverse);
        return ((ScalarFunctions.log(y) - tail) - numerator / denominator) - first;
    }

    /** log(x) - 1/(2 x) - psi(x), x >= 6. */
    public static double digammaRest(double x) {
        double square = 1 / x / x;
        return square * Polynomial.value(DIGAMMA, square);
    }

    public static double trigamma(double x) {
        if (!(x > 0)) {
            return x == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        double sum = 0;
        double y = x;
        while (y < ASYMPTOTIC_FROM) {
            double inverse = 1 / y;
            sum = fma(inverse, inverse, sum);
            y += 1;
        }
        double inverse = 1 / y;
        double square = inverse * inverse;
        return sum + fma(inverse, fma(square, Polynomial.value(TRIGAMMA, square), 1), 0.5 * square);
    }
}

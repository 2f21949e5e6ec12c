package org.fluvia.kernel.special;

/**
 * log(exp(-x) I0(x)), x >= 0, of the modified Bessel function, and its derivative I1(x) / I0(x) - 1, one number at a time;
 * both kernels use them. Scaled, nothing cancels for large x. By the power series (NIST DLMF 10.25.2) and, beyond 20, by the
 * asymptotic one (10.40.1).
 */
public final class BesselFunctions {
    private BesselFunctions() {}

    private static final double ASYMPTOTIC_FROM = 20;
    private static final double TWO_PI = 6.283185307179586;
    private static final double NEGLIGIBLE = 0x1p-56;

    public static double logScaledI0(double x) {
        if (!(x >= 0)) return Double.NaN;
        if (x < ASYMPTOTIC_FROM) return ScalarFunctions.log1p(i0Minus1(x)) - x;
        return ScalarFunctions.log(asymptotic(x)) - 0.5 * ScalarFunctions.log(TWO_PI * x);
    }

    public static double slope(double x) {
        if (!(x >= 0)) return Double.NaN;
        if (x < ASYMPTOTIC_FROM) return i1(x) / (1 + i0Minus1(x)) - 1;
        // the series of I1 - I0 over that of I0
        double term0 = 1;
        double term1 = 1;
        double sum0 = 1;
        double difference = 0;
        for (int n = 1; n < 60 && term0 > NEGLIGIBLE * sum0; n++) {
            double odd = 2 * n - 1;
            term0 *= odd * odd / (8 * n * x);
            term1 *= (odd * odd - 4) / (8 * n * x);
            sum0 += term0;
            difference += term1 - term0;
        }
        return difference / sum0;
    }

    private static double i0Minus1(double x) {
        double quarter = 0.25 * x * x;
        double term = quarter;
        double sum = quarter;
        for (int n = 2; term > NEGLIGIBLE * sum; n++) {
            term *= quarter / ((double) n * n);
            sum += term;
        }
        return sum;
    }

    private static double i1(double x) {
        double quarter = 0.25 * x * x;
        double term = 0.5 * x;
        double sum = term;
        for (int n = 1; term > NEGLIGIBLE * sum; n++) {
            term *= quarter / ((double) n * (n + 1));
            sum += term;
        }
        return sum;
    }

    /** sqrt(2 pi x) exp(-x) I0(x). */
    private static double asymptotic(double x) {
        double term = 1;
        double sum = 1;
        for (int n = 1; n < 60 && term > NEGLIGIBLE * sum; n++) {
            double odd = 2 * n - 1;
            term *= odd * odd / (8 * n * x);
            sum += term;
        }
        return sum;
    }
}

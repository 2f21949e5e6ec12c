package org.fluvia.kernel.special;

import static org.fluvia.kernel.special.Arithmetic.fma;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;
import static org.fluvia.kernel.special.Constants.LOG_2;

/**
 * The logarithms of the regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x), a > 0, x >= 0, and their
 * derivatives in a, one number at a time; both kernels use them.
 *
 * <p>That tail is computed which is not nearly everything, so that both are accurate relative to their logarithm: P below a,
 * Q above. With W = x^a exp(-x) / Gamma(a), P is W times a series of positive terms (NIST DLMF 8.7.1) and Q is W times
 * Legendre's continued fraction (8.9.2), each together with its derivative. Both get long near a where a is large; there
 * P = W times the integral of exp(-a u + x (1 - exp(-u))) and Q = W times that of exp(a u - x (exp(u) - 1)), u > 0 (from
 * t = x exp(-+u) in their definitions), by quadrature. For small a and x, where Q is small in spite of x &lt; 1, it comes from
 * what is left of 1 (Gautschi 1979).
 *
 * <p>The derivative of the logarithm of a tail is log x - psi(a) and the mean of log(t / x) over the tail, both of one sign:
 * nothing cancels.
 */
public final class IncompleteGamma {
    private IncompleteGamma() {}

    /** What is asked of a tail: its logarithm, the derivative of that in a, or its size in x. */
    private enum Part { LOG, SLOPE, HAZARD }

    /** From here on by quadrature. */
    private static final double LARGE = 20;
    private static final double STIRLING_FROM = 8;
    private static final double EPSILON = 0x1p-54;
    private static final int MOST_TERMS = 500;

    public static double logP(double a, double x) {
        return log(true, a, x);
    }

    public static double logQ(double a, double x) {
        return log(false, a, x);
    }

    /** The derivative of logP in a. */
    public static double slopeP(double a, double x) {
        return slope(true, a, x);
    }

    /** The derivative of logQ in a. */
    public static double slopeQ(double a, double x) {
        return slope(false, a, x);
    }

    /** The derivative of logP in x. */
    public static double hazardP(double a, double x) {
        return hazard(true, a, x);
    }

    /** The derivative of logQ in x, but for its sign. */
    public static double hazardQ(double a, double x) {
        return hazard(false, a, x);
    }

    private static boolean isOutside(double a, double x) {
        return !(a > 0 && x >= 0 && a < Double.POSITIVE_INFINITY);
    }

    private static double log(boolean lower, double a, double x) {
        if (isOutside(a, x)) return Double.NaN;
        if (x == 0 || x == Double.POSITIVE_INFINITY) return x == 0 == lower ? Double.NEGATIVE_INFINITY : 0;
        if (a < 1 && x < 1) return small(lower, a, x, false);
        double tail = tail(a, x, Part.LOG);
        return x < a == lower ? tail : ScalarFunctions.log1mExp(tail);
    }

    private static double slope(boolean lower, double a, double x) {
        if (isOutside(a, x)) return Double.NaN;
        if (x == 0) return lower ? Double.NEGATIVE_INFINITY : 0;
        if (x == Double.POSITIVE_INFINITY) return lower ? 0 : Double.POSITIVE_INFINITY;
        if (a < 1 && x < 1) return small(lower, a, x, true);
        double slope = tail(a, x, Part.SLOPE);
        return x < a == lower ? slope : ofComplement(slope, tail(a, x, Part.LOG));
    }

    private static double hazard(boolean lower, double a, double x) {
        if (isOutside(a, x)) return Double.NaN;
        if (x == 0 && lower) return Double.POSITIVE_INFINITY;
        if (x == Double.POSITIVE_INFINITY) return lower ? 0 : 1;
        // far in the tail, the difference of logarithms has lost its digits
        boolean isTail = x < a == lower && !(a < 1 && x < 1);
        return isTail ? tail(a, x, Part.HAZARD) : ScalarFunctions.exp(logDensity(a, x) - log(lower, a, x));
    }

    /** log(x^(a - 1) exp(-x) / Gamma(a)), x finite. */
    private static double logDensity(double a, double x) {
        if (a == 1) return -x;
        if (x == 0) return a > 1 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        if (a >= STIRLING_FROM) return logWeight(a, x) - ScalarFunctions.log(x);
        return (a - 1) * ScalarFunctions.log(x) - x - GammaFunctions.logGamma(a);
    }

    /** The derivative of log(1 - exp(tail)) from that of tail. */
    public static double ofComplement(double slope, double tail) {
        return -slope * ScalarFunctions.exp(tail - ScalarFunctions.log1mExp(tail));
    }

    /** Of log P(a, x) where x &lt; a, else of log Q(a, x). */
    private static double tail(double a, double x, Part part) {
        if (a >= LARGE) return integral(a, x, part);
        return x < a ? series(a, x, part) : fraction(a, x, part);
    }

    /** Of the tail W factor, given the factor and the derivative of its logarithm in a. */
    private static double of(double a, double x, double factor, double factorSlope, Part part) {
        return switch (part) {
            case LOG -> logWeight(a, x) + ScalarFunctions.log(factor);
            case SLOPE -> centredLog(a, x) + factorSlope;
            case HAZARD -> 1 / (x * factor);
        };
    }

    /** P, or Q where P is more than half of 1; a and x are below 1. */
    private static double small(boolean lower, double a, double x, boolean slope) {
        double logX = ScalarFunctions.log(x);
        // P = exp(power) (1 + a rest), rest = sum over n > 0 of (-x)^n / (n! (a + n))
        double power = fma(a, logX, -GammaFunctions.logGamma1p(a));
        double rest = 0;
        double restSlope = 0;
        double term = 1;
        for (int n = 1; n < MOST_TERMS && Math.abs(term) > EPSILON * x; n++) {
            term *= -x / n;
            rest += term / (a + n);
            restSlope -= term / (a + n) / (a + n);
        }
        double powerSlope = logX - GammaFunctions.digamma(1 + a);
        return small(lower, power, powerSlope, a * rest, fma(a, restSlope, rest), slope);
    }

    /**
     * The logarithm of exp(power) (1 + rest) or of its complement, or the derivative, from the derivatives of power and rest. The
     * complement keeps its digits where power and rest are near 0.
     */
    public static double small(boolean lower, double power, double powerSlope, double rest, double restSlope, boolean slope) {
        double log = power + ScalarFunctions.log1p(rest);
        double logSlope = powerSlope + restSlope / (1 + rest);
        if (log < -LOG_2) {
            if (slope) return lower ? logSlope : ofComplement(logSlope, log);
            return lower ? log : ScalarFunctions.log1mExp(log);
        }
        double factor = ScalarFunctions.exp(power);
        double complement = fma(-factor, rest, -ScalarFunctions.expm1(power));
        double complementSlope = -factor * fma(powerSlope, 1 + rest, restSlope);
        if (slope) return lower ? -complementSlope / (1 - complement) : complementSlope / complement;
        return lower ? ScalarFunctions.log1p(-complement) : ScalarFunctions.log(complement);
    }

    private static double series(double a, double x, Part part) {
        double term = 1 / a;
        double termSlope = -term / a;
        double sum = term;
        double sumSlope = termSlope;
        for (int n = 1; n < MOST_TERMS && (term > EPSILON * sum || termSlope < EPSILON * sumSlope); n++) {
            double ratio = x / (a + n);
            termSlope = ratio * (termSlope - term / (a + n));
            term *= ratio;
            sum += term;
            sumSlope += termSlope;
        }
        return of(a, x, sum, sumSlope / sum, part);
    }

    /** By Lentz's method, with the derivatives of what it iterates. */
    private static double fraction(double a, double x, Part part) {
        double c = x + 1 - a;
        double cSlope = -1;
        double d = 0;
        double dSlope = 0;
        double value = c;
        double valueSlope = -1 / c; // of the logarithm
        for (int n = 1; n < MOST_TERMS; n++) {
            double alpha = n * (a - n);
            double beta = x + (2 * n + 1) - a;
            cSlope = (n - alpha * cSlope / c) / c - 1;
            c = beta + alpha / c;
            double denominator = fma(alpha, d, beta);
            double denominatorSlope = n * d + alpha * dSlope - 1;
            d = 1 / denominator;
            dSlope = -denominatorSlope * d * d;
            double step = cSlope / c - denominatorSlope * d;
            value *= c * d;
            valueSlope += step;
            if (Math.abs(c * d - 1) <= 2 * EPSILON && Math.abs(step) <= 2 * EPSILON * Math.abs(valueSlope)) break;
        }
        return of(a, x, 1 / value, -valueSlope, part);
    }

    private static double integral(double a, double x, Part part) {
        double side = x < a ? -1 : 1;
        double rate = Math.abs(x - a);
        // the exponent rate u + x (exp(z) - 1 - z), z = side u, gets to where nothing is left: by Newton's method, convex
        double to = 2 * Quadrature.NEGLIGIBLE / (rate + Math.sqrt(fma(rate, rate, 2 * Quadrature.NEGLIGIBLE * x)));
        for (int i = 0; i < 4; i++) {
            double growth = GammaRatios.expm1Minus(side * to);
            double steepness = rate + x * side * (growth + side * to);
            to -= (fma(rate, to, x * growth) - Quadrature.NEGLIGIBLE) / steepness;
        }
        double sum = 0;
        double mean = 0;
        for (int i = 0; i < Quadrature.NODES.length; i++) {
            double u = to * Quadrature.NODES[i];
            double exponent = fma(rate, u, x * GammaRatios.expm1Minus(side * u));
            double weighted = Quadrature.WEIGHTS[i] * ScalarFunctions.exp(-exponent);
            sum += weighted;
            mean = fma(weighted, u, mean);
        }
        return of(a, x, to * sum, side * mean / sum, part);
    }

    /** log(x^a exp(-x) / Gamma(a)); near a, what cancels is left out, as by Loader (2000). */
    private static double logWeight(double a, double x) {
        if (a < STIRLING_FROM) return fma(a, ScalarFunctions.log(x), -x) - GammaFunctions.logGamma(a);
        double distance = (x - a) / a;
        double main = Math.abs(distance) <= 0.5 ? a * GammaRatios.log1pMinus(distance)
                : fma(a, ScalarFunctions.log(x / a), a - x);
        return main + (fma(0.5, ScalarFunctions.log(a), -HALF_LOG_2PI) - GammaFunctions.stirlingRest(a));
    }

    /** log(x) - psi(a). */
    private static double centredLog(double a, double x) {
        double distance = (x - a) / a;
        if (a < STIRLING_FROM || Math.abs(distance) > 0.5) return ScalarFunctions.log(x) - GammaFunctions.digamma(a);
        return ScalarFunctions.log1p(distance) + (0.5 / a + GammaFunctions.digammaRest(a));
    }
}

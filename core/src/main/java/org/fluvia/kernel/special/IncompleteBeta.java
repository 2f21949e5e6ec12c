package org.fluvia.kernel.special;

import static org.fluvia.kernel.special.Arithmetic.fma;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;

/**
 * The logarithm of the regularised incomplete beta function I_x(a, b), a and b > 0, as a function of the odds w = x / (1 - x), and
 * its derivatives, one number at a time; both kernels use them. It is the distribution function of a beta prime distributed
 * number. By their odds, x and y = 1 - x both have their digits: the other tail is I of (b, a, 1 / w).
 *
 * <p>As in {@link IncompleteGamma}, that tail is computed which is not nearly everything: up to x = a / (a + b) it is I. With
 * W = x^a y^b / B(a, b), I is W times a continued fraction (Didonato and Morris 1992, eq. 9; NIST DLMF 8.17.22, its even part),
 * together with its derivatives; where a and b are large, W times the integral of
 * exp(-a u) (1 + x (exp(-u) - 1))^-(a + b), u > 0 (from odds w exp(-u) in its definition), by quadrature. For a small a, by the power
 * series (DLMF 8.17.7), of which what is left of 1 has its digits too.
 */
public final class IncompleteBeta {
    private IncompleteBeta() {}

    /** What is asked: the logarithm, or the derivative of that in a, in b, or in w. */
    public enum Part {
        LOG, SLOPE_A, SLOPE_B, HAZARD;

        private Part swapped() {
            return this == SLOPE_A ? SLOPE_B : this == SLOPE_B ? SLOPE_A : this;
        }
    }

    /** From here on, of both, by quadrature. */
    private static final double LARGE = 20;
    private static final double STIRLING_FROM = 8;
    private static final double EPSILON = 0x1p-54;
    private static final int MOST_TERMS = 500;
    /** For smaller b x, what is left of 1 comes from the power series. */
    private static final double SMALL = 0.7;

    public static double of(double a, double b, double w, Part part) {
        if (!(a > 0 && b > 0 && w >= 0 && a < Double.POSITIVE_INFINITY && b < Double.POSITIVE_INFINITY)) return Double.NaN;
        if (w == 0 || w == Double.POSITIVE_INFINITY) return atTheEdge(w == 0, part);
        boolean below = isSmall(a, b, w) || !isSmall(b, a, 1 / w) && fma(-b, w, a) >= 0;
        double p = below ? a : b;
        double q = below ? b : a;
        double odds = below ? w : 1 / w;
        Part asked = below ? part : part.swapped();
        if (part == Part.HAZARD && (!below || isSmall(p, q, odds))) {
            return ScalarFunctions.exp(logWeight(a, b, w) - ScalarFunctions.log(w) - of(a, b, w, Part.LOG));
        }
        if (isSmall(p, q, odds)) return small(below, p, q, odds, asked);
        double tail = tail(p, q, odds, asked);
        if (below) return tail;
        return part == Part.LOG ? ScalarFunctions.log1mExp(tail)
                : IncompleteGamma.ofComplement(tail, tail(p, q, odds, Part.LOG));
    }

    private static double atTheEdge(boolean zero, Part part) {
        return switch (part) {
            case LOG -> zero ? Double.NEGATIVE_INFINITY : 0;
            case SLOPE_A -> zero ? Double.NEGATIVE_INFINITY : 0;
            case SLOPE_B -> 0;
            case HAZARD -> zero ? Double.POSITIVE_INFINITY : 0;
        };
    }

    private static boolean isSmall(double a, double b, double w) {
        return a < 1 && (b < 1 ? w <= 1 : b * (w / (1 + w)) <= SMALL);
    }

    /** I, or what it leaves of 1; a is below 1. */
    private static double small(boolean lower, double a, double b, double w, Part part) {
        // I = exp(power) (1 + a rest), rest = sum over n > 0 of (1 - b) ... (n - b) x^n / (n! (a + n))
        double x = w / (1 + w);
        double logX = logX(w);
        double power = fma(a, logX, GammaRatios.logRisingSmall(b, a) - GammaFunctions.logGamma1p(a));
        boolean inA = part == Part.SLOPE_A;
        double rest = 0;
        double restSlope = 0;
        double term = 1;
        double termSlope = 0; // in b
        for (int n = 1; n < MOST_TERMS && (Math.abs(term) > EPSILON * x || Math.abs(termSlope) > EPSILON * x); n++) {
            double scale = x / n;
            termSlope = scale * fma(termSlope, n - b, -term);
            term *= scale * (n - b);
            rest += term / (a + n);
            restSlope += inA ? -term / (a + n) / (a + n) : termSlope / (a + n);
        }
        double powerSlope = inA ? logX + (GammaFunctions.digamma(a + b) - GammaFunctions.digamma(1 + a))
                : GammaRatios.risingSlopeSmall(b, a);
        double slope = a * restSlope + (inA ? rest : 0);
        return IncompleteGamma.small(lower, power, powerSlope, a * rest, slope, part != Part.LOG);
    }

    private static double tail(double a, double b, double w, Part part) {
        return Math.min(a, b) >= LARGE ? integral(a, b, w, part) : fraction(a, b, w, part);
    }

    /** Of the tail W factor, given the factor and the derivative of its logarithm in what is asked. */
    private static double of(double a, double b, double w, double factor, double factorSlope, Part part) {
        return switch (part) {
            case LOG -> logWeight(a, b, w) + ScalarFunctions.log(factor);
            case SLOPE_A -> centredLog(a, b, logX(w), -distance(a, b, w) / a) + factorSlope;
            case SLOPE_B -> centredLog(b, a, -ScalarFunctions.log1p(w), distance(a, b, w) / b) + factorSlope;
            case HAZARD -> 1 / (w * factor);
        };
    }

    /** By Lentz's method, with the derivatives of what it iterates. */
    private static double fraction(double a, double b, double w, Part part) {
        double da = part == Part.SLOPE_A ? 1 : 0;
        double db = part == Part.SLOPE_B ? 1 : 0;
        double x = w / (1 + w);
        double y = 1 / (1 + w);
        double distance = distance(a, b, w);
        double distanceSlope = da * y - db * x;
        double ratio = a / (a + 1);
        double c = ratio * (distance + 1);
        double cSlope = da * (distance + 1) / (a + 1) / (a + 1) + ratio * distanceSlope;
        double d = 0;
        double dSlope = 0;
        double value = c;
        double valueSlope = cSlope / c; // of the logarithm
        for (int n = 1; n < MOST_TERMS; n++) {
            double before = a + (2 * n - 1);
            double after = a + (2 * n + 1);
            double scale = (a + (n - 1)) / before * ((a + b + (n - 1)) / before) * n * x * x;
            double scaleSlope = scale * (da / (a + (n - 1)) + (da + db) / (a + b + (n - 1)) - 2 * da / before);
            double alpha = scale * (b - n);
            double alphaSlope = fma(scaleSlope, b - n, scale * db);
            double third = distance + (1 + n * (1 + y));
            double beta = n + n * (b - n) * x / before + (a + n) / after * third;
            double betaSlope = n * x * (db - da * (b - n) / before) / before + da * (n + 1) / after / after * third
                    + (a + n) / after * distanceSlope;
            cSlope = betaSlope + (alphaSlope - alpha * cSlope / c) / c;
            c = beta + alpha / c;
            double denominator = fma(alpha, d, beta);
            double denominatorSlope = fma(alphaSlope, d, alpha * dSlope) + betaSlope;
            d = 1 / denominator;
            dSlope = -denominatorSlope * d * d;
            double step = cSlope / c - denominatorSlope * d;
            value *= c * d;
            valueSlope += step;
            if (Math.abs(c * d - 1) <= 2 * EPSILON && Math.abs(step) <= 2 * EPSILON * Math.abs(valueSlope)) break;
        }
        return of(a, b, w, 1 / value, -valueSlope, part);
    }

    private static double integral(double a, double b, double w, Part part) {
        double x = w / (1 + w);
        double y = 1 / (1 + w);
        double sum = a + b;
        double rate = distance(a, b, w);
        // the exponent rate u + (a + b) (log(1 + x (exp(-u) - 1)) + x u) gets to where nothing is left: by Newton's method
        double to = 2 * Quadrature.NEGLIGIBLE / (rate + Math.sqrt(fma(rate, rate, 2 * Quadrature.NEGLIGIBLE * sum * x * y)));
        for (int i = 0; i < 5; i++) {
            double fall = ScalarFunctions.expm1(-to);
            double steepness = rate - sum * x * y * fall / fma(x, fall, 1);
            to -= (fma(rate, to, sum * (ScalarFunctions.log1p(x * fall) + x * to)) - Quadrature.NEGLIGIBLE) / steepness;
        }
        double total = 0;
        double mean = 0;
        for (int i = 0; i < Quadrature.NODES.length; i++) {
            double u = to * Quadrature.NODES[i];
            // log(1 + x (exp(-u) - 1)) + x u, of which the smaller of x and y loses nothing
            boolean left = w <= 1;
            double curve = GammaRatios.expm1Minus(left ? -u : u);
            double share = left ? x * (curve - u) : y * (curve + u);
            double minus = GammaRatios.log1pMinus(share);
            double growth = fma(left ? x : y, curve, minus);
            double weighted = Quadrature.WEIGHTS[i] * ScalarFunctions.exp(-fma(rate, u, sum * growth));
            total += weighted;
            // log of the odds' x and y over those at w
            double log = minus + share;
            mean = fma(weighted, part == Part.SLOPE_A ? (left ? -u - log : -log) : left ? -log : u - log, mean);
        }
        return of(a, b, w, to * total, mean / total, part);
    }

    /** log(x^a y^b / B(a, b)); for large a and b what cancels is left out. */
    private static double logWeight(double a, double b, double w) {
        if (Math.min(a, b) < STIRLING_FROM) {
            return fma(a, logX(w), -b * ScalarFunctions.log1p(w)) - GammaFunctions.logBeta(a, b);
        }
        double distance = distance(a, b, w);
        double least = Math.min(a, b);
        double scale = ScalarFunctions.log(least) - ScalarFunctions.log1p(least / Math.max(a, b)); // log(a b / (a + b))
        double rest = GammaFunctions.stirlingRest(a + b) - GammaFunctions.stirlingRest(a) - GammaFunctions.stirlingRest(b);
        return deviance(a, b, -distance, logX(w)) + deviance(b, a, distance, -ScalarFunctions.log1p(w))
                + (fma(0.5, scale, -HALF_LOG_2PI) + rest);
    }

    /** a (log(x / x0) - x / x0 + 1), x0 = a / (a + b), of distance = a (x / x0 - 1). */
    private static double deviance(double a, double b, double distance, double logX) {
        double relative = distance / a;
        return Math.abs(relative) <= 0.5 ? a * GammaRatios.log1pMinus(relative)
                : fma(a, logX + ScalarFunctions.log1p(b / a), -distance);
    }

    /** log(x) - psi(a) + psi(a + b), relative the distance of x from a / (a + b) as a part of that. */
    private static double centredLog(double a, double b, double logX, double relative) {
        if (a < STIRLING_FROM || Math.abs(relative) > 0.5) return logX + GammaRatios.risingSlope(a, b);
        double sum = a + b;
        double rest = GammaFunctions.digammaRest(a) - GammaFunctions.digammaRest(sum);
        return ScalarFunctions.log1p(relative) + (0.5 / a * (b / sum) + rest);
    }

    /** a - (a + b) x. */
    private static double distance(double a, double b, double w) {
        return w < 1e100 ? fma(-b, w, a) / (1 + w) : (a / w - b) / (1 / w + 1);
    }

    private static double logX(double w) {
        return w < 1 ? ScalarFunctions.log(w) - ScalarFunctions.log1p(w) : -ScalarFunctions.log1p(1 / w);
    }
}

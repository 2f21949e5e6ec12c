package org.fluvia.kernel;

import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.Trigamma;

/** The gamma functions of Commons Numbers in loops; both kernels use them. */
final class SpecialFunctions {
    private SpecialFunctions() {}

    static void apply(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        switch (op) {
            case LGAMMA -> logGamma(x, xOff, y, yOff, n);
            case DIGAMMA -> digamma(x, xOff, y, yOff, n);
            case TRIGAMMA -> trigamma(x, xOff, y, yOff, n);
            default -> throw new IllegalArgumentException("special function: op must be a gamma function, but was " + op);
        }
    }

    private static void logGamma(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = logGamma(x[xOff + i]);
        }
    }

    private static void digamma(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = digamma(x[xOff + i]);
        }
    }

    private static void trigamma(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = trigamma(x[xOff + i]);
        }
    }

    static double logGamma(double x) {
        return x > 0 ? LogGamma.value(x) : x == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }

    static double digamma(double x) {
        if (x > 0 && x < Double.POSITIVE_INFINITY) {
            return Digamma.value(x);
        }
        return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
    }

    /** Commons Numbers would loop for ever on a large negative number. */
    static double trigamma(double x) {
        if (x > 0 && x < Double.POSITIVE_INFINITY) {
            return Trigamma.value(x);
        }
        return x == 0 ? Double.POSITIVE_INFINITY : x > 0 ? 0 : Double.NaN;
    }
}

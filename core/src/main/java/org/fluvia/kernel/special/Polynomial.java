package org.fluvia.kernel.special;

import static org.fluvia.kernel.special.Arithmetic.fma;

/** Horner's scheme. */
public final class Polynomial {
    private Polynomial() {}

    /** The sum of coefficients[i] x^i. */
    public static double value(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = fma(sum, x, coefficients[i]);
        }
        return sum;
    }
}

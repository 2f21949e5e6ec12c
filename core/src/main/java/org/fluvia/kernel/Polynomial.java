package org.fluvia.kernel;

import static org.fluvia.kernel.Arithmetic.fma;

/** Horner's scheme. */
final class Polynomial {
    private Polynomial() {}

    /** The sum of coefficients[i] x^i. */
    static double value(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = fma(sum, x, coefficients[i]);
        }
        return sum;
    }
}

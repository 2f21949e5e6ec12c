package org.fluvia.kernel.scalar;

import static org.fluvia.kernel.special.Arithmetic.fma;

/** The elementwise loops of more than two arguments, and fill. */
public final class ScalarUpdates {
    private ScalarUpdates() {}

    public static void addProduct(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = fma(x[xOff + i], y[yOff + i], z[zOff + i]);
        }
    }

    public static void axpy(double alpha, double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = fma(alpha, x[xOff + i], y[yOff + i]);
        }
    }

    public static void where(double[] condition, int cOff, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff,
                      int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = condition[cOff + i] == 0 ? y[yOff + i] : x[xOff + i];
        }
    }

    public static void fill(double value, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = value;
        }
    }
}

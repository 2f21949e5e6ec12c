package org.fluvia.kernel.scalar;

import org.fluvia.kernel.UnaryOp;
import org.fluvia.kernel.special.GammaFunctions;
import org.fluvia.kernel.special.ScalarFunctions;

/** y[i] = op(x[i]), one loop an operation, so that each compiles to a loop without a branch on the operation. */
public final class ScalarUnary {
    private ScalarUnary() {}

    public static void apply(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        switch (op) {
            case NEG -> negate(x, xOff, y, yOff, n);
            case ABS -> abs(x, xOff, y, yOff, n);
            case SQUARE -> square(x, xOff, y, yOff, n);
            case RECIPROCAL -> reciprocal(x, xOff, y, yOff, n);
            case SQRT -> sqrt(x, xOff, y, yOff, n);
            case EXP -> exp(x, xOff, y, yOff, n);
            case LOG -> log(x, xOff, y, yOff, n);
            case LOG1P -> log1p(x, xOff, y, yOff, n);
            case EXPM1 -> expm1(x, xOff, y, yOff, n);
            case TANH -> tanh(x, xOff, y, yOff, n);
            case SIGMOID -> sigmoid(x, xOff, y, yOff, n);
            case SOFTPLUS -> softplus(x, xOff, y, yOff, n);
            case IS_FINITE -> isFinite(x, xOff, y, yOff, n);
            case LGAMMA -> GammaFunctions.logGamma(x, xOff, y, yOff, n);
            case DIGAMMA -> GammaFunctions.digamma(x, xOff, y, yOff, n);
            case TRIGAMMA -> GammaFunctions.trigamma(x, xOff, y, yOff, n);
            default -> numbers(op, x, xOff, y, yOff, n);
        }
    }

    private static void numbers(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = op.of(x[xOff + i]);
        }
    }

    public static void negate(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = -x[xOff + i];
        }
    }

    public static void abs(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = Math.abs(x[xOff + i]);
        }
    }

    public static void square(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = x[xOff + i] * x[xOff + i];
        }
    }

    public static void reciprocal(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = 1 / x[xOff + i];
        }
    }

    public static void sqrt(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = Math.sqrt(x[xOff + i]);
        }
    }

    public static void exp(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = ScalarFunctions.exp(x[xOff + i]);
        }
    }

    public static void log(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = ScalarFunctions.log(x[xOff + i]);
        }
    }

    public static void log1p(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = ScalarFunctions.log1p(x[xOff + i]);
        }
    }

    public static void expm1(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = ScalarFunctions.expm1(x[xOff + i]);
        }
    }

    public static void tanh(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = ScalarFunctions.tanh(x[xOff + i]);
        }
    }

    public static void sigmoid(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = ScalarFunctions.sigmoid(x[xOff + i]);
        }
    }

    public static void softplus(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = ScalarFunctions.softplus(x[xOff + i]);
        }
    }

    public static void isFinite(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = Math.abs(x[xOff + i]) < Double.POSITIVE_INFINITY ? 1 : 0;
        }
    }
}

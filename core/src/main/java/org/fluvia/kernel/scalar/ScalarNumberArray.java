package org.fluvia.kernel.scalar;

import org.fluvia.kernel.BinaryOp;

/** z[i] = op(x, y[i]), one loop an operation. */
public final class ScalarNumberArray {
    private ScalarNumberArray() {}

    public static void apply(BinaryOp op, double x, double[] y, int yOff, double[] z, int zOff, int n) {
        switch (op) {
            case ADD -> add(x, y, yOff, z, zOff, n);
            case SUB -> subtract(x, y, yOff, z, zOff, n);
            case MUL -> multiply(x, y, yOff, z, zOff, n);
            case DIV -> divide(x, y, yOff, z, zOff, n);
            case MIN -> min(x, y, yOff, z, zOff, n);
            case MAX -> max(x, y, yOff, z, zOff, n);
            case LT -> less(x, y, yOff, z, zOff, n);
            case LE -> lessOrEqual(x, y, yOff, z, zOff, n);
            case EQ -> equal(x, y, yOff, z, zOff, n);
            default -> rare(op, x, y, yOff, z, zOff, n);
        }
    }

    public static void add(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x + y[yOff + i];
        }
    }

    public static void subtract(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x - y[yOff + i];
        }
    }

    public static void multiply(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x * y[yOff + i];
        }
    }

    public static void divide(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x / y[yOff + i];
        }
    }

    public static void min(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = Math.min(x, y[yOff + i]);
        }
    }

    public static void max(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = Math.max(x, y[yOff + i]);
        }
    }

    public static void less(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x < y[yOff + i] ? 1 : 0;
        }
    }

    public static void lessOrEqual(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x <= y[yOff + i] ? 1 : 0;
        }
    }

    public static void equal(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x == y[yOff + i] ? 1 : 0;
        }
    }

    public static void rare(BinaryOp op, double x, double[] y, int yOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = op.of(x, y[yOff + i]);
        }
    }
}

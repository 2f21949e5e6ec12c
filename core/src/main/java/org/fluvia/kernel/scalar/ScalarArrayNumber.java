package org.fluvia.kernel.scalar;

import org.fluvia.kernel.BinaryOp;

/** z[i] = op(x[i], y), one loop an operation. */
public final class ScalarArrayNumber {
    private ScalarArrayNumber() {}

    public static void apply(BinaryOp op, double[] x, int xOff, double y, double[] z, int zOff, int n) {
        switch (op) {
            case ADD -> add(x, xOff, y, z, zOff, n);
            case SUB -> subtract(x, xOff, y, z, zOff, n);
            case MUL -> multiply(x, xOff, y, z, zOff, n);
            case DIV -> divide(x, xOff, y, z, zOff, n);
            case MIN -> min(x, xOff, y, z, zOff, n);
            case MAX -> max(x, xOff, y, z, zOff, n);
            case LT -> less(x, xOff, y, z, zOff, n);
            case LE -> lessOrEqual(x, xOff, y, z, zOff, n);
            case EQ -> equal(x, xOff, y, z, zOff, n);
            default -> rare(op, x, xOff, y, z, zOff, n);
        }
    }

    public static void add(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x[xOff + i] + y;
        }
    }

    public static void subtract(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x[xOff + i] - y;
        }
    }

    public static void multiply(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x[xOff + i] * y;
        }
    }

    public static void divide(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x[xOff + i] / y;
        }
    }

    public static void min(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = Math.min(x[xOff + i], y);
        }
    }

    public static void max(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = Math.max(x[xOff + i], y);
        }
    }

    public static void less(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x[xOff + i] < y ? 1 : 0;
        }
    }

    public static void lessOrEqual(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x[xOff + i] <= y ? 1 : 0;
        }
    }

    public static void equal(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = x[xOff + i] == y ? 1 : 0;
        }
    }

    public static void rare(BinaryOp op, double[] x, int xOff, double y, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i++) {
            z[zOff + i] = op.of(x[xOff + i], y);
        }
    }
}

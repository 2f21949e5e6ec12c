package org.fluvia.kernel;

import static org.fluvia.kernel.VectorFunctions.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link ScalarArrayArray} by vectors; the last n mod (vector length) elements go to its loops. */
final class VectorArrayArray {
    private VectorArrayArray() {}

    private static final int LANES = SPECIES.length();

    static void apply(BinaryOp op, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        switch (op) {
            case ADD -> add(x, xOff, y, yOff, z, zOff, n);
            case SUB -> subtract(x, xOff, y, yOff, z, zOff, n);
            case MUL -> multiply(x, xOff, y, yOff, z, zOff, n);
            case DIV -> divide(x, xOff, y, yOff, z, zOff, n);
            case MIN -> min(x, xOff, y, yOff, z, zOff, n);
            case MAX -> max(x, xOff, y, yOff, z, zOff, n);
            case LT -> less(x, xOff, y, yOff, z, zOff, n);
            case LE -> lessOrEqual(x, xOff, y, yOff, z, zOff, n);
            case EQ -> equal(x, xOff, y, yOff, z, zOff, n);
            case POW -> ScalarArrayArray.pow(x, xOff, y, yOff, z, zOff, n);
        }
    }

    private static void add(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).add(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarArrayArray.add(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    private static void subtract(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).sub(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarArrayArray.subtract(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    private static void multiply(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).mul(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarArrayArray.multiply(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    private static void divide(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).div(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarArrayArray.divide(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    private static void min(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).min(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarArrayArray.min(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    private static void max(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).max(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarArrayArray.max(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    private static void less(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            one(load(x, xOff + i).compare(VectorOperators.LT, load(y, yOff + i))).intoArray(z, zOff + i);
        }
        ScalarArrayArray.less(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    private static void lessOrEqual(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            one(load(x, xOff + i).compare(VectorOperators.LE, load(y, yOff + i))).intoArray(z, zOff + i);
        }
        ScalarArrayArray.lessOrEqual(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    private static void equal(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            one(load(x, xOff + i).compare(VectorOperators.EQ, load(y, yOff + i))).intoArray(z, zOff + i);
        }
        ScalarArrayArray.equal(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    private static DoubleVector load(double[] x, int offset) {
        return DoubleVector.fromArray(SPECIES, x, offset);
    }

    private static DoubleVector one(VectorMask<Double> where) {
        return DoubleVector.zero(SPECIES).blend(1, where);
    }
}

package org.fluvia.kernel;

import static org.fluvia.kernel.VectorFunctions.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link ScalarArrayNumber} by vectors; the last n mod (vector length) elements go to its loops. */
final class VectorArrayNumber {
    private VectorArrayNumber() {}

    private static final int LANES = SPECIES.length();

    static void apply(BinaryOp op, double[] x, int xOff, double y, double[] z, int zOff, int n) {
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
            case POW -> ScalarArrayNumber.pow(x, xOff, y, z, zOff, n);
        }
    }

    private static void add(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).add(v).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.add(x, xOff + i, y, z, zOff + i, n - i);
    }

    private static void subtract(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).sub(v).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.subtract(x, xOff + i, y, z, zOff + i, n - i);
    }

    private static void multiply(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).mul(v).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.multiply(x, xOff + i, y, z, zOff + i, n - i);
    }

    private static void divide(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).div(v).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.divide(x, xOff + i, y, z, zOff + i, n - i);
    }

    private static void min(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).min(v).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.min(x, xOff + i, y, z, zOff + i, n - i);
    }

    private static void max(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).max(v).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.max(x, xOff + i, y, z, zOff + i, n - i);
    }

    private static void less(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            one(load(x, xOff + i).compare(VectorOperators.LT, v)).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.less(x, xOff + i, y, z, zOff + i, n - i);
    }

    private static void lessOrEqual(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            one(load(x, xOff + i).compare(VectorOperators.LE, v)).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.lessOrEqual(x, xOff + i, y, z, zOff + i, n - i);
    }

    private static void equal(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            one(load(x, xOff + i).compare(VectorOperators.EQ, v)).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.equal(x, xOff + i, y, z, zOff + i, n - i);
    }

    private static DoubleVector load(double[] x, int offset) {
        return DoubleVector.fromArray(SPECIES, x, offset);
    }

    private static DoubleVector one(VectorMask<Double> where) {
        return DoubleVector.zero(SPECIES).blend(1, where);
    }
}

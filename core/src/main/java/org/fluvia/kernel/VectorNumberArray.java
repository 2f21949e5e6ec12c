package org.fluvia.kernel;

import static org.fluvia.kernel.VectorFunctions.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link ScalarNumberArray} by vectors; the last n mod (vector length) elements go to its loops. */
final class VectorNumberArray {
    private VectorNumberArray() {}

    private static final int LANES = SPECIES.length();

    static void apply(BinaryOp op, double x, double[] y, int yOff, double[] z, int zOff, int n) {
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
            case POW -> ScalarNumberArray.pow(x, y, yOff, z, zOff, n);
        }
    }

    private static void add(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            v.add(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarNumberArray.add(x, y, yOff + i, z, zOff + i, n - i);
    }

    private static void subtract(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            v.sub(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarNumberArray.subtract(x, y, yOff + i, z, zOff + i, n - i);
    }

    private static void multiply(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            v.mul(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarNumberArray.multiply(x, y, yOff + i, z, zOff + i, n - i);
    }

    private static void divide(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            v.div(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarNumberArray.divide(x, y, yOff + i, z, zOff + i, n - i);
    }

    private static void min(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            v.min(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarNumberArray.min(x, y, yOff + i, z, zOff + i, n - i);
    }

    private static void max(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            v.max(load(y, yOff + i)).intoArray(z, zOff + i);
        }
        ScalarNumberArray.max(x, y, yOff + i, z, zOff + i, n - i);
    }

    private static void less(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            one(v.compare(VectorOperators.LT, load(y, yOff + i))).intoArray(z, zOff + i);
        }
        ScalarNumberArray.less(x, y, yOff + i, z, zOff + i, n - i);
    }

    private static void lessOrEqual(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            one(v.compare(VectorOperators.LE, load(y, yOff + i))).intoArray(z, zOff + i);
        }
        ScalarNumberArray.lessOrEqual(x, y, yOff + i, z, zOff + i, n - i);
    }

    private static void equal(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            one(v.compare(VectorOperators.EQ, load(y, yOff + i))).intoArray(z, zOff + i);
        }
        ScalarNumberArray.equal(x, y, yOff + i, z, zOff + i, n - i);
    }

    private static DoubleVector load(double[] x, int offset) {
        return DoubleVector.fromArray(SPECIES, x, offset);
    }

    private static DoubleVector one(VectorMask<Double> where) {
        return DoubleVector.zero(SPECIES).blend(1, where);
    }
}

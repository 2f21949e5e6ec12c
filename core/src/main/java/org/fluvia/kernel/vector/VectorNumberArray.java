package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.scalar.ScalarNumberArray;

/** {@link ScalarNumberArray} by vectors; the last n mod (vector length) elements go to its loops. */
final class VectorNumberArray {
    private VectorNumberArray() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
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
            default -> ScalarNumberArray.rare(op, x, y, yOff, z, zOff, n);
        }
    }

    static void add(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.add(b).intoArray(z, zOff + i);
        }
        ScalarNumberArray.add(x, y, yOff + i, z, zOff + i, n - i);
    }

    static void subtract(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.sub(b).intoArray(z, zOff + i);
        }
        ScalarNumberArray.subtract(x, y, yOff + i, z, zOff + i, n - i);
    }

    static void multiply(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.mul(b).intoArray(z, zOff + i);
        }
        ScalarNumberArray.multiply(x, y, yOff + i, z, zOff + i, n - i);
    }

    static void divide(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.div(b).intoArray(z, zOff + i);
        }
        ScalarNumberArray.divide(x, y, yOff + i, z, zOff + i, n - i);
    }

    static void min(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.min(b).intoArray(z, zOff + i);
        }
        ScalarNumberArray.min(x, y, yOff + i, z, zOff + i, n - i);
    }

    static void max(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.max(b).intoArray(z, zOff + i);
        }
        ScalarNumberArray.max(x, y, yOff + i, z, zOff + i, n - i);
    }

    static void less(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            DoubleVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LT, b)).intoArray(z, zOff + i);
        }
        ScalarNumberArray.less(x, y, yOff + i, z, zOff + i, n - i);
    }

    static void lessOrEqual(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            DoubleVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LE, b)).intoArray(z, zOff + i);
        }
        ScalarNumberArray.lessOrEqual(x, y, yOff + i, z, zOff + i, n - i);
    }

    static void equal(double x, double[] y, int yOff, double[] z, int zOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, x);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            DoubleVector.zero(SPECIES).blend(1, a.compare(VectorOperators.EQ, b)).intoArray(z, zOff + i);
        }
        ScalarNumberArray.equal(x, y, yOff + i, z, zOff + i, n - i);
    }
}

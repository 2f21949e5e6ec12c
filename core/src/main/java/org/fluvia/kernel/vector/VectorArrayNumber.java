package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.scalar.ScalarArrayNumber;

/** {@link ScalarArrayNumber} by vectors; the last n mod (vector length) elements go to its loops. */
final class VectorArrayNumber {
    private VectorArrayNumber() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
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
            default -> ScalarArrayNumber.rare(op, x, xOff, y, z, zOff, n);
        }
    }

    static void add(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            a.add(b).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.add(x, xOff + i, y, z, zOff + i, n - i);
    }

    static void subtract(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            a.sub(b).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.subtract(x, xOff + i, y, z, zOff + i, n - i);
    }

    static void multiply(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            a.mul(b).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.multiply(x, xOff + i, y, z, zOff + i, n - i);
    }

    static void divide(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            a.div(b).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.divide(x, xOff + i, y, z, zOff + i, n - i);
    }

    static void min(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            a.min(b).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.min(x, xOff + i, y, z, zOff + i, n - i);
    }

    static void max(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            a.max(b).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.max(x, xOff + i, y, z, zOff + i, n - i);
    }

    static void less(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LT, b)).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.less(x, xOff + i, y, z, zOff + i, n - i);
    }

    static void lessOrEqual(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LE, b)).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.lessOrEqual(x, xOff + i, y, z, zOff + i, n - i);
    }

    static void equal(double[] x, int xOff, double y, double[] z, int zOff, int n) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, y);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector.zero(SPECIES).blend(1, a.compare(VectorOperators.EQ, b)).intoArray(z, zOff + i);
        }
        ScalarArrayNumber.equal(x, xOff + i, y, z, zOff + i, n - i);
    }
}

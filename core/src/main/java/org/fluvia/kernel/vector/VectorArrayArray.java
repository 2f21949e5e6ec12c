package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.scalar.ScalarArrayArray;

/** {@link ScalarArrayArray} by vectors; the last n mod (vector length) elements go to its loops. */
final class VectorArrayArray {
    private VectorArrayArray() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
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
            case TANH_ADJOINT -> tanhAdjoint(x, xOff, y, yOff, z, zOff, n);
            case EQ -> equal(x, xOff, y, yOff, z, zOff, n);
            default -> ScalarArrayArray.rare(op, x, xOff, y, yOff, z, zOff, n);
        }
    }

    static void add(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.add(b).intoArray(z, zOff + i);
        }
        ScalarArrayArray.add(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void subtract(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.sub(b).intoArray(z, zOff + i);
        }
        ScalarArrayArray.subtract(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void multiply(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.mul(b).intoArray(z, zOff + i);
        }
        ScalarArrayArray.multiply(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void divide(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.div(b).intoArray(z, zOff + i);
        }
        ScalarArrayArray.divide(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void min(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.min(b).intoArray(z, zOff + i);
        }
        ScalarArrayArray.min(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void max(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.max(b).intoArray(z, zOff + i);
        }
        ScalarArrayArray.max(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void less(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            DoubleVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LT, b)).intoArray(z, zOff + i);
        }
        ScalarArrayArray.less(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void lessOrEqual(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            DoubleVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LE, b)).intoArray(z, zOff + i);
        }
        ScalarArrayArray.lessOrEqual(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void equal(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            DoubleVector.zero(SPECIES).blend(1, a.compare(VectorOperators.EQ, b)).intoArray(z, zOff + i);
        }
        ScalarArrayArray.equal(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void tanhAdjoint(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.mul(b).neg().fma(b, a).intoArray(z, zOff + i);
        }
        ScalarArrayArray.tanhAdjoint(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }
}

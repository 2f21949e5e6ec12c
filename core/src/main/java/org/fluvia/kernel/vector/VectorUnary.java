package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fluvia.kernel.UnaryOp;
import org.fluvia.kernel.scalar.ScalarUnary;

/** {@link ScalarUnary} by vectors; the last n mod (vector length) elements go to its loops. */
final class VectorUnary {
    private VectorUnary() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    static void apply(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        switch (op) {
            case NEG -> negate(x, xOff, y, yOff, n);
            case ABS -> abs(x, xOff, y, yOff, n);
            case SQUARE -> square(x, xOff, y, yOff, n);
            case RECIPROCAL -> reciprocal(x, xOff, y, yOff, n);
            case SQRT -> sqrt(x, xOff, y, yOff, n);
            case EXP -> VectorExponentials.exp(x, xOff, y, yOff, n);
            case LOG -> VectorLogarithms.log(x, xOff, y, yOff, n);
            case LOG1P -> VectorLogarithms.log1p(x, xOff, y, yOff, n);
            case EXPM1 -> VectorExponentials.expm1(x, xOff, y, yOff, n);
            case TANH -> VectorExponentials.tanh(x, xOff, y, yOff, n);
            case SIGMOID -> VectorExponentials.sigmoid(x, xOff, y, yOff, n);
            case SOFTPLUS -> VectorLogarithms.softplus(x, xOff, y, yOff, n);
            case IS_FINITE -> isFinite(x, xOff, y, yOff, n);
            default -> ScalarUnary.apply(op, x, xOff, y, yOff, n);
        }
    }

    static void negate(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector.fromArray(SPECIES, x, xOff + i).neg().intoArray(y, yOff + i);
        }
        ScalarUnary.negate(x, xOff + i, y, yOff + i, n - i);
    }

    static void abs(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector.fromArray(SPECIES, x, xOff + i).abs().intoArray(y, yOff + i);
        }
        ScalarUnary.abs(x, xOff + i, y, yOff + i, n - i);
    }

    static void square(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
            v.mul(v).intoArray(y, yOff + i);
        }
        ScalarUnary.square(x, xOff + i, y, yOff + i, n - i);
    }

    static void reciprocal(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector.broadcast(SPECIES, 1).div(DoubleVector.fromArray(SPECIES, x, xOff + i)).intoArray(y, yOff + i);
        }
        ScalarUnary.reciprocal(x, xOff + i, y, yOff + i, n - i);
    }

    static void sqrt(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector.fromArray(SPECIES, x, xOff + i).sqrt().intoArray(y, yOff + i);
        }
        ScalarUnary.sqrt(x, xOff + i, y, yOff + i, n - i);
    }

    static void isFinite(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector.zero(SPECIES).blend(1, v.abs().compare(VectorOperators.LT, Double.POSITIVE_INFINITY)).intoArray(y, yOff + i);
        }
        ScalarUnary.isFinite(x, xOff + i, y, yOff + i, n - i);
    }
}

package org.fluvia.kernel;

import static org.fluvia.kernel.VectorFunctions.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/** {@link ScalarUnary} by vectors; the last n mod (vector length) elements go to its loops. */
final class VectorUnary {
    private VectorUnary() {}

    private static final int LANES = SPECIES.length();

    static void apply(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
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
            case LGAMMA, DIGAMMA, TRIGAMMA -> SpecialFunctions.apply(op, x, xOff, y, yOff, n);
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

    static void exp(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            VectorFunctions.exp(DoubleVector.fromArray(SPECIES, x, xOff + i)).intoArray(y, yOff + i);
        }
        ScalarUnary.exp(x, xOff + i, y, yOff + i, n - i);
    }

    static void log(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            VectorFunctions.log(DoubleVector.fromArray(SPECIES, x, xOff + i)).intoArray(y, yOff + i);
        }
        ScalarUnary.log(x, xOff + i, y, yOff + i, n - i);
    }

    static void log1p(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            VectorFunctions.log1p(DoubleVector.fromArray(SPECIES, x, xOff + i)).intoArray(y, yOff + i);
        }
        ScalarUnary.log1p(x, xOff + i, y, yOff + i, n - i);
    }

    static void expm1(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            VectorFunctions.expm1(DoubleVector.fromArray(SPECIES, x, xOff + i)).intoArray(y, yOff + i);
        }
        ScalarUnary.expm1(x, xOff + i, y, yOff + i, n - i);
    }

    static void tanh(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            VectorFunctions.tanh(DoubleVector.fromArray(SPECIES, x, xOff + i)).intoArray(y, yOff + i);
        }
        ScalarUnary.tanh(x, xOff + i, y, yOff + i, n - i);
    }

    static void sigmoid(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            VectorFunctions.sigmoid(DoubleVector.fromArray(SPECIES, x, xOff + i)).intoArray(y, yOff + i);
        }
        ScalarUnary.sigmoid(x, xOff + i, y, yOff + i, n - i);
    }

    static void softplus(double[] x, int xOff, double[] y, int yOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            VectorFunctions.softplus(DoubleVector.fromArray(SPECIES, x, xOff + i)).intoArray(y, yOff + i);
        }
        ScalarUnary.softplus(x, xOff + i, y, yOff + i, n - i);
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

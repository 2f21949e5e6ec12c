package org.fluvia.kernel.vector;

import static org.fluvia.kernel.special.Coefficients.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fluvia.kernel.scalar.ScalarUnary;
import org.fluvia.kernel.vector.VectorPasses.Pass;

/**
 * exp and its relatives in passes, see {@link VectorPasses}; {@code ScalarFunctions} says how they work and must be kept in
 * step. Every lane goes the ordinary way, the exceptional lanes are blended in at the end.
 *
 * <p>Every loop is written out to the last operation, because a method of our own in it may not be inlined, and then every
 * vector becomes an object.
 */
final class VectorExponentials {
    private VectorExponentials() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    /** x = k log 2 + r, |r| &lt;= log(2)/2: a = e^r - 1, b = k + ROUND. */
    private static final Pass PARTS = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector minusLn2High = DoubleVector.broadcast(SPECIES, -LN2_HIGH);
            DoubleVector minusLn2Low = DoubleVector.broadcast(SPECIES, -LN2_LOW);
            DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                DoubleVector rounded = v.fma(LOG2_E, ROUND);
                DoubleVector k = rounded.sub(ROUND);
                DoubleVector r = k.fma(minusLn2Low, k.fma(minusLn2High, v));
                DoubleVector r2 = r.mul(r);
                DoubleVector r4 = r2.mul(r2);
                DoubleVector low = r.fma(E3, E2).fma(r2, r.fma(E1, E0));
                DoubleVector middle = r.fma(E7, E6).fma(r2, r.fma(E5, E4));
                r.fma(E9, E8).fma(r4, middle).fma(r4, low).fma(r, half).fma(r2, r).intoArray(a, i);
                rounded.intoArray(b, i);
            }
        }
    };

    /** The same of 2 |x|. */
    private static final Pass PARTS_OF_TWICE = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector minusLn2High = DoubleVector.broadcast(SPECIES, -LN2_HIGH);
            DoubleVector minusLn2Low = DoubleVector.broadcast(SPECIES, -LN2_LOW);
            DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector size = DoubleVector.fromArray(SPECIES, x, xOff + i).abs();
                DoubleVector twice = size.add(size);
                DoubleVector rounded = twice.fma(LOG2_E, ROUND);
                DoubleVector k = rounded.sub(ROUND);
                DoubleVector r = k.fma(minusLn2Low, k.fma(minusLn2High, twice));
                DoubleVector r2 = r.mul(r);
                DoubleVector r4 = r2.mul(r2);
                DoubleVector low = r.fma(E3, E2).fma(r2, r.fma(E1, E0));
                DoubleVector middle = r.fma(E7, E6).fma(r2, r.fma(E5, E4));
                r.fma(E9, E8).fma(r4, middle).fma(r4, low).fma(r, half).fma(r2, r).intoArray(a, i);
                rounded.intoArray(b, i);
            }
        }
    };

    /** The same of -|x|. */
    static final Pass PARTS_OF_NEGATIVE = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector minusLn2High = DoubleVector.broadcast(SPECIES, -LN2_HIGH);
            DoubleVector minusLn2Low = DoubleVector.broadcast(SPECIES, -LN2_LOW);
            DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector size = DoubleVector.fromArray(SPECIES, x, xOff + i).abs().neg();
                DoubleVector rounded = size.fma(LOG2_E, ROUND);
                DoubleVector k = rounded.sub(ROUND);
                DoubleVector r = k.fma(minusLn2Low, k.fma(minusLn2High, size));
                DoubleVector r2 = r.mul(r);
                DoubleVector r4 = r2.mul(r2);
                DoubleVector low = r.fma(E3, E2).fma(r2, r.fma(E1, E0));
                DoubleVector middle = r.fma(E7, E6).fma(r2, r.fma(E5, E4));
                r.fma(E9, E8).fma(r4, middle).fma(r4, low).fma(r, half).fma(r2, r).intoArray(a, i);
                rounded.intoArray(b, i);
            }
        }
    };

    private static final Pass EXP_OF_PARTS = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector round = DoubleVector.broadcast(SPECIES, ROUND);
            DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                DoubleVector t = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector rounded = DoubleVector.fromArray(SPECIES, b, i);
                LongVector first = rounded.sub(round).fma(half, round).reinterpretAsLongs();
                DoubleVector scale = first.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS).reinterpretAsDoubles();
                DoubleVector rest = rounded.reinterpretAsLongs().sub(first).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                        .add(ONE_BITS).reinterpretAsDoubles();
                t.add(1).mul(scale).mul(rest)
                        .blend(Double.POSITIVE_INFINITY, v.compare(VectorOperators.GT, EXP_OVERFLOW))
                        .blend(0, v.compare(VectorOperators.LT, EXP_UNDERFLOW))
                        .intoArray(y, yOff + i);
            }
        }
    };

    private static final Pass EXPM1_OF_PARTS = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                DoubleVector t = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector scale = DoubleVector.fromArray(SPECIES, b, i).sub(1).reinterpretAsLongs()
                        .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS).reinterpretAsDoubles();
                DoubleVector halved = scale.fma(t, scale.sub(0.5));
                halved.add(halved)
                        .blend(Double.POSITIVE_INFINITY, v.compare(VectorOperators.GT, EXP_OVERFLOW))
                        .blend(-1, v.compare(VectorOperators.LT, EXPM1_MINUS_ONE))
                        .blend(v, v.abs().compare(VectorOperators.LT, EXPM1_IDENTITY))
                        .intoArray(y, yOff + i);
            }
        }
    };

    private static final Pass TANH_OF_PARTS = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
            DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                DoubleVector t = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector scale = DoubleVector.fromArray(SPECIES, b, i).reinterpretAsLongs()
                        .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS).reinterpretAsDoubles();
                DoubleVector below = scale.sub(one);
                DoubleVector numerator = scale.fma(t, below);
                DoubleVector numeratorLow = scale.fma(t, below.sub(numerator));
                DoubleVector denominator = numerator.add(two);
                DoubleVector denominatorLow = numerator.sub(denominator.sub(two)).add(numeratorLow);
                DoubleVector inverse = one.div(denominator);
                DoubleVector q = numerator.mul(inverse);
                DoubleVector minusQ = q.neg();
                DoubleVector remainder = minusQ.fma(denominator, numerator).add(minusQ.fma(denominatorLow, numeratorLow));
                DoubleVector result = remainder.fma(inverse, q).blend(one, v.abs().compare(VectorOperators.GT, TANH_ONE));
                LongVector sign = v.reinterpretAsLongs().and(SIGN_BIT);
                result.reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(y, yOff + i);
            }
        }
    };

    /** e^(-|x|), rounded, to a, and the rounding error to b. */
    static final Pass EXP_IN_TWO = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
            DoubleVector round = DoubleVector.broadcast(SPECIES, ROUND);
            DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector t = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector rounded = DoubleVector.fromArray(SPECIES, b, i);
                LongVector first = rounded.sub(round).fma(half, round).reinterpretAsLongs();
                DoubleVector scale = first.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS).reinterpretAsDoubles();
                DoubleVector rest = rounded.reinterpretAsLongs().sub(first).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                        .add(ONE_BITS).reinterpretAsDoubles();
                DoubleVector p = t.add(one);
                p.mul(scale).mul(rest).intoArray(a, i);
                t.sub(p.sub(one)).mul(scale).mul(rest).intoArray(b, i);
            }
        }
    };

    /** e / (1 + e) or 1 / (1 + e) with e = a + b. */
    private static final Pass SIGMOID_OF_EXP = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
            DoubleVector zero = DoubleVector.zero(SPECIES);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                DoubleVector e = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector eLow = DoubleVector.fromArray(SPECIES, b, i);
                DoubleVector denominator = e.add(one);
                DoubleVector denominatorLow = one.sub(denominator).add(e).add(eLow);
                VectorMask<Double> right = v.compare(VectorOperators.GE, zero);
                DoubleVector numerator = e.blend(one, right);
                DoubleVector numeratorLow = eLow.blend(zero, right);
                DoubleVector inverse = one.div(denominator);
                DoubleVector q = numerator.mul(inverse);
                DoubleVector minusQ = q.neg();
                DoubleVector remainder = minusQ.fma(denominator, numerator).add(minusQ.fma(denominatorLow, numeratorLow));
                remainder.fma(inverse, q)
                        .blend(zero.blend(one, right), v.abs().neg().compare(VectorOperators.LT, EXP_UNDERFLOW))
                        .intoArray(y, yOff + i);
            }
        }
    };

    private static final Pass EXP_TAIL = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            int done = SPECIES.loopBound(n);
            ScalarUnary.exp(x, xOff + done, y, yOff + done, n - done);
        }
    };

    private static final Pass EXPM1_TAIL = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            int done = SPECIES.loopBound(n);
            ScalarUnary.expm1(x, xOff + done, y, yOff + done, n - done);
        }
    };

    private static final Pass TANH_TAIL = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            int done = SPECIES.loopBound(n);
            ScalarUnary.tanh(x, xOff + done, y, yOff + done, n - done);
        }
    };

    private static final Pass SIGMOID_TAIL = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            int done = SPECIES.loopBound(n);
            ScalarUnary.sigmoid(x, xOff + done, y, yOff + done, n - done);
        }
    };

    private static final Pass[] EXP = {PARTS, EXP_OF_PARTS, EXP_TAIL};
    private static final Pass[] EXPM1 = {PARTS, EXPM1_OF_PARTS, EXPM1_TAIL};
    private static final Pass[] TANH = {PARTS_OF_TWICE, TANH_OF_PARTS, TANH_TAIL};
    private static final Pass[] SIGMOID = {PARTS_OF_NEGATIVE, EXP_IN_TWO, SIGMOID_OF_EXP, SIGMOID_TAIL};

    static void exp(double[] x, int xOff, double[] y, int yOff, int n) {
        VectorPasses.run(EXP, x, xOff, y, yOff, n);
    }

    static void expm1(double[] x, int xOff, double[] y, int yOff, int n) {
        VectorPasses.run(EXPM1, x, xOff, y, yOff, n);
    }

    static void tanh(double[] x, int xOff, double[] y, int yOff, int n) {
        VectorPasses.run(TANH, x, xOff, y, yOff, n);
    }

    static void sigmoid(double[] x, int xOff, double[] y, int yOff, int n) {
        VectorPasses.run(SIGMOID, x, xOff, y, yOff, n);
    }
}

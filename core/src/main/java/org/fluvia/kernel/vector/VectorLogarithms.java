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
 * log and its relatives, in the manner of {@link VectorExponentials}: first a number as 2^e (1 + f), then its logarithm.
 */
final class VectorLogarithms {
    private VectorLogarithms() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    /** x = 2^e (1 + f): a = f, b = f / (2 + f), c = e. */
    private static final Pass SPLIT = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector zero = DoubleVector.zero(SPECIES);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                VectorMask<Double> subnormal = v.compare(VectorOperators.LT, Double.MIN_NORMAL);
                LongVector shifted = v.blend(v.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsLongs().add(LOG_SHIFT_BITS);
                DoubleVector f = shifted.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(1);
                f.intoArray(a, i);
                f.div(f.add(2)).intoArray(b, i);
                shifted.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT).or(TWO_52_BITS).reinterpretAsDoubles()
                        .sub(TWO_52_AND_BIAS).add(zero.blend(SUBNORMAL_EXPONENT, subnormal)).intoArray(c, i);
            }
        }
    };

    private static final Pass LOG_OF_SPLIT = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector ln2High = DoubleVector.broadcast(SPECIES, LN2_HIGH);
            DoubleVector ln2Low = DoubleVector.broadcast(SPECIES, LN2_LOW);
            DoubleVector l6 = DoubleVector.broadcast(SPECIES, L6);
            DoubleVector zero = DoubleVector.zero(SPECIES);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                DoubleVector f = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector s = DoubleVector.fromArray(SPECIES, b, i);
                DoubleVector exponent = DoubleVector.fromArray(SPECIES, c, i);
                DoubleVector z = s.mul(s);
                DoubleVector w = z.mul(z);
                DoubleVector high = w.fma(w.fma(l6, z.fma(L5, L4)), z.fma(L3, L2));
                DoubleVector series = z.mul(w.fma(high, z.fma(L1, L0)));
                DoubleVector halfSquare = f.mul(0.5).mul(f);
                DoubleVector low = exponent.fma(ln2Low, s.fma(halfSquare.add(series), zero));
                DoubleVector log = exponent.fma(ln2High, f.sub(halfSquare.sub(low)));
                // Infinity and NaN give themselves: the result only where v is below infinity.
                v.blend(log, v.compare(VectorOperators.LT, Double.POSITIVE_INFINITY))
                        .blend(Double.NaN, v.compare(VectorOperators.LT, zero))
                        .blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, zero))
                        .intoArray(y, yOff + i);
            }
        }
    };

    /** 1 + x, rounded, as 2^e (1 + f): a = f, c = e; b = what rounding lost, in units of the sum. */
    private static final Pass SPLIT_ONE_PLUS = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                DoubleVector u = v.add(one);
                DoubleVector vPart = u.sub(one);
                LongVector shifted = u.reinterpretAsLongs().add(LOG_SHIFT_BITS);
                shifted.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(one).intoArray(a, i);
                one.sub(u.sub(vPart)).add(v.sub(vPart)).div(u).intoArray(b, i);
                shifted.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT).or(TWO_52_BITS).reinterpretAsDoubles()
                        .sub(TWO_52_AND_BIAS).intoArray(c, i);
            }
        }
    };

    /** The same of 1 + (a + b). */
    private static final Pass SPLIT_ONE_PLUS_EXP = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector e = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector eLow = DoubleVector.fromArray(SPECIES, b, i);
                DoubleVector u = e.add(one);
                LongVector shifted = u.reinterpretAsLongs().add(LOG_SHIFT_BITS);
                shifted.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(one).intoArray(a, i);
                one.sub(u).add(e).add(eLow).div(u).intoArray(b, i);
                shifted.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT).or(TWO_52_BITS).reinterpretAsDoubles()
                        .sub(TWO_52_AND_BIAS).intoArray(c, i);
            }
        }
    };

    /** a = the logarithm of such a sum. */
    private static final Pass LOG_OF_SUM = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector ln2High = DoubleVector.broadcast(SPECIES, LN2_HIGH);
            DoubleVector ln2Low = DoubleVector.broadcast(SPECIES, LN2_LOW);
            DoubleVector l6 = DoubleVector.broadcast(SPECIES, L6);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector f = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector correction = DoubleVector.fromArray(SPECIES, b, i);
                DoubleVector exponent = DoubleVector.fromArray(SPECIES, c, i);
                DoubleVector s = f.div(f.add(2));
                DoubleVector z = s.mul(s);
                DoubleVector w = z.mul(z);
                DoubleVector high = w.fma(w.fma(l6, z.fma(L5, L4)), z.fma(L3, L2));
                DoubleVector series = z.mul(w.fma(high, z.fma(L1, L0)));
                DoubleVector halfSquare = f.mul(0.5).mul(f);
                DoubleVector low = exponent.fma(ln2Low, s.fma(halfSquare.add(series), correction));
                exponent.fma(ln2High, f.sub(halfSquare.sub(low))).intoArray(a, i);
            }
        }
    };

    private static final Pass LOG1P_ENDS = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                DoubleVector log = DoubleVector.fromArray(SPECIES, a, i);
                v.blend(log, v.compare(VectorOperators.LT, Double.POSITIVE_INFINITY))
                        .blend(Double.NaN, v.compare(VectorOperators.LT, -1))
                        .blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, -1))
                        .blend(v, v.compare(VectorOperators.EQ, 0))
                        .intoArray(y, yOff + i);
            }
        }
    };

    /** max(x, 0) + a. */
    private static final Pass SOFTPLUS_ENDS = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            DoubleVector zero = DoubleVector.zero(SPECIES);
            for (int i = 0, bound = SPECIES.loopBound(n); i < bound; i += LANES) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
                DoubleVector log = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector positive = zero.blend(v, v.compare(VectorOperators.GT, zero));
                positive.add(log)
                        .blend(positive, v.abs().neg().compare(VectorOperators.LT, EXP_UNDERFLOW))
                        .intoArray(y, yOff + i);
            }
        }
    };

    private static final Pass LOG_TAIL = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            int done = SPECIES.loopBound(n);
            ScalarUnary.log(x, xOff + done, y, yOff + done, n - done);
        }
    };

    private static final Pass LOG1P_TAIL = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            int done = SPECIES.loopBound(n);
            ScalarUnary.log1p(x, xOff + done, y, yOff + done, n - done);
        }
    };

    private static final Pass SOFTPLUS_TAIL = new Pass() {
        @Override
        public void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n) {
            int done = SPECIES.loopBound(n);
            ScalarUnary.softplus(x, xOff + done, y, yOff + done, n - done);
        }
    };

    private static final Pass[] LOG = {SPLIT, LOG_OF_SPLIT, LOG_TAIL};
    private static final Pass[] LOG1P = {SPLIT_ONE_PLUS, LOG_OF_SUM, LOG1P_ENDS, LOG1P_TAIL};
    private static final Pass[] SOFTPLUS = {
        VectorExponentials.PARTS_OF_NEGATIVE, VectorExponentials.EXP_IN_TWO, SPLIT_ONE_PLUS_EXP, LOG_OF_SUM, SOFTPLUS_ENDS,
        SOFTPLUS_TAIL
    };

    static void log(double[] x, int xOff, double[] y, int yOff, int n) {
        VectorPasses.run(LOG, x, xOff, y, yOff, n);
    }

    static void log1p(double[] x, int xOff, double[] y, int yOff, int n) {
        VectorPasses.run(LOG1P, x, xOff, y, yOff, n);
    }

    static void softplus(double[] x, int xOff, double[] y, int yOff, int n) {
        VectorPasses.run(SOFTPLUS, x, xOff, y, yOff, n);
    }
}

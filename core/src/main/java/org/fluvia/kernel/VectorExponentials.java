package org.fluvia.kernel;

import static org.fluvia.kernel.Coefficients.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of exp and its relatives; {@link ScalarFunctions} says how they work and must be kept in step. Every lane goes the
 * ordinary way, the exceptional lanes are blended in at the end.
 *
 * <p>Every loop is written out to the last operation, because a method of our own in it may not be inlined (HotSpot's
 * node budget, or because it was compiled by itself before), and then every vector becomes an object.
 */
final class VectorExponentials {
    private VectorExponentials() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    static void exp(double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector minusLn2High = DoubleVector.broadcast(SPECIES, -LN2_HIGH);
        DoubleVector minusLn2Low = DoubleVector.broadcast(SPECIES, -LN2_LOW);
        DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector rounded = v.fma(LOG2_E, ROUND);
            DoubleVector k = rounded.sub(ROUND);
            DoubleVector r = k.fma(minusLn2Low, k.fma(minusLn2High, v));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(E3, E2).fma(r2, r.fma(E1, E0));
            DoubleVector middle = r.fma(E7, E6).fma(r2, r.fma(E5, E4));
            DoubleVector t = r.fma(E9, E8).fma(r4, middle).fma(r4, low).fma(r, half).fma(r2, r);
            LongVector first = k.fma(0.5, ROUND).reinterpretAsLongs();
            DoubleVector scale = first.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector rest = rounded.reinterpretAsLongs().sub(first).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                    .add(ONE_BITS).reinterpretAsDoubles();
            t.add(1).mul(scale).mul(rest)
                    .blend(Double.POSITIVE_INFINITY, v.compare(VectorOperators.GT, EXP_OVERFLOW))
                    .blend(0, v.compare(VectorOperators.LT, EXP_UNDERFLOW))
                    .intoArray(y, yOff + i);
        }
        ScalarUnary.exp(x, xOff + i, y, yOff + i, n - i);
    }

    static void expm1(double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector minusLn2High = DoubleVector.broadcast(SPECIES, -LN2_HIGH);
        DoubleVector minusLn2Low = DoubleVector.broadcast(SPECIES, -LN2_LOW);
        DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector rounded = v.fma(LOG2_E, ROUND);
            DoubleVector k = rounded.sub(ROUND);
            DoubleVector r = k.fma(minusLn2Low, k.fma(minusLn2High, v));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(E3, E2).fma(r2, r.fma(E1, E0));
            DoubleVector middle = r.fma(E7, E6).fma(r2, r.fma(E5, E4));
            DoubleVector t = r.fma(E9, E8).fma(r4, middle).fma(r4, low).fma(r, half).fma(r2, r);
            DoubleVector scale = rounded.sub(1).reinterpretAsLongs().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS)
                    .reinterpretAsDoubles();
            DoubleVector halved = scale.fma(t, scale.sub(0.5));
            halved.add(halved)
                    .blend(Double.POSITIVE_INFINITY, v.compare(VectorOperators.GT, EXP_OVERFLOW))
                    .blend(-1, v.compare(VectorOperators.LT, EXPM1_MINUS_ONE))
                    .blend(v, v.abs().compare(VectorOperators.LT, EXPM1_IDENTITY))
                    .intoArray(y, yOff + i);
        }
        ScalarUnary.expm1(x, xOff + i, y, yOff + i, n - i);
    }

    static void tanh(double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector minusLn2High = DoubleVector.broadcast(SPECIES, -LN2_HIGH);
        DoubleVector minusLn2Low = DoubleVector.broadcast(SPECIES, -LN2_LOW);
        DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector size = v.abs();
            DoubleVector twice = size.add(size);
            DoubleVector rounded = twice.fma(LOG2_E, ROUND);
            DoubleVector k = rounded.sub(ROUND);
            DoubleVector r = k.fma(minusLn2Low, k.fma(minusLn2High, twice));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(E3, E2).fma(r2, r.fma(E1, E0));
            DoubleVector middle = r.fma(E7, E6).fma(r2, r.fma(E5, E4));
            DoubleVector t = r.fma(E9, E8).fma(r4, middle).fma(r4, low).fma(r, half).fma(r2, r);
            DoubleVector scale = rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS)
                    .reinterpretAsDoubles();
            DoubleVector below = scale.sub(1);
            DoubleVector numerator = scale.fma(t, below);
            DoubleVector numeratorLow = scale.fma(t, below.sub(numerator));
            DoubleVector denominator = numerator.add(2);
            DoubleVector denominatorLow = numerator.sub(denominator.sub(2)).add(numeratorLow);
            DoubleVector inverse = one.div(denominator);
            DoubleVector q = numerator.mul(inverse);
            DoubleVector minusQ = q.neg();
            DoubleVector remainder = minusQ.fma(denominator, numerator).add(minusQ.fma(denominatorLow, numeratorLow));
            DoubleVector result = remainder.fma(inverse, q).blend(1, size.compare(VectorOperators.GT, TANH_ONE));
            LongVector sign = v.reinterpretAsLongs().and(SIGN_BIT);
            result.reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(y, yOff + i);
        }
        ScalarUnary.tanh(x, xOff + i, y, yOff + i, n - i);
    }

    static void sigmoid(double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector minusLn2High = DoubleVector.broadcast(SPECIES, -LN2_HIGH);
        DoubleVector minusLn2Low = DoubleVector.broadcast(SPECIES, -LN2_LOW);
        DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector size = v.abs().neg();
            DoubleVector rounded = size.fma(LOG2_E, ROUND);
            DoubleVector k = rounded.sub(ROUND);
            DoubleVector r = k.fma(minusLn2Low, k.fma(minusLn2High, size));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(E3, E2).fma(r2, r.fma(E1, E0));
            DoubleVector middle = r.fma(E7, E6).fma(r2, r.fma(E5, E4));
            DoubleVector t = r.fma(E9, E8).fma(r4, middle).fma(r4, low).fma(r, half).fma(r2, r);
            LongVector first = k.fma(0.5, ROUND).reinterpretAsLongs();
            DoubleVector scale = first.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector rest = rounded.reinterpretAsLongs().sub(first).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                    .add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector p = t.add(1);
            DoubleVector e = p.mul(scale).mul(rest);
            DoubleVector eLow = t.sub(p.sub(1)).mul(scale).mul(rest);
            DoubleVector denominator = e.add(1);
            DoubleVector denominatorLow = one.sub(denominator).add(e).add(eLow);
            VectorMask<Double> right = v.compare(VectorOperators.GE, 0);
            DoubleVector numerator = e.blend(1, right);
            DoubleVector numeratorLow = eLow.blend(0, right);
            DoubleVector inverse = one.div(denominator);
            DoubleVector q = numerator.mul(inverse);
            DoubleVector minusQ = q.neg();
            DoubleVector remainder = minusQ.fma(denominator, numerator).add(minusQ.fma(denominatorLow, numeratorLow));
            remainder.fma(inverse, q)
                    .blend(zero.blend(1, right), size.compare(VectorOperators.LT, EXP_UNDERFLOW))
                    .intoArray(y, yOff + i);
        }
        ScalarUnary.sigmoid(x, xOff + i, y, yOff + i, n - i);
    }
}

package org.fluvia.kernel;

import static org.fluvia.kernel.Coefficients.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of log and its relatives, in the manner of {@link VectorExponentials}.
 */
final class VectorLogarithms {
    private VectorLogarithms() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    static void log(double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector ln2High = DoubleVector.broadcast(SPECIES, LN2_HIGH);
        DoubleVector ln2Low = DoubleVector.broadcast(SPECIES, LN2_LOW);
        DoubleVector l6 = DoubleVector.broadcast(SPECIES, L6);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
            VectorMask<Double> subnormal = v.compare(VectorOperators.LT, Double.MIN_NORMAL);
            DoubleVector scaled = v.blend(v.mul(SUBNORMAL_SCALE), subnormal);
            LongVector shifted = scaled.reinterpretAsLongs().add(LOG_SHIFT_BITS);
            DoubleVector exponent = shifted.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT).or(TWO_52_BITS)
                    .reinterpretAsDoubles().sub(TWO_52_AND_BIAS)
                    .add(zero.blend(SUBNORMAL_EXPONENT, subnormal));
            DoubleVector f = shifted.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector w = z.mul(z);
            DoubleVector high = w.fma(w.fma(l6, z.fma(L5, L4)), z.fma(L3, L2));
            DoubleVector series = z.mul(w.fma(high, z.fma(L1, L0)));
            DoubleVector halfSquare = f.mul(0.5).mul(f);
            DoubleVector logLow = exponent.fma(ln2Low, s.fma(halfSquare.add(series), zero));
            DoubleVector log = exponent.fma(ln2High, f.sub(halfSquare.sub(logLow)));
            // Infinity and NaN give themselves: the result only where v is below infinity.
            v.blend(log, v.compare(VectorOperators.LT, Double.POSITIVE_INFINITY))
                    .blend(Double.NaN, v.compare(VectorOperators.LT, 0))
                    .blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0))
                    .intoArray(y, yOff + i);
        }
        ScalarUnary.log(x, xOff + i, y, yOff + i, n - i);
    }

    static void log1p(double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector ln2High = DoubleVector.broadcast(SPECIES, LN2_HIGH);
        DoubleVector ln2Low = DoubleVector.broadcast(SPECIES, LN2_LOW);
        DoubleVector l6 = DoubleVector.broadcast(SPECIES, L6);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector u = v.add(1);
            DoubleVector vPart = u.sub(1);
            DoubleVector correction = one.sub(u.sub(vPart)).add(v.sub(vPart)).div(u);
            LongVector shifted = u.reinterpretAsLongs().add(LOG_SHIFT_BITS);
            DoubleVector exponent = shifted.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT).or(TWO_52_BITS)
                    .reinterpretAsDoubles().sub(TWO_52_AND_BIAS);
            DoubleVector f = shifted.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector w = z.mul(z);
            DoubleVector high = w.fma(w.fma(l6, z.fma(L5, L4)), z.fma(L3, L2));
            DoubleVector series = z.mul(w.fma(high, z.fma(L1, L0)));
            DoubleVector halfSquare = f.mul(0.5).mul(f);
            DoubleVector logLow = exponent.fma(ln2Low, s.fma(halfSquare.add(series), correction));
            DoubleVector log = exponent.fma(ln2High, f.sub(halfSquare.sub(logLow)));
            v.blend(log, v.compare(VectorOperators.LT, Double.POSITIVE_INFINITY))
                    .blend(Double.NaN, v.compare(VectorOperators.LT, -1))
                    .blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, -1))
                    .blend(v, v.compare(VectorOperators.EQ, 0))
                    .intoArray(y, yOff + i);
        }
        ScalarUnary.log1p(x, xOff + i, y, yOff + i, n - i);
    }

    static void softplus(double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector minusLn2High = DoubleVector.broadcast(SPECIES, -LN2_HIGH);
        DoubleVector minusLn2Low = DoubleVector.broadcast(SPECIES, -LN2_LOW);
        DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
        DoubleVector ln2High = DoubleVector.broadcast(SPECIES, LN2_HIGH);
        DoubleVector ln2Low = DoubleVector.broadcast(SPECIES, LN2_LOW);
        DoubleVector l6 = DoubleVector.broadcast(SPECIES, L6);
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
            DoubleVector u = e.add(1);
            DoubleVector correction = one.sub(u).add(e).add(eLow).div(u);
            LongVector shifted = u.reinterpretAsLongs().add(LOG_SHIFT_BITS);
            DoubleVector exponent = shifted.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT).or(TWO_52_BITS)
                    .reinterpretAsDoubles().sub(TWO_52_AND_BIAS);
            DoubleVector f = shifted.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector w = z.mul(z);
            DoubleVector high = w.fma(w.fma(l6, z.fma(L5, L4)), z.fma(L3, L2));
            DoubleVector series = z.mul(w.fma(high, z.fma(L1, L0)));
            DoubleVector halfSquare = f.mul(0.5).mul(f);
            DoubleVector logLow = exponent.fma(ln2Low, s.fma(halfSquare.add(series), correction));
            DoubleVector log = exponent.fma(ln2High, f.sub(halfSquare.sub(logLow)));
            DoubleVector positive = zero.blend(v, v.compare(VectorOperators.GT, 0));
            positive.add(log)
                    .blend(positive, size.compare(VectorOperators.LT, EXP_UNDERFLOW))
                    .intoArray(y, yOff + i);
        }
        ScalarUnary.softplus(x, xOff + i, y, yOff + i, n - i);
    }
}

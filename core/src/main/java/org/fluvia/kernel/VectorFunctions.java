package org.fluvia.kernel;

import static org.fluvia.kernel.Coefficients.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transcendental functions, one vector at a time; {@link ScalarFunctions} says how they work and must be kept in step.
 * Every lane is computed along the ordinary path, the exceptional lanes are blended in at the end.
 */
final class VectorFunctions {
    private VectorFunctions() {}

    /** At most 8 lanes, the virtual width of sums. */
    static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    static DoubleVector exp(DoubleVector x) {
        DoubleVector rounded = x.fma(constant(LOG2_E), constant(ROUND));
        DoubleVector k = rounded.sub(ROUND);
        DoubleVector p = expm1Reduced(reduce(x, k)).add(1);
        DoubleVector half = k.fma(constant(0.5), constant(ROUND));
        DoubleVector result = p.mul(powerOfTwo(half)).mul(powerOfTwoDifference(rounded, half));
        return result.blend(Double.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_OVERFLOW))
                .blend(0, x.compare(VectorOperators.LT, EXP_UNDERFLOW));
    }

    static DoubleVector expm1(DoubleVector x) {
        DoubleVector rounded = x.fma(constant(LOG2_E), constant(ROUND));
        DoubleVector p = expm1Reduced(reduce(x, rounded.sub(ROUND)));
        DoubleVector scale = powerOfTwo(rounded.sub(1));
        DoubleVector half = scale.fma(p, scale.sub(0.5));
        return half.add(half)
                .blend(Double.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_OVERFLOW))
                .blend(-1, x.compare(VectorOperators.LT, EXPM1_MINUS_ONE))
                .blend(x, x.abs().compare(VectorOperators.LT, EXPM1_IDENTITY));
    }

    static DoubleVector log(DoubleVector x) {
        VectorMask<Double> subnormal = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
        DoubleVector scaled = x.blend(x.mul(SUBNORMAL_SCALE), subnormal);
        DoubleVector exponent = constant(0).blend(SUBNORMAL_EXPONENT, subnormal);
        DoubleVector result = logScaled(scaled, exponent, constant(0));
        // Infinity and NaN give themselves: keep the result only where x is below infinity.
        return x.blend(result, x.compare(VectorOperators.LT, Double.POSITIVE_INFINITY))
                .blend(Double.NaN, x.compare(VectorOperators.LT, 0))
                .blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
    }

    static DoubleVector log1p(DoubleVector x) {
        DoubleVector u = x.add(1);
        DoubleVector xPart = u.sub(1);
        DoubleVector lost = constant(1).sub(u.sub(xPart)).add(x.sub(xPart));
        DoubleVector result = logScaled(u, constant(0), lost.div(u));
        return x.blend(result, x.compare(VectorOperators.LT, Double.POSITIVE_INFINITY))
                .blend(Double.NaN, x.compare(VectorOperators.LT, -1))
                .blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, -1))
                .blend(x, x.compare(VectorOperators.EQ, 0));
    }

    static DoubleVector tanh(DoubleVector x) {
        DoubleVector size = x.abs();
        DoubleVector twice = size.add(size);
        DoubleVector rounded = twice.fma(constant(LOG2_E), constant(ROUND));
        DoubleVector p = expm1Reduced(reduce(twice, rounded.sub(ROUND)));
        DoubleVector scale = powerOfTwo(rounded);
        DoubleVector below = scale.sub(1);
        DoubleVector above = scale.add(1);
        DoubleVector numerator = scale.fma(p, below);
        DoubleVector denominator = scale.fma(p, above);
        DoubleVector numeratorLow = scale.fma(p, below.sub(numerator));
        DoubleVector denominatorLow = scale.fma(p, above.sub(denominator));
        DoubleVector result = quotient(numerator, numeratorLow, denominator, denominatorLow)
                .blend(1, size.compare(VectorOperators.GT, TANH_ONE));
        LongVector sign = x.reinterpretAsLongs().and(SIGN_BIT);
        return result.reinterpretAsLongs().or(sign).reinterpretAsDoubles();
    }

    static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector size = x.abs().neg();
        DoubleVector rounded = size.fma(constant(LOG2_E), constant(ROUND));
        DoubleVector k = rounded.sub(ROUND);
        DoubleVector t = expm1Reduced(reduce(size, k));
        DoubleVector p = t.add(1);
        DoubleVector half = k.fma(constant(0.5), constant(ROUND));
        DoubleVector scale = powerOfTwo(half);
        DoubleVector rest = powerOfTwoDifference(rounded, half);
        DoubleVector e = p.mul(scale).mul(rest);
        DoubleVector eLow = t.sub(p.sub(1)).mul(scale).mul(rest);
        DoubleVector denominator = e.add(1);
        DoubleVector denominatorLow = constant(1).sub(denominator).add(e).add(eLow);
        VectorMask<Double> right = x.compare(VectorOperators.GE, 0);
        DoubleVector result = quotient(e.blend(1, right), eLow.blend(0, right), denominator, denominatorLow);
        return result.blend(constant(0).blend(1, right), size.compare(VectorOperators.LT, EXP_UNDERFLOW));
    }

    static DoubleVector softplus(DoubleVector x) {
        DoubleVector size = x.abs().neg();
        DoubleVector rounded = size.fma(constant(LOG2_E), constant(ROUND));
        DoubleVector k = rounded.sub(ROUND);
        DoubleVector t = expm1Reduced(reduce(size, k));
        DoubleVector p = t.add(1);
        DoubleVector half = k.fma(constant(0.5), constant(ROUND));
        DoubleVector scale = powerOfTwo(half);
        DoubleVector rest = powerOfTwoDifference(rounded, half);
        DoubleVector e = p.mul(scale).mul(rest);
        DoubleVector eLow = t.sub(p.sub(1)).mul(scale).mul(rest);
        DoubleVector u = e.add(1);
        DoubleVector lost = constant(1).sub(u).add(e).add(eLow);
        DoubleVector positive = constant(0).blend(x, x.compare(VectorOperators.GT, 0));
        return positive.add(logScaled(u, constant(0), lost.div(u)))
                .blend(positive, size.compare(VectorOperators.LT, EXP_UNDERFLOW));
    }

    private static DoubleVector constant(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }

    private static DoubleVector reduce(DoubleVector x, DoubleVector k) {
        return k.fma(constant(-LN2_LOW), k.fma(constant(-LN2_HIGH), x));
    }

    private static DoubleVector expm1Reduced(DoubleVector r) {
        DoubleVector r2 = r.mul(r);
        DoubleVector r4 = r2.mul(r2);
        DoubleVector low = line(r, E3, E2).fma(r2, line(r, E1, E0));
        DoubleVector middle = line(r, E7, E6).fma(r2, line(r, E5, E4));
        DoubleVector e = line(r, E9, E8).fma(r4, middle).fma(r4, low);
        return e.fma(r, constant(0.5)).fma(r2, r);
    }

    private static DoubleVector line(DoubleVector x, double slope, double intercept) {
        return x.fma(constant(slope), constant(intercept));
    }

    private static DoubleVector powerOfTwo(DoubleVector rounded) {
        return shiftedOne(rounded.reinterpretAsLongs());
    }

    private static DoubleVector powerOfTwoDifference(DoubleVector rounded, DoubleVector half) {
        return shiftedOne(rounded.reinterpretAsLongs().sub(half.reinterpretAsLongs()));
    }

    private static DoubleVector shiftedOne(LongVector exponent) {
        return exponent.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS).reinterpretAsDoubles();
    }

    private static DoubleVector logScaled(DoubleVector x, DoubleVector exponent, DoubleVector correction) {
        LongVector shifted = x.reinterpretAsLongs().add(LOG_SHIFT_BITS);
        DoubleVector e = shifted.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT).or(TWO_52_BITS)
                .reinterpretAsDoubles().sub(TWO_52_AND_BIAS).add(exponent);
        DoubleVector f = shifted.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(1);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector w = z.mul(z);
        DoubleVector high = w.fma(w.fma(constant(L6), line(z, L5, L4)), line(z, L3, L2));
        DoubleVector r = z.mul(w.fma(high, line(z, L1, L0)));
        DoubleVector halfSquare = f.mul(0.5).mul(f);
        DoubleVector low = e.fma(constant(LN2_LOW), s.fma(halfSquare.add(r), correction));
        return e.fma(constant(LN2_HIGH), f.sub(halfSquare.sub(low)));
    }

    private static DoubleVector quotient(DoubleVector a, DoubleVector aLow, DoubleVector b, DoubleVector bLow) {
        DoubleVector inverse = constant(1).div(b);
        DoubleVector q = a.mul(inverse);
        DoubleVector minusQ = q.neg();
        DoubleVector remainder = minusQ.fma(b, a).add(minusQ.fma(bLow, aLow));
        return remainder.fma(inverse, q);
    }
}

package org.fluvia.kernel;

import static org.fluvia.kernel.VectorFunctions.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ScalarSums} by vectors. The 8 lanes of a sum are one, two or four vectors, a to d; the conditions on LANES are
 * constants to the compiler. Lanes are read one by one: the order of a vector reduction is not fixed on JDK 25.
 */
final class VectorSums {
    private VectorSums() {}

    private static final int LANES = SPECIES.length();

    static double sum(double[] x, int xOff, int n) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = xOff;
        for (int end = xOff + (n & -8); i < end; i += 8) {
            a = a.add(load(x, i));
            if (LANES <= 4) {
                b = b.add(load(x, i + LANES));
            }
            if (LANES == 2) {
                c = c.add(load(x, i + 4));
                d = d.add(load(x, i + 6));
            }
        }
        return ScalarSums.sumTail(x, i, n & 7, a.lane(0), a.lane(1), lane(2, a, b, c, d), lane(3, a, b, c, d),
                lane(4, a, b, c, d), lane(5, a, b, c, d), lane(6, a, b, c, d), lane(7, a, b, c, d));
    }

    static double dot(double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = xOff;
        int j = yOff;
        for (int end = xOff + (n & -8); i < end; i += 8, j += 8) {
            a = load(x, i).fma(load(y, j), a);
            if (LANES <= 4) {
                b = load(x, i + LANES).fma(load(y, j + LANES), b);
            }
            if (LANES == 2) {
                c = load(x, i + 4).fma(load(y, j + 4), c);
                d = load(x, i + 6).fma(load(y, j + 6), d);
            }
        }
        return ScalarSums.dotTail(x, i, y, j, n & 7, a.lane(0), a.lane(1), lane(2, a, b, c, d), lane(3, a, b, c, d),
                lane(4, a, b, c, d), lane(5, a, b, c, d), lane(6, a, b, c, d), lane(7, a, b, c, d));
    }

    static double logSumExp(double[] x, int xOff, int n) {
        double shift = ScalarSums.shift(max(x, xOff, n));
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = xOff;
        for (int end = xOff + (n & -8); i < end; i += 8) {
            a = a.add(VectorFunctions.exp(load(x, i).sub(shift)));
            if (LANES <= 4) {
                b = b.add(VectorFunctions.exp(load(x, i + LANES).sub(shift)));
            }
            if (LANES == 2) {
                c = c.add(VectorFunctions.exp(load(x, i + 4).sub(shift)));
                d = d.add(VectorFunctions.exp(load(x, i + 6).sub(shift)));
            }
        }
        return ScalarSums.logSumExpTail(x, i, n & 7, shift, a.lane(0), a.lane(1), lane(2, a, b, c, d),
                lane(3, a, b, c, d), lane(4, a, b, c, d), lane(5, a, b, c, d), lane(6, a, b, c, d), lane(7, a, b, c, d));
    }

    /** The maximum without NaN; which zero of two is left open, it makes no difference to a shift. */
    private static double max(double[] x, int xOff, int n) {
        DoubleVector greatest = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
        int i = xOff;
        for (int end = xOff + SPECIES.loopBound(n); i < end; i += LANES) {
            DoubleVector v = load(x, i);
            greatest = greatest.blend(v, v.compare(VectorOperators.GT, greatest));
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int lane = 0; lane < LANES; lane++) {
            double value = greatest.lane(lane);
            max = value > max ? value : max;
        }
        for (; i < xOff + n; i++) {
            max = x[i] > max ? x[i] : max;
        }
        return max;
    }

    private static DoubleVector load(double[] x, int offset) {
        return DoubleVector.fromArray(SPECIES, x, offset);
    }

    private static double lane(int lane, DoubleVector a, DoubleVector b, DoubleVector c, DoubleVector d) {
        int vector = lane / LANES;
        DoubleVector v = vector == 0 ? a : vector == 1 ? b : vector == 2 ? c : d;
        return v.lane(lane % LANES);
    }
}

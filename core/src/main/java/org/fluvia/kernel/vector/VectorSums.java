package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fluvia.kernel.scalar.ScalarSums;

/**
 * {@link ScalarSums} by vectors. The 8 lanes of a sum are one, two or four vectors, a to d; the conditions on LANES are
 * constants to the compiler. Lanes are read one by one: the order of a vector reduction is not fixed on JDK 25.
 */
final class VectorSums {
    private VectorSums() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    static double sum(double[] x, int xOff, int n) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = xOff;
        for (int end = xOff + (n & -8); i < end; i += 8) {
            a = a.add(DoubleVector.fromArray(SPECIES, x, i));
            if (LANES <= 4) {
                b = b.add(DoubleVector.fromArray(SPECIES, x, i + LANES));
            }
            if (LANES == 2) {
                c = c.add(DoubleVector.fromArray(SPECIES, x, i + 4));
                d = d.add(DoubleVector.fromArray(SPECIES, x, i + 6));
            }
        }
        return ScalarSums.sumTail(x, i, n & 7, a.lane(0), a.lane(1),
                LANES == 2 ? b.lane(0) : a.lane(2), LANES == 2 ? b.lane(1) : a.lane(3),
                LANES == 2 ? c.lane(0) : LANES == 4 ? b.lane(0) : a.lane(4),
                LANES == 2 ? c.lane(1) : LANES == 4 ? b.lane(1) : a.lane(5),
                LANES == 2 ? d.lane(0) : LANES == 4 ? b.lane(2) : a.lane(6),
                LANES == 2 ? d.lane(1) : LANES == 4 ? b.lane(3) : a.lane(7));
    }

    static double dot(double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = xOff;
        int j = yOff;
        for (int end = xOff + (n & -8); i < end; i += 8, j += 8) {
            a = DoubleVector.fromArray(SPECIES, x, i).fma(DoubleVector.fromArray(SPECIES, y, j), a);
            if (LANES <= 4) {
                b = DoubleVector.fromArray(SPECIES, x, i + LANES).fma(DoubleVector.fromArray(SPECIES, y, j + LANES), b);
            }
            if (LANES == 2) {
                c = DoubleVector.fromArray(SPECIES, x, i + 4).fma(DoubleVector.fromArray(SPECIES, y, j + 4), c);
                d = DoubleVector.fromArray(SPECIES, x, i + 6).fma(DoubleVector.fromArray(SPECIES, y, j + 6), d);
            }
        }
        return ScalarSums.dotTail(x, i, y, j, n & 7, a.lane(0), a.lane(1),
                LANES == 2 ? b.lane(0) : a.lane(2), LANES == 2 ? b.lane(1) : a.lane(3),
                LANES == 2 ? c.lane(0) : LANES == 4 ? b.lane(0) : a.lane(4),
                LANES == 2 ? c.lane(1) : LANES == 4 ? b.lane(1) : a.lane(5),
                LANES == 2 ? d.lane(0) : LANES == 4 ? b.lane(2) : a.lane(6),
                LANES == 2 ? d.lane(1) : LANES == 4 ? b.lane(3) : a.lane(7));
    }

    /** In pieces: shifted into a buffer, exp of the buffer, its sum carried on lane by lane. */
    static double logSumExp(double[] x, int xOff, int n) {
        double shift = ScalarSums.shift(max(x, xOff, n));
        Scratch scratch = Scratch.ofThread();
        double[] lanes = scratch.lanes;
        for (int lane = 0; lane < 8; lane++) {
            lanes[lane] = 0;
        }
        int full = n & -8;
        for (int i = 0; i < full; i += Scratch.PIECE) {
            int length = Math.min(Scratch.PIECE, full - i);
            VectorArrayNumber.subtract(x, xOff + i, shift, scratch.piece, 0, length);
            VectorExponentials.exp(scratch.piece, 0, scratch.piece, 0, length);
            addLanes(scratch.piece, length, lanes);
        }
        return ScalarSums.logSumExpTail(x, xOff + full, n - full, shift, lanes[0], lanes[1], lanes[2], lanes[3], lanes[4],
                lanes[5], lanes[6], lanes[7]);
    }

    /** lanes[i mod 8] += x[i] for a multiple of 8 elements. */
    private static void addLanes(double[] x, int n, double[] lanes) {
        for (int from = 0; from < 8; from += LANES) {
            DoubleVector sum = DoubleVector.fromArray(SPECIES, lanes, from);
            for (int i = from; i < n; i += 8) {
                sum = sum.add(DoubleVector.fromArray(SPECIES, x, i));
            }
            sum.intoArray(lanes, from);
        }
    }

    /** The maximum without NaN; which zero of two is left open, it makes no difference to a shift. */
    private static double max(double[] x, int xOff, int n) {
        DoubleVector greatest = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
        int i = xOff;
        for (int end = xOff + SPECIES.loopBound(n); i < end; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            greatest = greatest.blend(v, v.compare(VectorOperators.GT, greatest));
        }
        double[] lanes = Scratch.ofThread().lanes;
        greatest.intoArray(lanes, 0);
        double max = Double.NEGATIVE_INFINITY;
        for (int lane = 0; lane < LANES; lane++) {
            max = lanes[lane] > max ? lanes[lane] : max;
        }
        for (; i < xOff + n; i++) {
            max = x[i] > max ? x[i] : max;
        }
        return max;
    }
}

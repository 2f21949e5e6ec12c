package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fluvia.kernel.scalar.ScalarRows;
import org.fluvia.kernel.scalar.ScalarSums;

/** {@link ScalarRows} by vectors: blocks of four vectors of columns, then of one, then single columns. */
final class VectorRows {
    private VectorRows() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int BLOCK = 4 * LANES;

    static void sumRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        int j = 0;
        for (; j + BLOCK <= n; j += BLOCK) {
            sumBlock(x, xOff + j, rows, n, y, yOff + j);
        }
        for (; j + LANES <= n; j += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int i = 0, p = xOff + j; i < rows; i++, p += n) {
                sum = sum.add(DoubleVector.fromArray(SPECIES, x, p));
            }
            sum.intoArray(y, yOff + j);
        }
        ScalarRows.sumColumns(x, xOff, rows, n, j, n, y, yOff);
    }

    private static void sumBlock(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int i = 0, p = xOff; i < rows; i++, p += n) {
            s0 = s0.add(DoubleVector.fromArray(SPECIES, x, p));
            s1 = s1.add(DoubleVector.fromArray(SPECIES, x, p + LANES));
            s2 = s2.add(DoubleVector.fromArray(SPECIES, x, p + 2 * LANES));
            s3 = s3.add(DoubleVector.fromArray(SPECIES, x, p + 3 * LANES));
        }
        s0.intoArray(y, yOff);
        s1.intoArray(y, yOff + LANES);
        s2.intoArray(y, yOff + 2 * LANES);
        s3.intoArray(y, yOff + 3 * LANES);
    }

    static void dotRows(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        int j = 0;
        for (; j + BLOCK <= n; j += BLOCK) {
            dotBlock(x, xOff + j, y, yOff + j, rows, n, z, zOff + j);
        }
        for (; j + LANES <= n; j += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int i = 0, p = xOff + j, q = yOff + j; i < rows; i++, p += n, q += n) {
                sum = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), sum);
            }
            sum.intoArray(z, zOff + j);
        }
        ScalarRows.dotColumns(x, xOff, y, yOff, rows, n, j, n, z, zOff);
    }

    private static void dotBlock(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int i = 0, p = xOff, q = yOff; i < rows; i++, p += n, q += n) {
            s0 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), s0);
            s1 = DoubleVector.fromArray(SPECIES, x, p + LANES).fma(DoubleVector.fromArray(SPECIES, y, q + LANES), s1);
            s2 = DoubleVector.fromArray(SPECIES, x, p + 2 * LANES)
                    .fma(DoubleVector.fromArray(SPECIES, y, q + 2 * LANES), s2);
            s3 = DoubleVector.fromArray(SPECIES, x, p + 3 * LANES)
                    .fma(DoubleVector.fromArray(SPECIES, y, q + 3 * LANES), s3);
        }
        s0.intoArray(z, zOff);
        s1.intoArray(z, zOff + LANES);
        s2.intoArray(z, zOff + 2 * LANES);
        s3.intoArray(z, zOff + 3 * LANES);
    }

    /** Piece of the columns by piece; a row is shifted into a buffer, its exp added to the sums, which are in y. */
    static void logSumExpRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        Scratch scratch = Scratch.ofThread();
        double[] shift = scratch.shift;
        double[] piece = scratch.piece;
        for (int j = 0; j < n; j += Scratch.PIECE) {
            int length = Math.min(Scratch.PIECE, n - j);
            int sum = yOff + j;
            shifts(x, xOff + j, rows, n, length, shift);
            for (int k = 0; k < length; k++) {
                y[sum + k] = 0;
            }
            for (int i = 0; i < rows; i++) {
                VectorArrayArray.subtract(x, xOff + i * n + j, shift, 0, piece, 0, length);
                VectorExponentials.exp(piece, 0, piece, 0, length);
                VectorArrayArray.add(y, sum, piece, 0, y, sum, length);
            }
            VectorLogarithms.log(y, sum, y, sum, length);
            VectorArrayArray.add(y, sum, shift, 0, y, sum, length);
        }
    }

    /** The columns' maxima, 0 in place of infinities; see {@link ScalarSums#shift}. */
    private static void shifts(double[] x, int xOff, int rows, int n, int columns, double[] out) {
        int j = 0;
        for (; j + LANES <= columns; j += LANES) {
            DoubleVector max = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
            for (int i = 0, p = xOff + j; i < rows; i++, p += n) {
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, p);
                max = max.blend(v, v.compare(VectorOperators.GT, max));
            }
            max.blend(0, max.abs().compare(VectorOperators.EQ, Double.POSITIVE_INFINITY)).intoArray(out, j);
        }
        for (; j < columns; j++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0, p = xOff + j; i < rows; i++, p += n) {
                max = x[p] > max ? x[p] : max;
            }
            out[j] = ScalarSums.shift(max);
        }
    }
}

package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.fluvia.kernel.scalar.ScalarMatrices;
import org.fluvia.kernel.scalar.ScalarUpdates;

/**
 * {@link ScalarMatrices} by vectors: tiles of 2 x 4 elements, whose sums stay in registers, then of 1 x 4, 4 x 1 and 1 x 1; the
 * last n mod (vector length) of the numbers of each element go to its loops.
 *
 * <p>Every sum starts from C, which is zero first where nothing is subtracted from: sums that begin as one vector or as another,
 * depending on a condition, were objects in some runs.
 */
final class VectorMatrices {
    private VectorMatrices() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    static void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                         double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        int bound = SPECIES.loopBound(n);
        double sign = subtract ? -1 : 1;
        if (!subtract) {
            clear(m, p, bound, c, cOff, cRow, cColumn);
        }
        int wide = p & -4;
        int i = 0;
        for (; i + 2 <= m; i += 2) {
            for (int j = 0; j < wide; j += 4) {
                for (int l = 0; l < bound; l += LANES) {
                    tile2x4(sign, k, a, aOff + i * aRow + l, aRow, aColumn, b, bOff + j * bColumn + l, bRow, bColumn,
                            c, cOff + i * cRow + j * cColumn + l, cRow, cColumn);
                }
            }
        }
        if (i < m) {
            for (int j = 0; j < wide; j += 4) {
                for (int l = 0; l < bound; l += LANES) {
                    // a row of four is the column of four of the transposed product
                    tile4x1(sign, k, b, bOff + j * bColumn + l, bColumn, bRow, a, aOff + i * aRow + l, aColumn,
                            c, cOff + i * cRow + j * cColumn + l, cColumn);
                }
            }
        }
        for (int j = wide; j < p; j++) {
            i = 0;
            for (; i + 4 <= m; i += 4) {
                for (int l = 0; l < bound; l += LANES) {
                    tile4x1(sign, k, a, aOff + i * aRow + l, aRow, aColumn, b, bOff + j * bColumn + l, bRow,
                            c, cOff + i * cRow + j * cColumn + l, cRow);
                }
            }
            for (; i < m; i++) {
                for (int l = 0; l < bound; l += LANES) {
                    tile1x1(sign, k, a, aOff + i * aRow + l, aColumn, b, bOff + j * bColumn + l, bRow,
                            c, cOff + i * cRow + j * cColumn + l);
                }
            }
        }
        if (bound < n) {
            ScalarMatrices.gemmRows(subtract, m, p, k, n - bound, a, aOff + bound, aRow, aColumn, b, bOff + bound, bRow, bColumn,
                    c, cOff + bound, cRow, cColumn);
        }
    }

    private static void clear(int m, int p, int n, double[] c, int cOff, int cRow, int cColumn) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < p; j++) {
                ScalarUpdates.fill(0, c, cOff + i * cRow + j * cColumn, n);
            }
        }
    }

    private static void tile2x4(double sign, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt,
                                int bRow, int bColumn, double[] c, int cAt, int cRow, int cColumn) {
        int next = cAt + cRow;
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, c, cAt);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, c, cAt + cColumn);
        DoubleVector s02 = DoubleVector.fromArray(SPECIES, c, cAt + 2 * cColumn);
        DoubleVector s03 = DoubleVector.fromArray(SPECIES, c, cAt + 3 * cColumn);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, c, next);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, c, next + cColumn);
        DoubleVector s12 = DoubleVector.fromArray(SPECIES, c, next + 2 * cColumn);
        DoubleVector s13 = DoubleVector.fromArray(SPECIES, c, next + 3 * cColumn);
        for (int q = 0; q < k; q++, aAt += aColumn, bAt += bRow) {
            DoubleVector a0 = DoubleVector.fromArray(SPECIES, a, aAt).mul(sign);
            DoubleVector a1 = DoubleVector.fromArray(SPECIES, a, aAt + aRow).mul(sign);
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt);
            s00 = a0.fma(b0, s00);
            s10 = a1.fma(b0, s10);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + bColumn);
            s01 = a0.fma(b1, s01);
            s11 = a1.fma(b1, s11);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, bAt + 2 * bColumn);
            s02 = a0.fma(b2, s02);
            s12 = a1.fma(b2, s12);
            DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, bAt + 3 * bColumn);
            s03 = a0.fma(b3, s03);
            s13 = a1.fma(b3, s13);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + cColumn);
        s02.intoArray(c, cAt + 2 * cColumn);
        s03.intoArray(c, cAt + 3 * cColumn);
        s10.intoArray(c, next);
        s11.intoArray(c, next + cColumn);
        s12.intoArray(c, next + 2 * cColumn);
        s13.intoArray(c, next + 3 * cColumn);
    }

    private static void tile4x1(double sign, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt,
                                int bRow, double[] c, int cAt, int cRow) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, c, cAt);
        DoubleVector s1 = DoubleVector.fromArray(SPECIES, c, cAt + cRow);
        DoubleVector s2 = DoubleVector.fromArray(SPECIES, c, cAt + 2 * cRow);
        DoubleVector s3 = DoubleVector.fromArray(SPECIES, c, cAt + 3 * cRow);
        for (int q = 0; q < k; q++, aAt += aColumn, bAt += bRow) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt).mul(sign);
            s0 = DoubleVector.fromArray(SPECIES, a, aAt).fma(b0, s0);
            s1 = DoubleVector.fromArray(SPECIES, a, aAt + aRow).fma(b0, s1);
            s2 = DoubleVector.fromArray(SPECIES, a, aAt + 2 * aRow).fma(b0, s2);
            s3 = DoubleVector.fromArray(SPECIES, a, aAt + 3 * aRow).fma(b0, s3);
        }
        s0.intoArray(c, cAt);
        s1.intoArray(c, cAt + cRow);
        s2.intoArray(c, cAt + 2 * cRow);
        s3.intoArray(c, cAt + 3 * cRow);
    }

    private static void tile1x1(double sign, int k, double[] a, int aAt, int aColumn, double[] b, int bAt, int bRow,
                                double[] c, int cAt) {
        DoubleVector s = DoubleVector.fromArray(SPECIES, c, cAt);
        for (int q = 0; q < k; q++, aAt += aColumn, bAt += bRow) {
            s = DoubleVector.fromArray(SPECIES, a, aAt).mul(sign).fma(DoubleVector.fromArray(SPECIES, b, bAt), s);
        }
        s.intoArray(c, cAt);
    }
}

package org.fluvia.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarMatrices} by vectors: tiles of 2 x 4 elements, whose sums stay in registers, then of 1 x 4, 4 x 1 and 1 x 1; the
 * last n mod (vector length) of the numbers of each element go to its loops.
 */
final class VectorMatrices {
    private VectorMatrices() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    static void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                         double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        int bound = SPECIES.loopBound(n);
        int wide = p & -4;
        int i = 0;
        for (; i + 2 <= m; i += 2) {
            for (int j = 0; j < wide; j += 4) {
                for (int l = 0; l < bound; l += LANES) {
                    tile2x4(subtract, k, a, aOff + i * aRow + l, aRow, aColumn, b, bOff + j * bColumn + l, bRow, bColumn,
                            c, cOff + i * cRow + j * cColumn + l, cRow, cColumn);
                }
            }
        }
        if (i < m) {
            for (int j = 0; j < wide; j += 4) {
                for (int l = 0; l < bound; l += LANES) {
                    // a row of four is the column of four of the transposed product
                    tile4x1(subtract, k, b, bOff + j * bColumn + l, bColumn, bRow, a, aOff + i * aRow + l, aColumn,
                            c, cOff + i * cRow + j * cColumn + l, cColumn);
                }
            }
        }
        for (int j = wide; j < p; j++) {
            i = 0;
            for (; i + 4 <= m; i += 4) {
                for (int l = 0; l < bound; l += LANES) {
                    tile4x1(subtract, k, a, aOff + i * aRow + l, aRow, aColumn, b, bOff + j * bColumn + l, bRow,
                            c, cOff + i * cRow + j * cColumn + l, cRow);
                }
            }
            for (; i < m; i++) {
                for (int l = 0; l < bound; l += LANES) {
                    tile1x1(subtract, k, a, aOff + i * aRow + l, aColumn, b, bOff + j * bColumn + l, bRow,
                            c, cOff + i * cRow + j * cColumn + l);
                }
            }
        }
        if (bound < n) {
            ScalarMatrices.gemmRows(subtract, m, p, k, n - bound, a, aOff + bound, aRow, aColumn, b, bOff + bound, bRow, bColumn,
                    c, cOff + bound, cRow, cColumn);
        }
    }

    private static void tile2x4(boolean subtract, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt,
                                int bRow, int bColumn, double[] c, int cAt, int cRow, int cColumn) {
        double sign = subtract ? -1 : 1;
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = s00;
        DoubleVector s02 = s00;
        DoubleVector s03 = s00;
        DoubleVector s10 = s00;
        DoubleVector s11 = s00;
        DoubleVector s12 = s00;
        DoubleVector s13 = s00;
        int next = cAt + cRow;
        if (subtract) {
            s00 = DoubleVector.fromArray(SPECIES, c, cAt).neg();
            s01 = DoubleVector.fromArray(SPECIES, c, cAt + cColumn).neg();
            s02 = DoubleVector.fromArray(SPECIES, c, cAt + 2 * cColumn).neg();
            s03 = DoubleVector.fromArray(SPECIES, c, cAt + 3 * cColumn).neg();
            s10 = DoubleVector.fromArray(SPECIES, c, next).neg();
            s11 = DoubleVector.fromArray(SPECIES, c, next + cColumn).neg();
            s12 = DoubleVector.fromArray(SPECIES, c, next + 2 * cColumn).neg();
            s13 = DoubleVector.fromArray(SPECIES, c, next + 3 * cColumn).neg();
        }
        for (int q = 0; q < k; q++, aAt += aColumn, bAt += bRow) {
            DoubleVector a0 = DoubleVector.fromArray(SPECIES, a, aAt);
            DoubleVector a1 = DoubleVector.fromArray(SPECIES, a, aAt + aRow);
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
        s00.mul(sign).intoArray(c, cAt);
        s01.mul(sign).intoArray(c, cAt + cColumn);
        s02.mul(sign).intoArray(c, cAt + 2 * cColumn);
        s03.mul(sign).intoArray(c, cAt + 3 * cColumn);
        s10.mul(sign).intoArray(c, next);
        s11.mul(sign).intoArray(c, next + cColumn);
        s12.mul(sign).intoArray(c, next + 2 * cColumn);
        s13.mul(sign).intoArray(c, next + 3 * cColumn);
    }

    private static void tile4x1(boolean subtract, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt,
                                int bRow, double[] c, int cAt, int cRow) {
        double sign = subtract ? -1 : 1;
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        if (subtract) {
            s0 = DoubleVector.fromArray(SPECIES, c, cAt).neg();
            s1 = DoubleVector.fromArray(SPECIES, c, cAt + cRow).neg();
            s2 = DoubleVector.fromArray(SPECIES, c, cAt + 2 * cRow).neg();
            s3 = DoubleVector.fromArray(SPECIES, c, cAt + 3 * cRow).neg();
        }
        for (int q = 0; q < k; q++, aAt += aColumn, bAt += bRow) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt);
            s0 = DoubleVector.fromArray(SPECIES, a, aAt).fma(b0, s0);
            s1 = DoubleVector.fromArray(SPECIES, a, aAt + aRow).fma(b0, s1);
            s2 = DoubleVector.fromArray(SPECIES, a, aAt + 2 * aRow).fma(b0, s2);
            s3 = DoubleVector.fromArray(SPECIES, a, aAt + 3 * aRow).fma(b0, s3);
        }
        s0.mul(sign).intoArray(c, cAt);
        s1.mul(sign).intoArray(c, cAt + cRow);
        s2.mul(sign).intoArray(c, cAt + 2 * cRow);
        s3.mul(sign).intoArray(c, cAt + 3 * cRow);
    }

    private static void tile1x1(boolean subtract, int k, double[] a, int aAt, int aColumn, double[] b, int bAt, int bRow,
                                double[] c, int cAt) {
        double sign = subtract ? -1 : 1;
        DoubleVector s = subtract ? DoubleVector.fromArray(SPECIES, c, cAt).neg() : DoubleVector.zero(SPECIES);
        for (int q = 0; q < k; q++, aAt += aColumn, bAt += bRow) {
            s = DoubleVector.fromArray(SPECIES, a, aAt).fma(DoubleVector.fromArray(SPECIES, b, bAt), s);
        }
        s.mul(sign).intoArray(c, cAt);
    }
}

package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Rows of tiles of C, each up to eight rows high and two vectors of columns wide and held in registers: sixteen sums, two
 * vectors of B, one number of A.
 *
 * <p>Element (i, p) of A is a[aOff + i aRow + p aStep]. B is a number of panels, one for each tile, bPanel apart; row p of
 * the first one starts at b[bOff + p bStep]. Each element of C is one chain of fma over p, from its row's start[sOff + i]
 * or, where there is no start, from C.
 */
final class WideTiles {
    private WideTiles() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    /** rows is 8, 6, 4, 2 or 1. */
    static void multiply(int rows, int panels, int bPanel, int k, double[] a, int aOff, int aRow, int aStep,
                         double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff, int ldc) {
        switch (rows) {
            case 8 -> rows8(panels, bPanel, k, a, aOff, aRow, aStep, b, bOff, bStep, start, sOff, c, cOff, ldc);
            case 6 -> rows6(panels, bPanel, k, a, aOff, aRow, aStep, b, bOff, bStep, start, sOff, c, cOff, ldc);
            case 4 -> rows4(panels, bPanel, k, a, aOff, aRow, aStep, b, bOff, bStep, start, sOff, c, cOff, ldc);
            case 2 -> rows2(panels, bPanel, k, a, aOff, aRow, aStep, b, bOff, bStep, start, sOff, c, cOff, ldc);
            default -> rows1(panels, bPanel, k, a, aOff, aStep, b, bOff, bStep, start, sOff, c, cOff);
        }
    }

    private static void rows8(int panels, int bPanel, int k, double[] a, int aOff, int aRow, int aStep,
                              double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff, int ldc) {
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += 2 * LANES) {
            DoubleVector c0a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c0b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c1a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c1b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c2a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 2 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 2]);
            DoubleVector c2b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 2 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 2]);
            DoubleVector c3a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 3 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 3]);
            DoubleVector c3b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 3 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 3]);
            DoubleVector c4a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 4 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 4]);
            DoubleVector c4b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 4 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 4]);
            DoubleVector c5a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 5 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 5]);
            DoubleVector c5b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 5 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 5]);
            DoubleVector c6a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 6 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 6]);
            DoubleVector c6b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 6 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 6]);
            DoubleVector c7a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 7 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 7]);
            DoubleVector c7b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 7 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 7]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector ba = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector bb = DoubleVector.fromArray(SPECIES, b, q + LANES);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0a = a0.fma(ba, c0a);
                c0b = a0.fma(bb, c0b);
                DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + aRow]);
                c1a = a1.fma(ba, c1a);
                c1b = a1.fma(bb, c1b);
                DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2 * aRow]);
                c2a = a2.fma(ba, c2a);
                c2b = a2.fma(bb, c2b);
                DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3 * aRow]);
                c3a = a3.fma(ba, c3a);
                c3b = a3.fma(bb, c3b);
                DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i + 4 * aRow]);
                c4a = a4.fma(ba, c4a);
                c4b = a4.fma(bb, c4b);
                DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i + 5 * aRow]);
                c5a = a5.fma(ba, c5a);
                c5b = a5.fma(bb, c5b);
                DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[i + 6 * aRow]);
                c6a = a6.fma(ba, c6a);
                c6b = a6.fma(bb, c6b);
                DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[i + 7 * aRow]);
                c7a = a7.fma(ba, c7a);
                c7b = a7.fma(bb, c7b);
            }
            c0a.intoArray(c, cOff);
            c0b.intoArray(c, cOff + LANES);
            c1a.intoArray(c, cOff + ldc);
            c1b.intoArray(c, cOff + ldc + LANES);
            c2a.intoArray(c, cOff + 2 * ldc);
            c2b.intoArray(c, cOff + 2 * ldc + LANES);
            c3a.intoArray(c, cOff + 3 * ldc);
            c3b.intoArray(c, cOff + 3 * ldc + LANES);
            c4a.intoArray(c, cOff + 4 * ldc);
            c4b.intoArray(c, cOff + 4 * ldc + LANES);
            c5a.intoArray(c, cOff + 5 * ldc);
            c5b.intoArray(c, cOff + 5 * ldc + LANES);
            c6a.intoArray(c, cOff + 6 * ldc);
            c6b.intoArray(c, cOff + 6 * ldc + LANES);
            c7a.intoArray(c, cOff + 7 * ldc);
            c7b.intoArray(c, cOff + 7 * ldc + LANES);
        }
    }

    private static void rows6(int panels, int bPanel, int k, double[] a, int aOff, int aRow, int aStep,
                              double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff, int ldc) {
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += 2 * LANES) {
            DoubleVector c0a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c0b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c1a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c1b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c2a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 2 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 2]);
            DoubleVector c2b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 2 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 2]);
            DoubleVector c3a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 3 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 3]);
            DoubleVector c3b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 3 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 3]);
            DoubleVector c4a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 4 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 4]);
            DoubleVector c4b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 4 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 4]);
            DoubleVector c5a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 5 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 5]);
            DoubleVector c5b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 5 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 5]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector ba = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector bb = DoubleVector.fromArray(SPECIES, b, q + LANES);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0a = a0.fma(ba, c0a);
                c0b = a0.fma(bb, c0b);
                DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + aRow]);
                c1a = a1.fma(ba, c1a);
                c1b = a1.fma(bb, c1b);
                DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2 * aRow]);
                c2a = a2.fma(ba, c2a);
                c2b = a2.fma(bb, c2b);
                DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3 * aRow]);
                c3a = a3.fma(ba, c3a);
                c3b = a3.fma(bb, c3b);
                DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i + 4 * aRow]);
                c4a = a4.fma(ba, c4a);
                c4b = a4.fma(bb, c4b);
                DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i + 5 * aRow]);
                c5a = a5.fma(ba, c5a);
                c5b = a5.fma(bb, c5b);
            }
            c0a.intoArray(c, cOff);
            c0b.intoArray(c, cOff + LANES);
            c1a.intoArray(c, cOff + ldc);
            c1b.intoArray(c, cOff + ldc + LANES);
            c2a.intoArray(c, cOff + 2 * ldc);
            c2b.intoArray(c, cOff + 2 * ldc + LANES);
            c3a.intoArray(c, cOff + 3 * ldc);
            c3b.intoArray(c, cOff + 3 * ldc + LANES);
            c4a.intoArray(c, cOff + 4 * ldc);
            c4b.intoArray(c, cOff + 4 * ldc + LANES);
            c5a.intoArray(c, cOff + 5 * ldc);
            c5b.intoArray(c, cOff + 5 * ldc + LANES);
        }
    }

    private static void rows4(int panels, int bPanel, int k, double[] a, int aOff, int aRow, int aStep,
                              double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff, int ldc) {
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += 2 * LANES) {
            DoubleVector c0a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c0b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c1a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c1b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c2a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 2 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 2]);
            DoubleVector c2b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 2 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 2]);
            DoubleVector c3a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 3 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 3]);
            DoubleVector c3b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 3 * ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 3]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector ba = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector bb = DoubleVector.fromArray(SPECIES, b, q + LANES);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0a = a0.fma(ba, c0a);
                c0b = a0.fma(bb, c0b);
                DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + aRow]);
                c1a = a1.fma(ba, c1a);
                c1b = a1.fma(bb, c1b);
                DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2 * aRow]);
                c2a = a2.fma(ba, c2a);
                c2b = a2.fma(bb, c2b);
                DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3 * aRow]);
                c3a = a3.fma(ba, c3a);
                c3b = a3.fma(bb, c3b);
            }
            c0a.intoArray(c, cOff);
            c0b.intoArray(c, cOff + LANES);
            c1a.intoArray(c, cOff + ldc);
            c1b.intoArray(c, cOff + ldc + LANES);
            c2a.intoArray(c, cOff + 2 * ldc);
            c2b.intoArray(c, cOff + 2 * ldc + LANES);
            c3a.intoArray(c, cOff + 3 * ldc);
            c3b.intoArray(c, cOff + 3 * ldc + LANES);
        }
    }

    private static void rows2(int panels, int bPanel, int k, double[] a, int aOff, int aRow, int aStep,
                              double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff, int ldc) {
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += 2 * LANES) {
            DoubleVector c0a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c0b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c1a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c1b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector ba = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector bb = DoubleVector.fromArray(SPECIES, b, q + LANES);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0a = a0.fma(ba, c0a);
                c0b = a0.fma(bb, c0b);
                DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + aRow]);
                c1a = a1.fma(ba, c1a);
                c1b = a1.fma(bb, c1b);
            }
            c0a.intoArray(c, cOff);
            c0b.intoArray(c, cOff + LANES);
            c1a.intoArray(c, cOff + ldc);
            c1b.intoArray(c, cOff + ldc + LANES);
        }
    }

    private static void rows1(int panels, int bPanel, int k, double[] a, int aOff, int aStep,
                              double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff) {
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += 2 * LANES) {
            DoubleVector c0a = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c0b = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + LANES)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector ba = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector bb = DoubleVector.fromArray(SPECIES, b, q + LANES);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0a = a0.fma(ba, c0a);
                c0b = a0.fma(bb, c0b);
            }
            c0a.intoArray(c, cOff);
            c0b.intoArray(c, cOff + LANES);
        }
    }
}

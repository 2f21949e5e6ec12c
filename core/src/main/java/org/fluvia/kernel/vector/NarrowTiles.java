package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Rows of tiles of C as in {@link WideTiles}, but one vector of columns wide, for the last columns.
 *
 * <p>Element (i, p) of A is a[aOff + i aRow + p aStep]. B is a number of panels, one for each tile, bPanel apart; row p of
 * the first one starts at b[bOff + p bStep]. Each element of C is one chain of fma over p, from its row's start[sOff + i]
 * or, where there is no start, from C.
 */
final class NarrowTiles {
    private NarrowTiles() {}

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
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += LANES) {
            DoubleVector c0 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c1 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c2 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 2 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 2]);
            DoubleVector c3 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 3 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 3]);
            DoubleVector c4 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 4 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 4]);
            DoubleVector c5 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 5 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 5]);
            DoubleVector c6 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 6 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 6]);
            DoubleVector c7 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 7 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 7]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0 = a0.fma(b0, c0);
                DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + aRow]);
                c1 = a1.fma(b0, c1);
                DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2 * aRow]);
                c2 = a2.fma(b0, c2);
                DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3 * aRow]);
                c3 = a3.fma(b0, c3);
                DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i + 4 * aRow]);
                c4 = a4.fma(b0, c4);
                DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i + 5 * aRow]);
                c5 = a5.fma(b0, c5);
                DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[i + 6 * aRow]);
                c6 = a6.fma(b0, c6);
                DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[i + 7 * aRow]);
                c7 = a7.fma(b0, c7);
            }
            c0.intoArray(c, cOff);
            c1.intoArray(c, cOff + ldc);
            c2.intoArray(c, cOff + 2 * ldc);
            c3.intoArray(c, cOff + 3 * ldc);
            c4.intoArray(c, cOff + 4 * ldc);
            c5.intoArray(c, cOff + 5 * ldc);
            c6.intoArray(c, cOff + 6 * ldc);
            c7.intoArray(c, cOff + 7 * ldc);
        }
    }

    private static void rows6(int panels, int bPanel, int k, double[] a, int aOff, int aRow, int aStep,
                              double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff, int ldc) {
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += LANES) {
            DoubleVector c0 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c1 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c2 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 2 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 2]);
            DoubleVector c3 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 3 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 3]);
            DoubleVector c4 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 4 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 4]);
            DoubleVector c5 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 5 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 5]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0 = a0.fma(b0, c0);
                DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + aRow]);
                c1 = a1.fma(b0, c1);
                DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2 * aRow]);
                c2 = a2.fma(b0, c2);
                DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3 * aRow]);
                c3 = a3.fma(b0, c3);
                DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i + 4 * aRow]);
                c4 = a4.fma(b0, c4);
                DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i + 5 * aRow]);
                c5 = a5.fma(b0, c5);
            }
            c0.intoArray(c, cOff);
            c1.intoArray(c, cOff + ldc);
            c2.intoArray(c, cOff + 2 * ldc);
            c3.intoArray(c, cOff + 3 * ldc);
            c4.intoArray(c, cOff + 4 * ldc);
            c5.intoArray(c, cOff + 5 * ldc);
        }
    }

    private static void rows4(int panels, int bPanel, int k, double[] a, int aOff, int aRow, int aStep,
                              double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff, int ldc) {
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += LANES) {
            DoubleVector c0 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c1 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            DoubleVector c2 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 2 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 2]);
            DoubleVector c3 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + 3 * ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 3]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0 = a0.fma(b0, c0);
                DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + aRow]);
                c1 = a1.fma(b0, c1);
                DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2 * aRow]);
                c2 = a2.fma(b0, c2);
                DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3 * aRow]);
                c3 = a3.fma(b0, c3);
            }
            c0.intoArray(c, cOff);
            c1.intoArray(c, cOff + ldc);
            c2.intoArray(c, cOff + 2 * ldc);
            c3.intoArray(c, cOff + 3 * ldc);
        }
    }

    private static void rows2(int panels, int bPanel, int k, double[] a, int aOff, int aRow, int aStep,
                              double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff, int ldc) {
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += LANES) {
            DoubleVector c0 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            DoubleVector c1 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff + ldc)
                    : DoubleVector.broadcast(SPECIES, start[sOff + 1]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0 = a0.fma(b0, c0);
                DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + aRow]);
                c1 = a1.fma(b0, c1);
            }
            c0.intoArray(c, cOff);
            c1.intoArray(c, cOff + ldc);
        }
    }

    private static void rows1(int panels, int bPanel, int k, double[] a, int aOff, int aStep,
                              double[] b, int bOff, int bStep, double @Nullable [] start, int sOff, double[] c, int cOff) {
        for (int panel = 0; panel < panels; panel++, bOff += bPanel, cOff += LANES) {
            DoubleVector c0 = start == null ? DoubleVector.fromArray(SPECIES, c, cOff)
                    : DoubleVector.broadcast(SPECIES, start[sOff]);
            for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
                DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
                c0 = a0.fma(b0, c0);
            }
            c0.intoArray(c, cOff);
        }
    }
}

package org.fluvia.kernel;

import static org.fluvia.kernel.VectorFunctions.SPECIES;

import jdk.incubator.vector.DoubleVector;

/**
 * Tiles of C of up to six rows and one vector of columns, for the last columns.
 * Element (i, p) of A is a[aOff + i aRow + p aStep]; row p of B starts at b[bOff + p bStep]. Each element of C is one
 * chain of fma over p, from +0 or, where load is true, from C.
 */
final class NarrowTiles {
    private NarrowTiles() {}

    private static final int LANES = SPECIES.length();

    /** rows is 6, 4, 2 or 1. */
    static void multiply(int rows, int k, double[] a, int aOff, int aRow, int aStep, double[] b, int bOff, int bStep,
                         boolean load, double[] c, int cOff, int ldc) {
        switch (rows) {
            case 6 -> rows6(k, a, aOff, aRow, aStep, b, bOff, bStep, load, c, cOff, ldc);
            case 4 -> rows4(k, a, aOff, aRow, aStep, b, bOff, bStep, load, c, cOff, ldc);
            case 2 -> rows2(k, a, aOff, aRow, aStep, b, bOff, bStep, load, c, cOff, ldc);
            default -> rows1(k, a, aOff, aRow, aStep, b, bOff, bStep, load, c, cOff, ldc);
        }
    }

    private static void rows6(int k, double[] a, int aOff, int aRow, int aStep, double[] b, int bOff, int bStep,
                              boolean load, double[] c, int cOff, int ldc) {
        DoubleVector c0 = start(load, c, cOff);
        DoubleVector c1 = start(load, c, cOff + ldc);
        DoubleVector c2 = start(load, c, cOff + 2 * ldc);
        DoubleVector c3 = start(load, c, cOff + 3 * ldc);
        DoubleVector c4 = start(load, c, cOff + 4 * ldc);
        DoubleVector c5 = start(load, c, cOff + 5 * ldc);
        for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
            DoubleVector b0 = load(b, q);
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

    private static void rows4(int k, double[] a, int aOff, int aRow, int aStep, double[] b, int bOff, int bStep,
                              boolean load, double[] c, int cOff, int ldc) {
        DoubleVector c0 = start(load, c, cOff);
        DoubleVector c1 = start(load, c, cOff + ldc);
        DoubleVector c2 = start(load, c, cOff + 2 * ldc);
        DoubleVector c3 = start(load, c, cOff + 3 * ldc);
        for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
            DoubleVector b0 = load(b, q);
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

    private static void rows2(int k, double[] a, int aOff, int aRow, int aStep, double[] b, int bOff, int bStep,
                              boolean load, double[] c, int cOff, int ldc) {
        DoubleVector c0 = start(load, c, cOff);
        DoubleVector c1 = start(load, c, cOff + ldc);
        for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
            DoubleVector b0 = load(b, q);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
            c0 = a0.fma(b0, c0);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + aRow]);
            c1 = a1.fma(b0, c1);
        }
        c0.intoArray(c, cOff);
        c1.intoArray(c, cOff + ldc);
    }

    private static void rows1(int k, double[] a, int aOff, int aRow, int aStep, double[] b, int bOff, int bStep,
                              boolean load, double[] c, int cOff, int ldc) {
        DoubleVector c0 = start(load, c, cOff);
        for (int p = 0, q = bOff, i = aOff; p < k; p++, q += bStep, i += aStep) {
            DoubleVector b0 = load(b, q);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
            c0 = a0.fma(b0, c0);
        }
        c0.intoArray(c, cOff);
    }

    private static DoubleVector start(boolean load, double[] c, int offset) {
        return load ? load(c, offset) : DoubleVector.zero(SPECIES);
    }

    private static DoubleVector load(double[] x, int offset) {
        return DoubleVector.fromArray(SPECIES, x, offset);
    }
}

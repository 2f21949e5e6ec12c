package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies blocks of matrices into the order in which {@link VectorGemm}'s tiles read them. */
final class Packing {
    private Packing() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    /** A few rows of A, element (i, p) to out[p rows + i]. */
    static void rows(int rows, int depth, double[] a, int aOff, int aRow, int aStep, double[] out) {
        if (aRow == 1) {
            for (int p = 0, from = aOff, to = 0; p < depth; p++, from += aStep, to += rows) {
                for (int i = 0; i < rows; i++) {
                    out[to + i] = a[from + i];
                }
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            for (int p = 0, from = aOff + i * aRow, to = i; p < depth; p++, from += aStep, to += rows) {
                out[to] = a[from];
            }
        }
    }

    /**
     * Columns first, ..., columns - 1 of a block of op(B), in panels of two vectors of columns, then one, then the rest
     * padded with zeros to a vector. A panel is depth rows without gaps.
     */
    static void columns(boolean transposed, int depth, int columns, int first, double[] b, int bOff, int ldb, double[] out) {
        int to = 0;
        for (int j = first; j < columns; ) {
            int left = columns - j;
            int width = left >= 2 * LANES ? 2 * LANES : LANES;
            if (transposed) {
                transpose(depth, Math.min(left, width), b, bOff + j * ldb, ldb, out, to, width);
            } else if (left >= LANES) {
                panel(depth, width, b, bOff + j, ldb, out, to);
            } else {
                edge(depth, left, b, bOff + j, ldb, out, to);
            }
            j += width;
            to += width * depth;
        }
    }

    private static void panel(int depth, int width, double[] b, int bOff, int ldb, double[] out, int to) {
        if (width == LANES) {
            for (int p = 0; p < depth; p++, bOff += ldb, to += LANES) {
                DoubleVector.fromArray(SPECIES, b, bOff).intoArray(out, to);
            }
            return;
        }
        for (int p = 0; p < depth; p++, bOff += ldb, to += 2 * LANES) {
            DoubleVector.fromArray(SPECIES, b, bOff).intoArray(out, to);
            DoubleVector.fromArray(SPECIES, b, bOff + LANES).intoArray(out, to + LANES);
        }
    }

    private static void edge(int depth, int columns, double[] b, int bOff, int ldb, double[] out, int to) {
        for (int p = 0; p < depth; p++, bOff += ldb, to += LANES) {
            for (int j = 0; j < columns; j++) {
                out[to + j] = b[bOff + j];
            }
            for (int j = columns; j < LANES; j++) {
                out[to + j] = 0;
            }
        }
    }

    /** Rows of b become columns, eight at a time. */
    private static void transpose(int depth, int columns, double[] b, int bOff, int ldb, double[] out, int to, int width) {
        int j = 0;
        for (; j + 8 <= columns; j += 8) {
            transposeEight(depth, b, bOff + j * ldb, ldb, out, to + j, width);
        }
        for (; j < columns; j++) {
            for (int p = 0, from = bOff + j * ldb, at = to + j; p < depth; p++, at += width) {
                out[at] = b[from + p];
            }
        }
        for (; j < width; j++) {
            for (int p = 0, at = to + j; p < depth; p++, at += width) {
                out[at] = 0;
            }
        }
    }

    private static void transposeEight(int depth, double[] b, int b0, int ldb, double[] out, int to, int width) {
        int b1 = b0 + ldb;
        int b2 = b1 + ldb;
        int b3 = b2 + ldb;
        int b4 = b3 + ldb;
        int b5 = b4 + ldb;
        int b6 = b5 + ldb;
        int b7 = b6 + ldb;
        for (int p = 0, at = to; p < depth; p++, at += width) {
            out[at] = b[b0 + p];
            out[at + 1] = b[b1 + p];
            out[at + 2] = b[b2 + p];
            out[at + 3] = b[b3 + p];
            out[at + 4] = b[b4 + p];
            out[at + 5] = b[b5 + p];
            out[at + 6] = b[b6 + p];
            out[at + 7] = b[b7 + p];
        }
    }

    static void copyTile(int rows, int columns, double[] from, int fromOff, int fromStep, double[] to, int toOff, int toStep) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toOff + i * toStep + j] = from[fromOff + i * fromStep + j];
            }
        }
    }
}

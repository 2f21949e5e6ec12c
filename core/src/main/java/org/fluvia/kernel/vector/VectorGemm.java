package org.fluvia.kernel.vector;

import org.fluvia.kernel.scalar.ScalarGemm;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products by register tiles. k is cut into blocks, between which C carries the chains. A block of B that is transposed or
 * does not lie in the first-level cache is packed into panels as wide as a tile, contiguous whatever the strides, so that a
 * panel's rows never compete for the same cache set; A's rows are packed a tile's height at a time where they are used often enough.
 */
final class VectorGemm {
    private VectorGemm() {}

    private static final int LANES = VectorLanes.SPECIES.length();
    private static final int WIDE = 2 * LANES;
    /** The height of a tile: its sums fill most of the 32 registers of processors with 8 lanes, or of the 16 of others. */
    static final int ROWS = LANES == 8 ? 8 : 6;
    /** A block of B, DEPTH x COLUMNS, takes 512 kB at most: half of a common L2 cache. */
    static final int DEPTH = 256;
    static final int COLUMNS = 256;
    /** Rows of B within so many doubles, 32 kB, lie in a first-level cache side by side. */
    private static final int FIRST_LEVEL = 4096;
    /** Fewer rows than this do not pay for packing B; fewer columns do not pay for packing A. */
    private static final int PACK_B_ROWS = 12;
    private static final int PACK_A_COLUMNS = 96;
    static final int PACK_DEPTH = 24;

    private static final double[] ZEROS = new double[ROWS];

    static void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
                     double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        ScalarGemm.requireForm(transposeA, transposeB);
        if (k == 0) {
            ScalarGemm.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
            return;
        }
        gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate ? null : ZEROS, 0, 0, c, cOff, ldc);
    }

    static void gemmPlus(int m, int n, int k, double[] a, int aOff, int lda, double[] b, int bOff, int ldb,
                         double[] start, int sOff, double[] c, int cOff, int ldc) {
        if (k == 0) {
            ScalarGemm.gemmPlus(m, n, k, a, aOff, lda, b, bOff, ldb, start, sOff, c, cOff, ldc);
            return;
        }
        gemm(false, false, m, n, k, a, aOff, lda, b, bOff, ldb, start, sOff, 1, c, cOff, ldc);
    }

    /** Chains start from row i's start[sOff + i sStep] or, where there is no start, from C. */
    private static void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
                             double[] b, int bOff, int ldb, double @Nullable [] start, int sOff, int sStep,
                             double[] c, int cOff, int ldc) {
        Scratch scratch = Scratch.ofThread();
        int aRow = transposeA ? 1 : lda;
        int aStep = transposeA ? lda : 1;
        boolean pack = transposeB || m >= PACK_B_ROWS && k >= PACK_DEPTH && (long) k * ldb > FIRST_LEVEL;
        for (int p = 0; p < k; p += DEPTH) {
            int depth = Math.min(DEPTH, k - p);
            double @Nullable [] from = p == 0 ? start : null;
            for (int j = 0; j < n; j += COLUMNS) {
                int columns = Math.min(COLUMNS, n - j);
                int bBlock = bOff + (transposeB ? j * ldb + p : p * ldb + j);
                // Where B stays in place, only columns that do not fill a vector are packed, padded with zeros.
                int packedFrom = pack ? 0 : columns - columns % LANES;
                Packing.columns(transposeB, depth, columns, packedFrom, b, bBlock, ldb, scratch.b);
                block(m, columns, depth, packedFrom, a, aOff + p * aStep, aRow, aStep, b, bBlock, ldb, from, sOff, sStep,
                        c, cOff + j, ldc, scratch);
            }
        }
    }

    /** All rows of C for one block of B. */
    private static void block(int m, int columns, int depth, int packedFrom, double[] a, int aOff, int aRow, int aStep,
                              double[] b, int bOff, int ldb, double @Nullable [] start, int sOff, int sStep,
                              double[] c, int cOff, int ldc, Scratch scratch) {
        boolean packA = columns >= PACK_A_COLUMNS && depth >= PACK_DEPTH;
        for (int i = 0; i < m; ) {
            int rows = tileRows(m - i);
            int aPanel = aOff + i * aRow;
            int cPanel = cOff + i * ldc;
            if (packA) {
                Packing.rows(rows, depth, a, aPanel, aRow, aStep, scratch.a);
                panel(rows, columns, depth, packedFrom, scratch.a, 0, 1, rows, b, bOff, ldb, start, sOff + i * sStep,
                        c, cPanel, ldc, scratch);
            } else {
                panel(rows, columns, depth, packedFrom, a, aPanel, aRow, aStep, b, bOff, ldb, start, sOff + i * sStep,
                        c, cPanel, ldc, scratch);
            }
            i += rows;
        }
    }

    /** 8, 6, 4, 2 or 1 of the rows that are left. */
    private static int tileRows(int left) {
        if (left >= ROWS && (left != 8 || ROWS == 8)) return ROWS;
        return left == 6 || left == 7 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
    }

    /** A few rows of C for one block of B: columns before packedFrom from B itself, the others from the packed panels. */
    private static void panel(int rows, int columns, int depth, int packedFrom, double[] a, int aOff, int aRow, int aStep,
                              double[] b, int bOff, int ldb, double @Nullable [] start, int sOff, double[] c, int cOff, int ldc,
                              Scratch scratch) {
        int j = packedFrom / WIDE * WIDE;
        WideTiles.multiply(rows, j / WIDE, WIDE, depth, a, aOff, aRow, aStep, b, bOff, ldb, start, sOff, c, cOff, ldc);
        if (j < packedFrom) {
            NarrowTiles.multiply(rows, 1, 0, depth, a, aOff, aRow, aStep, b, bOff + j, ldb, start, sOff, c, cOff + j, ldc);
            j += LANES;
        }
        int panels = (columns - j) / WIDE;
        int packed = panels * WIDE * depth;
        WideTiles.multiply(rows, panels, WIDE * depth, depth, a, aOff, aRow, aStep, scratch.b, 0, WIDE, start, sOff,
                c, cOff + j, ldc);
        j += panels * WIDE;
        if (j + LANES <= columns) {
            NarrowTiles.multiply(rows, 1, 0, depth, a, aOff, aRow, aStep, scratch.b, packed, LANES, start, sOff,
                    c, cOff + j, ldc);
            j += LANES;
            packed += LANES * depth;
        }
        if (j < columns) {
            if (start == null) {
                Packing.copyTile(rows, columns - j, c, cOff + j, ldc, scratch.c, 0, LANES);
            }
            NarrowTiles.multiply(rows, 1, 0, depth, a, aOff, aRow, aStep, scratch.b, packed, LANES, start, sOff,
                    scratch.c, 0, LANES);
            Packing.copyTile(rows, columns - j, scratch.c, 0, LANES, c, cOff + j, ldc);
        }
    }
}

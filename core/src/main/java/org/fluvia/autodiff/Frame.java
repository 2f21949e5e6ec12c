package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.provider.KernelProvider;

/** The memory one thread computes in: its tile, and the regions it shares with others. */
final class Frame {
    static final Kernels K = KernelProvider.kernels();
    /** Elements after which it is asked whether to go on: a hundredth of a millisecond at the least, against which asking is nothing. */
    private static final long ASK_AFTER = 1 << 16;
    /** Products of a matrix product that are one piece: some hundredths of a second. */
    private static final long MOST_PRODUCTS = 1L << 26;
    private static final int ROWS_OF_A_PIECE = 256;
    /** So many of its products take as long as an element of something else. */
    private static final int PER_ELEMENT = 4;

    final double[] shared;
    final double[] tile;
    /** Sums over draws of groups of tiles, and where this group's begin. */
    double[] group = new double[0];
    int groupAt;
    /** Whether the tile is the first of its group: sums over draws begin with it, the place holds nothing yet. */
    boolean firstOfGroup;
    /** Draws in a row of the tile: a multiple of 8. */
    int width;
    /** The draws of the tile that count; the rest are padding and enter no sum. */
    int valid;

    /**
     * The moving places of the loops under way, a stack: pointer p of the innermost loop is entry base + p. An entry is an
     * array and a position in it.
     */
    final double[][] arrays;
    final int[] places;
    int base;
    /** The entries in use. */
    int top;

    /** How much was computed since the last time that the workers were asked. */
    private long work;
    private final Workers workers;
    private final List<Op> helperOf = new ArrayList<>();
    private final List<Object> helpers = new ArrayList<>();

    Frame(double[] shared, double[] tile, int places, Workers workers) {
        this.shared = shared;
        this.tile = tile;
        this.workers = workers;
        this.arrays = new double[places + 1][];
        this.places = new int[places + 1];
    }

    /**
     * What an operation needs to work with besides rows of doubles: made once for this frame.
     *
     * @param make from the operation
     */
    Object helper(Op op, Function<Op, Object> make) {
        for (int i = 0; i < helpers.size(); i++) if (helperOf.get(i) == op) return helpers.get(i);
        helperOf.add(op);
        helpers.add(make.apply(op));
        return helpers.get(helpers.size() - 1);
    }

    /**
     * Says that about so many elements were computed. What takes long says so on the way, for it is asked from time to time
     * whether it is to go on.
     *
     * @throws Stopped if not
     */
    void worked(long elements) {
        work += elements;
        if (work >= ASK_AFTER) ask();
    }

    /** Asks at once: before what may take any time. */
    void ask() {
        work = 0;
        workers.check();
    }

    /** {@link org.fluvia.kernel.Kernels#gemm}, in pieces where it is long: each element is the same chain of sums. */
    void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
              double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        if ((long) m * n * k <= MOST_PRODUCTS) {
            K.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
            worked((long) m * n * k / PER_ELEMENT);
        } else {
            for (int i = 0; i < m; i += ROWS_OF_A_PIECE) {
                int rows = Math.min(ROWS_OF_A_PIECE, m - i);
                addProducts(0, transposeA, transposeB, rows, n, k, a, aOff + (transposeA ? i : i * lda), lda, b, bOff, ldb,
                        accumulate, c, cOff + i * ldc, ldc);
            }
        }
    }

    private void addProducts(int from, boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
                             double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        int step = terms(m, n);
        for (int t = from; t < k; t += step) {
            int terms = Math.min(step, k - t);
            K.gemm(transposeA, transposeB, m, n, terms, a, aOff + (transposeA ? t * lda : t), lda,
                    b, bOff + (transposeB ? t : t * ldb), ldb, accumulate || t > 0, c, cOff, ldc);
            worked((long) m * n * terms / PER_ELEMENT);
        }
    }

    /** The terms of the sums that a piece with m rows and n columns adds. */
    private static int terms(int m, int n) {
        return (int) Math.max(8, MOST_PRODUCTS / ((long) m * n));
    }

    /** {@link org.fluvia.kernel.Kernels#gemmPlus}, likewise. */
    void gemmPlus(int m, int n, int k, double[] a, int aOff, int lda, double[] b, int bOff, int ldb,
                  double[] start, int sOff, double[] c, int cOff, int ldc) {
        int most = Math.max(1, (long) m * n * k <= MOST_PRODUCTS ? m : ROWS_OF_A_PIECE);
        for (int i = 0; i == 0 || i < m; i += most) {
            int rows = Math.min(most, m - i);
            int terms = Math.min(k, most < m ? terms(rows, n) : k);
            K.gemmPlus(rows, n, terms, a, aOff + i * lda, lda, b, bOff, ldb, start, sOff + i, c, cOff + i * ldc, ldc);
            worked((long) rows * n * terms / PER_ELEMENT);
            addProducts(terms, false, false, rows, n, k, a, aOff + i * lda, lda, b, bOff, ldb, true, c, cOff + i * ldc, ldc);
        }
    }

    /** {@link org.fluvia.kernel.Kernels#gemmRows}, likewise. */
    void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                  double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        long ofARow = (long) p * k * n;
        int rows = m * ofARow <= MOST_PRODUCTS ? Math.max(1, m) : (int) Math.max(1, MOST_PRODUCTS / ofARow);
        for (int i = 0; i == 0 || i < m; i += rows) {
            int count = Math.min(rows, m - i);
            K.gemmRows(subtract, count, p, k, n, a, aOff + i * aRow, aRow, aColumn, b, bOff, bRow, bColumn,
                    c, cOff + i * cRow, cRow, cColumn);
            worked((long) count * p * k * n / PER_ELEMENT);
        }
    }

    double[] array(Slot s) {
        if (s.pointer() > 0) return arrays[base + s.pointer()];
        return switch (s.region()) {
            case SHARED -> shared;
            case TILE -> tile;
            case GROUP -> group;
        };
    }

    int at(Slot s) {
        if (s.pointer() > 0) return places[base + s.pointer()] + s.offset() * stride(s);
        return switch (s.region()) {
            case SHARED -> s.offset();
            case TILE -> s.offset() * width;
            case GROUP -> groupAt + s.offset();
        };
    }

    /** The distance from one element to the next. */
    int stride(Slot s) {
        return s.region() == Slot.Region.TILE ? width : 1;
    }

    /** The number of doubles in the slot. */
    int length(Slot s) {
        return s.elements() * stride(s);
    }
}

package org.fluvia.autodiff.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.fluvia.kernel.Kernels;

/** The memory one thread computes in: its tile, and the regions it shares with others. */
public final class Frame {
    /** Elements after which it is asked whether to go on: a hundredth of a millisecond at the least, against which asking is nothing. */
    private static final long ASK_AFTER = 1 << 16;
    /** Products of a matrix product that are one piece: some hundredths of a second. */
    private static final long MOST_PRODUCTS = 1L << 26;
    private static final int ROWS_OF_A_PIECE = 256;
    /** So many of its products take as long as an element of something else. */
    private static final int PER_ELEMENT = 4;

    /** What operations compute with. */
    public final Kernels kernels;
    public final double[] shared;
    public final double[] tile;
    /** Sums over draws of groups of tiles, and where this group's begin. */
    public double[] group = new double[0];
    public int groupAt;
    /** Whether the tile is the first of its group: sums over draws begin with it, the place holds nothing yet. */
    public boolean firstOfGroup;
    /** Draws in a row of the tile: a multiple of 8. */
    public int width;
    /** The draws of the tile that count; the rest are padding and enter no sum. */
    public int valid;

    /**
     * The moving places of the loops under way, a stack: pointer p of the innermost loop is entry base + p. An entry is an
     * array and a position in it.
     */
    public final double[][] arrays;
    public final int[] places;
    public int base;
    /** The entries in use. */
    public int top;

    /** How much was computed since the last time that the workers were asked. */
    private long work;
    private final Runnable mayGoOn;
    private final List<Object> owners = new ArrayList<>();
    private final List<Object> helpers = new ArrayList<>();

    /** @param mayGoOn asked from time to time; throws what is to end the work */
    public Frame(double[] shared, double[] tile, int places, Kernels kernels, Runnable mayGoOn) {
        this.shared = shared;
        this.tile = tile;
        this.kernels = kernels;
        this.mayGoOn = mayGoOn;
        this.arrays = new double[places + 1][];
        this.places = new int[places + 1];
    }

    /**
     * What an operation needs to work with besides rows of doubles: made once for this frame.
     *
     * @param make from the operation
     */
    public <O> Object helper(O owner, Function<O, Object> make) {
        for (int i = 0; i < helpers.size(); i++) if (owners.get(i) == owner) return helpers.get(i);
        owners.add(owner);
        helpers.add(make.apply(owner));
        return helpers.get(helpers.size() - 1);
    }

    /**
     * Says that about so many elements were computed. What takes long says so on the way, for it is asked from time to time
     * whether it is to go on.
     *
     * @throws RuntimeException if not: whatever the asked throws
     */
    public void worked(long elements) {
        work += elements;
        if (work >= ASK_AFTER) ask();
    }

    /** Asks at once: before what may take any time. */
    public void ask() {
        work = 0;
        mayGoOn.run();
    }

    /** {@link org.fluvia.kernel.Kernels#gemm}, in pieces where it is long: each element is the same chain of sums. */
    public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
              double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        if ((long) m * n * k <= MOST_PRODUCTS) {
            kernels.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
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
            kernels.gemm(transposeA, transposeB, m, n, terms, a, aOff + (transposeA ? t * lda : t), lda,
                    b, bOff + (transposeB ? t : t * ldb), ldb, accumulate || t > 0, c, cOff, ldc);
            worked((long) m * n * terms / PER_ELEMENT);
        }
    }

    /** The terms of the sums that a piece with m rows and n columns adds. */
    private static int terms(int m, int n) {
        return (int) Math.max(8, MOST_PRODUCTS / ((long) m * n));
    }

    /** {@link org.fluvia.kernel.Kernels#gemmPlus}, likewise. */
    public void gemmPlus(int m, int n, int k, double[] a, int aOff, int lda, double[] b, int bOff, int ldb,
                  double[] start, int sOff, double[] c, int cOff, int ldc) {
        int most = Math.max(1, (long) m * n * k <= MOST_PRODUCTS ? m : ROWS_OF_A_PIECE);
        for (int i = 0; i == 0 || i < m; i += most) {
            int rows = Math.min(most, m - i);
            int terms = Math.min(k, most < m ? terms(rows, n) : k);
            kernels.gemmPlus(rows, n, terms, a, aOff + i * lda, lda, b, bOff, ldb, start, sOff + i, c, cOff + i * ldc, ldc);
            worked((long) rows * n * terms / PER_ELEMENT);
            addProducts(terms, false, false, rows, n, k, a, aOff + i * lda, lda, b, bOff, ldb, true, c, cOff + i * ldc, ldc);
        }
    }

    /** {@link org.fluvia.kernel.Kernels#gemmRows}, likewise. */
    public void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                  double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        long ofARow = (long) p * k * n;
        int rows = m * ofARow <= MOST_PRODUCTS ? Math.max(1, m) : (int) Math.max(1, MOST_PRODUCTS / ofARow);
        for (int i = 0; i == 0 || i < m; i += rows) {
            int count = Math.min(rows, m - i);
            kernels.gemmRows(subtract, count, p, k, n, a, aOff + i * aRow, aRow, aColumn, b, bOff, bRow, bColumn,
                    c, cOff + i * cRow, cRow, cColumn);
            worked((long) count * p * k * n / PER_ELEMENT);
        }
    }

    public double[] array(Slot s) {
        if (s.pointer() > 0) return arrays[base + s.pointer()];
        return switch (s.region()) {
            case SHARED -> shared;
            case TILE -> tile;
            case GROUP -> group;
        };
    }

    public int at(Slot s) {
        if (s.pointer() > 0) return places[base + s.pointer()] + s.offset() * stride(s);
        return switch (s.region()) {
            case SHARED -> s.offset();
            case TILE -> s.offset() * width;
            case GROUP -> groupAt + s.offset();
        };
    }

    /** The distance from one element to the next. */
    public int stride(Slot s) {
        return s.region() == Slot.Region.TILE ? width : 1;
    }

    /** The number of doubles in the slot. */
    public int length(Slot s) {
        return s.elements() * stride(s);
    }

    /** Copies a value's elements to y; a scalar is repeated over elements, and a shared value over draws if so many rows are per draw. */
    public void copy(Slot x, int elements, boolean perDraw, double[] y, int yAt) {
        double[] xs = array(x);
        int xAt = at(x);
        int w = perDraw ? width : 1;
        if (x.perDraw() == perDraw && x.elements() == elements) {
            System.arraycopy(xs, xAt, y, yAt, elements * w);
            return;
        }
        for (int i = 0; i < elements; i++) {
            int from = xAt + (x.elements() == 1 ? 0 : i * stride(x));
            if (x.perDraw()) {
                System.arraycopy(xs, from, y, yAt + i * w, w);
            } else {
                kernels.fill(xs[from], y, yAt + i * w, w);
            }
        }
    }
}

package org.fluvia.autodiff.lanes;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.kernel.BinaryOp;

/**
 * LU factors of one matrix (n x n) a lane, by Gaussian elimination with row exchanges that each lane chooses for itself. Entry
 * (i, j) of a matrix is a row of w doubles, one a lane.
 */
public final class LaneLu {
    private LaneLu() {}

    /**
     * Replaces the matrices from m on by their factors: below the diagonal the multipliers, negated, on and above it U, with
     * the diagonal negated. A column without a pivot is left as it is, so that the diagonal has a zero.
     *
     * @param exchanged overwritten from e on with the row that row k was exchanged with in lane j, at k w + j
     */
    public static void factor(Frame f, double[] a, int m, int n, int w, double[] exchanged, int e) {
        for (int k = 0; k < n; k++) {
            f.worked((long) (n - k) * (n - k) * w);
            exchange(a, m, n, w, k, exchanged, e);
            int diagonal = m + (k * n + k) * w;
            f.kernels.binary(BinaryOp.MUL, a, diagonal, -1, a, diagonal, w);
            boolean zero = false;
            for (int lane = 0; lane < w; lane++) zero |= a[diagonal + lane] == 0;
            for (int i = k + 1; i < n; i++) {
                int factor = m + (i * n + k) * w;
                f.kernels.binary(BinaryOp.DIV, a, factor, a, diagonal, a, factor, w);
                if (zero) clearWhereZero(a, diagonal, factor, w);
                add(f, a, factor, a, m + (k * n + k + 1) * w, m + (i * n + k + 1) * w, w, n - k - 1);
            }
        }
    }

    private static void clearWhereZero(double[] a, int diagonal, int factor, int w) {
        for (int lane = 0; lane < w; lane++) if (a[diagonal + lane] == 0) a[factor + lane] = 0;
    }

    /** Brings the largest entry of column k, from row k on, to the diagonal. */
    private static void exchange(double[] a, int m, int n, int w, int k, double[] exchanged, int e) {
        for (int lane = 0; lane < w; lane++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(a[m + (i * n + k) * w + lane]) > Math.abs(a[m + (best * n + k) * w + lane])) best = i;
            }
            exchanged[e + k * w + lane] = best;
            if (best == k) continue;
            for (int j = 0; j < n; j++) {
                int x = m + (k * n + j) * w + lane;
                int y = m + (best * n + j) * w + lane;
                double v = a[x];
                a[x] = a[y];
                a[y] = v;
            }
        }
    }

    /** Replaces the right-hand sides in y from b on, (n x columns), by the solutions. */
    public static void solve(Frame f, double[] a, int m, int n, int w, double[] exchanged, int e, double[] y, int b, int columns) {
        int row = columns * w;
        for (int k = 0; k < n; k++) exchangeRows(k, w, exchanged, e, y, b, columns);
        for (int i = 0; i < n; i++) {
            f.worked((long) i * row);
            for (int k = 0; k < i; k++) add(f, a, m + (i * n + k) * w, y, b + k * row, b + i * row, w, columns);
        }
        for (int i = n - 1; i >= 0; i--) {
            f.kernels.binary(BinaryOp.MUL, y, b + i * row, -1, y, b + i * row, row);
            f.worked((long) (n - i) * row);
            for (int k = i + 1; k < n; k++) add(f, a, m + (i * n + k) * w, y, b + k * row, b + i * row, w, columns);
            divide(f, a, m + (i * n + i) * w, y, b + i * row, w, columns);
        }
    }

    /** As {@link #solve}, of the transposed matrices. */
    public static void solveTransposed(Frame f, double[] a, int m, int n, int w, double[] exchanged, int e, double[] y, int b, int columns) {
        int row = columns * w;
        for (int i = 0; i < n; i++) {
            f.kernels.binary(BinaryOp.MUL, y, b + i * row, -1, y, b + i * row, row);
            f.worked((long) i * row);
            for (int k = 0; k < i; k++) add(f, a, m + (k * n + i) * w, y, b + k * row, b + i * row, w, columns);
            divide(f, a, m + (i * n + i) * w, y, b + i * row, w, columns);
        }
        for (int i = n - 1; i >= 0; i--) {
            f.worked((long) (n - i) * row);
            for (int k = i + 1; k < n; k++) add(f, a, m + (k * n + i) * w, y, b + k * row, b + i * row, w, columns);
        }
        for (int k = n - 1; k >= 0; k--) exchangeRows(k, w, exchanged, e, y, b, columns);
    }

    private static void exchangeRows(int k, int w, double[] exchanged, int e, double[] y, int b, int columns) {
        for (int lane = 0; lane < w; lane++) {
            int other = (int) exchanged[e + k * w + lane];
            if (other == k) continue;
            for (int c = 0; c < columns; c++) {
                int from = b + (k * columns + c) * w + lane;
                int to = b + (other * columns + c) * w + lane;
                double v = y[from];
                y[from] = y[to];
                y[to] = v;
            }
        }
    }

    /** A row times each lane's factor, added to another; of one lane the whole row at a time. */
    private static void add(Frame f, double[] a, int factor, double[] y, int from, int to, int w, int columns) {
        if (w == 1) f.kernels.axpy(a[factor], y, from, y, to, columns);
        else for (int c = 0; c < columns; c++) f.kernels.addProduct(a, factor, y, from + c * w, y, to + c * w, w);
    }

    private static void divide(Frame f, double[] a, int diagonal, double[] y, int row, int w, int columns) {
        if (w == 1) f.kernels.binary(BinaryOp.DIV, y, row, a[diagonal], y, row, columns);
        else for (int c = 0; c < columns; c++) f.kernels.binary(BinaryOp.DIV, y, row + c * w, a, diagonal, y, row + c * w, w);
    }
}

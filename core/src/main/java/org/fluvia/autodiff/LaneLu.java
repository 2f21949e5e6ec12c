package org.fluvia.autodiff;

import static org.fluvia.autodiff.Frame.K;

import org.fluvia.kernel.BinaryOp;

/**
 * LU factors of one matrix (n x n) a lane, by Gaussian elimination with row exchanges that each lane chooses for itself. Entry
 * (i, j) of a matrix is a row of w doubles, one a lane.
 */
final class LaneLu {
    private LaneLu() {}

    /**
     * Replaces the matrices from m on by their factors: below the diagonal the multipliers, negated, on and above it U, with
     * the diagonal negated.
     *
     * @param exchanged overwritten with the row that row k was exchanged with in lane j, at k w + j
     */
    static void factor(double[] a, int m, int n, int w, int[] exchanged) {
        for (int k = 0; k < n; k++) {
            exchange(a, m, n, w, k, exchanged);
            int diagonal = m + (k * n + k) * w;
            K.binary(BinaryOp.MUL, a, diagonal, -1, a, diagonal, w);
            for (int i = k + 1; i < n; i++) {
                int factor = m + (i * n + k) * w;
                K.binary(BinaryOp.DIV, a, factor, a, diagonal, a, factor, w);
                for (int j = k + 1; j < n; j++) K.addProduct(a, factor, a, m + (k * n + j) * w, a, m + (i * n + j) * w, w);
            }
        }
    }

    /** Brings the largest entry of column k, from row k on, to the diagonal. */
    private static void exchange(double[] a, int m, int n, int w, int k, int[] exchanged) {
        for (int lane = 0; lane < w; lane++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(a[m + (i * n + k) * w + lane]) > Math.abs(a[m + (best * n + k) * w + lane])) best = i;
            }
            exchanged[k * w + lane] = best;
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

    /** Replaces the right-hand sides from b on, (n x columns), by the solutions. */
    static void solve(double[] a, int m, int n, int w, int[] exchanged, int b, int columns) {
        int row = columns * w;
        for (int k = 0; k < n; k++) {
            for (int lane = 0; lane < w; lane++) {
                int other = exchanged[k * w + lane];
                if (other == k) continue;
                for (int c = 0; c < columns; c++) {
                    int x = b + k * row + c * w + lane;
                    int y = b + other * row + c * w + lane;
                    double v = a[x];
                    a[x] = a[y];
                    a[y] = v;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) add(a, m + (i * n + k) * w, b + k * row, b + i * row, w, columns);
        }
        for (int i = n - 1; i >= 0; i--) {
            K.binary(BinaryOp.MUL, a, b + i * row, -1, a, b + i * row, row);
            for (int k = i + 1; k < n; k++) add(a, m + (i * n + k) * w, b + k * row, b + i * row, w, columns);
            int diagonal = m + (i * n + i) * w;
            for (int c = 0; c < columns; c++) {
                int x = b + i * row + c * w;
                K.binary(BinaryOp.DIV, a, x, a, diagonal, a, x, w);
            }
        }
    }

    private static void add(double[] a, int factor, int from, int to, int w, int columns) {
        for (int c = 0; c < columns; c++) K.addProduct(a, factor, a, from + c * w, a, to + c * w, w);
    }
}

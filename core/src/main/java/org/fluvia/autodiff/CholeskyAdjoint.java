package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of the lower triangle of A, given L with L L' = A and the adjoint of L: the blocked reverse-mode algorithm of Murray
 * (2016), "Differentiation of the Cholesky decomposition", section 4. The upper triangle is 0.
 */
record CholeskyAdjoint(int count, int n) implements Op<Expr> {
    private static final int BLOCK = 8;

    @Override
    public String label() {
        return "choleskyAdjoint";
    }

    @Override
    public long work(int elements) {
        return (long) elements * (1 + n / 3);
    }

    /** The same by solves and products, Murray (2016, eq. 10): Phi(L^-T (P + P') L^-1), P = Phi(L' G). */
    static Expr formula(Expr l, Expr g) {
        Expr p = Matrices.lowerHalf(Matrices.matmul(true, false, l, Matrices.lowerTriangle(g)));
        Expr left = Matrices.solve(true, true, l, p);
        Expr both = Matrices.solve(true, true, l, Matrices.transpose(left));
        return Matrices.lowerHalf(both.plus(Matrices.transpose(both)));
    }

    /** Not used: second derivatives are those of the formula. */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        throw new IllegalStateException("the derivative is that of the formula");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        int size = n * n * w;
        for (int i = 0; i < count; i++) {
            int g = f.at(out) + i * size;
            System.arraycopy(f.array(in[1]), f.at(in[1]) + i * size, f.array(out), g, size);
            Cholesky.clearUpper(f, f.array(out), g, n, w);
            reverse(f, f.array(in[0]), f.at(in[0]) + i * size, f.array(out), g, w);
        }
    }

    private void reverse(Frame f, double[] l, int lAt, double[] g, int gAt, int w) {
        int row = n * w;
        for (int to = n; to > 0; to -= BLOCK) {
            int from = Math.max(0, to - BLOCK);
            int d = from * (row + w);
            int below = to * row + from * w;
            int m = n - to;
            int b = to - from;
            divideByBlock(f, m, l, lAt + d, g, gAt + below, b, w);
            f.gemmRows(true, m, from, b, w, g, gAt + below, row, w, l, lAt + from * row, row, w, g, gAt + to * row, row, w);
            f.gemmRows(true, b, b, m, w, g, gAt + below, w, row, l, lAt + below, row, w, g, gAt + d, row, w);
            clearUpperOfBlock(f, g, gAt + d, b, w);
            reverseBlock(f, l, lAt + d, g, gAt + d, b, w);
            int left = gAt + from * row;
            f.gemmRows(true, b, from, m, w, g, gAt + below, w, row, l, lAt + to * row, row, w, g, left, row, w);
            f.gemmRows(true, b, from, b, w, g, gAt + d, row, w, l, lAt + from * row, row, w, g, left, row, w);
            f.gemmRows(true, b, from, b, w, g, gAt + d, w, row, l, lAt + from * row, row, w, g, left, row, w);
        }
    }

    private void clearUpperOfBlock(Frame f, double[] g, int at, int b, int w) {
        for (int i = 0; i + 1 < b; i++) f.kernels.fill(0, g, at + (i * n + i + 1) * w, (b - i - 1) * w);
    }

    /** G = G D^-1 for m rows of b elements, with a lower triangular block D. */
    private void divideByBlock(Frame f, int m, double[] l, int dAt, double[] g, int gAt, int b, int w) {
        int row = n * w;
        for (int k = b - 1; k >= 0; k--) {
            int next = (k + 1) * w;
            f.gemmRows(true, m, 1, b - 1 - k, w, g, gAt + next, row, w, l, dAt + (k + 1) * row + k * w, row, w,
                    g, gAt + k * w, row, w);
            for (int i = 0; i < m; i++) {
                int x = gAt + i * row + k * w;
                f.kernels.binary(BinaryOp.DIV, g, x, l, dAt + k * (row + w), g, x, w);
            }
        }
    }

    /** The algorithm without blocks: Cholesky's, row by row, backwards. */
    private void reverseBlock(Frame f, double[] l, int lAt, double[] g, int gAt, int b, int w) {
        int row = n * w;
        for (int i = b - 1; i >= 0; i--) {
            for (int k = i; k >= 0; k--) {
                int x = gAt + i * row + k * w;
                int pivot = k * (row + w);
                f.kernels.binary(BinaryOp.DIV, g, x, l, lAt + pivot, g, x, w);
                if (k < i) {
                    int lik = lAt + i * row + k * w;
                    f.gemmRows(true, 1, 1, 1, w, g, x, 0, 0, l, lik, 0, 0, g, gAt + pivot, 0, 0);
                    f.gemmRows(true, 1, k, 1, w, g, x, 0, 0, l, lAt + k * row, 0, w, g, gAt + i * row, 0, w);
                    f.gemmRows(true, 1, k, 1, w, g, x, 0, 0, l, lAt + i * row, 0, w, g, gAt + k * row, 0, w);
                } else {
                    // the pivot is a square root, and the row is in its square twice
                    f.gemmRows(true, 1, k, 1, w, g, x, 0, 0, l, lAt + i * row, 0, w, g, gAt + i * row, 0, w);
                    f.kernels.binary(BinaryOp.MUL, g, x, 0.5, g, x, w);
                }
            }
        }
    }
}

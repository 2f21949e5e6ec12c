package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.jspecify.annotations.Nullable;

/**
 * The lower triangular L with L L' = A for {@code count} symmetric matrices A (n x n), of which the lower triangle is read. Where A is not
 * positive definite, L is NaN from the first column on that shows it.
 */
record Cholesky(int count, int n) implements Op<Expr> {
    /** Columns factored at a time; what they owe to the columns before is one matrix product. */
    private static final int BLOCK = 8;

    @Override
    public String label() {
        return "cholesky";
    }

    @Override
    public long work(int elements) {
        return (long) elements * (1 + n / 6);
    }

    @Override
    public @Nullable Expr[] adjoint(Expr l, Expr g) {
        Expr full = g.materialize(l);
        Expr fast = Expr.of(new CholeskyAdjoint(count, n), l.shape(), l, full);
        return new Expr[] {fast.withDerivativeOf(CholeskyAdjoint.formula(l, full))};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        double[] l = f.array(out);
        for (int i = 0; i < count; i++) {
            int at = f.at(out) + i * n * n * w;
            for (int r = 0; r < n; r++) {
                System.arraycopy(f.array(in[0]), f.at(in[0]) + (i * n + r) * n * w, l, at + r * n * w, (r + 1) * w);
            }
            factor(f, l, at, w);
            clearUpper(f, l, at, n, w);
        }
    }

    private void factor(Frame f, double[] l, int at, int w) {
        int row = n * w;
        for (int from = 0; from < n; from += BLOCK) {
            int to = Math.min(n, from + BLOCK);
            int diagonal = at + from * (row + w);
            if (from > 0) {
                f.gemmRows(true, n - from, to - from, from, w, l, at + from * row, row, w, l, at + from * row, w, row,
                        l, diagonal, row, w);
            }
            for (int k = from; k < to; k++) {
                int pivot = at + k * (row + w);
                int before = at + k * row + from * w;
                if (k > from) {
                    f.gemmRows(true, n - k, 1, k - from, w, l, before, row, w, l, before, w, row, l, pivot, row, w);
                }
                for (int j = pivot; j < pivot + w; j++) l[j] = l[j] > 0 ? Math.sqrt(l[j]) : Double.NaN;
                for (int i = k + 1; i < n; i++) {
                    int x = pivot + (i - k) * row;
                    f.kernels.binary(BinaryOp.DIV, l, x, l, pivot, l, x, w);
                }
            }
        }
    }

    static void clearUpper(Frame f, double[] x, int at, int n, int w) {
        for (int i = 0; i + 1 < n; i++) f.kernels.fill(0, x, at + (i * n + i + 1) * w, (n - i - 1) * w);
    }
}

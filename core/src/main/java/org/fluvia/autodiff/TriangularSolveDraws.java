package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.jspecify.annotations.Nullable;

/**
 * The solutions Y (n x p) of op(T) Y = B for {@code count} pairs of a triangular matrix T (n x n), lower or upper, and B, both per draw or
 * both shared. The other triangle of T is not read.
 */
record TriangularSolveDraws(boolean lower, boolean transpose, int count, int n, int p) implements Op<Expr> {
    /** Rows solved at a time; what they owe to the rows before is one matrix product. */
    private static final int BLOCK = 8;

    @Override
    public String label() {
        return lower ? "solveLower" : "solveUpper";
    }

    @Override
    public long work(int elements) {
        return (long) elements * (1 + n / 2);
    }

    /** B gets c = op(T)^-T g, and T gets -c y' (transposed: -y c') in its triangle. */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr t = y.operand(0);
        Expr c = Expr.of(new TriangularSolveDraws(lower, !transpose, count, n, p), y.shape(), t, g.materialize(y));
        Expr outer = Expr.of(new MatMulDraws(false, true, count, n, p, n), t.shape(), transpose ? y : c, transpose ? c : y);
        return new Expr[] {Matrices.triangle(outer, lower).unaryMinus(), c};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        System.arraycopy(f.array(in[1]), f.at(in[1]), f.array(out), f.at(out), f.length(out));
        for (int i = 0; i < count; i++) {
            solve(f, f.array(in[0]), f.at(in[0]) + i * n * n * w, f.array(out), f.at(out) + i * n * p * w, w);
        }
    }

    private void solve(Frame f, double[] t, int tAt, double[] y, int yAt, int w) {
        int tRow = transpose ? w : n * w;
        int tColumn = transpose ? n * w : w;
        int row = p * w;
        boolean forward = lower != transpose;
        for (int done = 0; done < n; done += BLOCK) {
            int rows = Math.min(BLOCK, n - done);
            int from = forward ? done : n - done - rows;
            int solved = forward ? 0 : from + rows;
            f.gemmRows(true, rows, p, done, w, t, tAt + from * tRow + solved * tColumn, tRow, tColumn,
                    y, yAt + solved * row, row, w, y, yAt + from * row, row, w);
            for (int k = 0; k < rows; k++) {
                int i = forward ? from + k : from + rows - 1 - k;
                int first = forward ? from : i + 1;
                f.gemmRows(true, 1, p, k, w, t, tAt + i * tRow + first * tColumn, tRow, tColumn,
                        y, yAt + first * row, row, w, y, yAt + i * row, row, w);
                for (int j = 0; j < p; j++) {
                    int x = yAt + i * row + j * w;
                    f.kernels.binary(BinaryOp.DIV, y, x, t, tAt + i * (tRow + tColumn), y, x, w);
                }
            }
        }
    }
}

package org.fluvia.autodiff;

import org.fluvia.autodiff.lanes.LaneLu;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The solutions Y (n x p) of op(A) Y = B for {@code count} pairs of a square matrix A (n x n) and B, given A, its factors and B: all per
 * draw or all shared.
 */
record LuSolve(boolean transpose, int count, int n, int p) implements Op<Expr> {

    @Override
    public String label() {
        return "solve";
    }

    @Override
    public long work(int elements) {
        return (long) elements * (1 + n);
    }

    /** B gets c = op(A)^-T g, and A gets -c y' (transposed: -y c'). */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr a = y.operand(0);
        Expr c = Expr.of(new LuSolve(!transpose, count, n, p), y.shape(), a, y.operand(1), g.materialize(y));
        Expr left = transpose ? y : c;
        Expr right = transpose ? c : y;
        Expr outer = y.isPerDraw() || a.shape().rank() > 2 ? Expr.of(new MatMulDraws(false, true, count, n, p, n), a.shape(), left, right)
                : MatMul.of(false, MatMul.asMatrix(left), MatMul.asMatrix(right).transpose());
        return new Expr[] {outer.unaryMinus(), null, c};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        double[] lu = f.array(in[1]);
        double[] y = f.array(out);
        System.arraycopy(f.array(in[2]), f.at(in[2]), y, f.at(out), f.length(out));
        for (int i = 0; i < count; i++) {
            int factors = f.at(in[1]) + i * n * (n + 1) * w;
            int exchanged = factors + n * n * w;
            int b = f.at(out) + i * n * p * w;
            if (transpose) LaneLu.solveTransposed(f, lu, factors, n, w, lu, exchanged, y, b, p);
            else LaneLu.solve(f, lu, factors, n, w, lu, exchanged, y, b, p);
        }
    }
}

package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.UnaryOp;
import org.jspecify.annotations.Nullable;

/** The determinants of {@code count} square matrices A (n x n), or the logarithms of their absolute values, given A and its factors. */
record LuDeterminant(boolean log, int count, int n) implements Op<Expr> {

    @Override
    public String label() {
        return log ? "logDeterminant" : "determinant";
    }

    @Override
    public int scratch(boolean perDraw) {
        return 1;
    }

    @Override
    public long work(int elements) {
        return (long) elements * n;
    }

    /** A gets g A^-T for the logarithm, g y A^-T for the determinant itself. */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr a = y.operand(0);
        Expr one = Matrices.identityLike(a).expand(a.shape(), a.isPerDraw());
        Expr inverse = Expr.of(new LuSolve(true, count, n, n), a.shape(), a, y.operand(1), one);
        Expr each = log ? g.materialize(y) : g.times(y);
        int last = y.shape().rank();
        return new Expr[] {inverse.times(Functions.repeat(Functions.repeat(each, last, n), last, n)), null};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        double[] lu = f.array(in[1]);
        double[] y = f.array(out);
        for (int i = 0; i < count; i++) {
            int factors = f.at(in[1]) + i * n * (n + 1) * w;
            int at = f.at(out) + i * w;
            f.kernels.fill(log ? 0 : 1, y, at, w);
            for (int k = 0; k < n; k++) {
                int pivot = factors + k * (n + 1) * w;
                if (log) addLog(f, lu, pivot, in[in.length - 1], y, at, w);
                else multiply(lu, pivot, factors + (n * n + k) * w, k, y, at, w);
            }
        }
    }

    private static void addLog(Frame f, double[] lu, int pivot, Slot scratch, double[] y, int at, int w) {
        double[] a = f.array(scratch);
        int x = f.at(scratch);
        f.kernels.unary(UnaryOp.ABS, lu, pivot, a, x, w);
        f.kernels.unary(UnaryOp.LOG, a, x, a, x, w);
        f.kernels.binary(BinaryOp.ADD, y, at, a, x, y, at, w);
    }

    /** The pivot is negated, and an exchange of rows turns the sign. */
    private static void multiply(double[] lu, int pivot, int exchanged, int k, double[] y, int at, int w) {
        for (int lane = 0; lane < w; lane++) y[at + lane] *= lu[exchanged + lane] == k ? -lu[pivot + lane] : lu[pivot + lane];
    }
}

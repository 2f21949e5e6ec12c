package org.fluvia.autodiff;

import org.fluvia.autodiff.lanes.LaneLu;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * LU factors, with row exchanges, of {@code count} square matrices (n x n). The result holds for each matrix the factors as
 * {@link LaneLu} leaves them, and then the exchanges, one row of the matrix after the other.
 */
record Lu(int count, int n) implements Op<Expr> {

    static Shape shape(int count, int n) {
        return Shape.of(count * n * (n + 1));
    }

    /** Of a matrix, or a stack of them. */
    static Expr of(Stack s, Expr a) {
        return Expr.of(new Lu(s.count(), s.rows()), shape(s.count(), s.rows()), a);
    }

    @Override
    public String label() {
        return "lu";
    }

    @Override
    public long work(int elements) {
        return (long) elements * (1 + n / 3);
    }

    /** Not used: what is computed from the factors takes its derivative by the matrix. */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        throw new IllegalStateException("the derivatives are those of what is computed from the factors");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        double[] y = f.array(out);
        for (int i = 0; i < count; i++) {
            int at = f.at(out) + i * n * (n + 1) * w;
            System.arraycopy(f.array(in[0]), f.at(in[0]) + i * n * n * w, y, at, n * n * w);
            LaneLu.factor(f, y, at, n, w, y, at + n * n * w);
        }
    }
}

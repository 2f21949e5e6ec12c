package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The eigenvalues (n), or the eigenvectors as columns (n x n), of symmetric matrices A, given A and what {@link EigenSymmetric} makes of it.
 * The adjoints are those of Giles (2008), "Collected matrix derivative results", section 3.1.
 */
record EigenPart(boolean vectors, int count, int n) implements Op<Expr> {

    @Override
    public String label() {
        return vectors ? "eigenvectorsSymmetric" : "eigenvaluesSymmetric";
    }

    /** A gets V diag(g) V' for values, V (V' G / (lambda_j - lambda_i)) V' for vectors, folded to the lower triangle. */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr a = y.operand(0);
        Expr full = g.materialize(y);
        Expr inner;
        Expr v;
        if (vectors) {
            v = y;
            int last = y.shape().rank() - 1;
            Expr lambda = Expr.of(new EigenPart(false, count, n), Axis.without(y.shape(), last), a, y.operand(1));
            Expr gaps = Functions.repeat(lambda, last - 1, n).minus(Functions.repeat(lambda, last, n));
            Expr same = Matrices.identityLike(y);
            inner = Expr.where(same, Expr.of(0), Matrices.transposedTimes(v, full).div(gaps.plus(same)));
        } else {
            v = Expr.of(new EigenPart(true, count, n), a.shape(), a, y.operand(1));
            inner = Matrices.diagonalMatrix(full);
        }
        Expr s = Matrices.matmul(v, Matrices.timesTransposed(inner, v));
        return new Expr[] {Matrices.lowerHalf(s.plus(Matrices.transpose(s))), null};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        int size = vectors ? n * n : n;
        for (int i = 0; i < count; i++) {
            int from = f.at(in[1]) + (i * n * (n + 1) + (vectors ? n : 0)) * w;
            int to = f.at(out) + i * size * w;
            for (int e = 0; e < size; e++) {
                int source = vectors ? e % n * n + e / n : e;
                System.arraycopy(f.array(in[1]), from + source * w, f.array(out), to + e * w, w);
            }
        }
    }
}

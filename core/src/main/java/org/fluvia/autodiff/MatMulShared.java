package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The product A op(B) of a matrix A (m x k) per draw and a shared matrix op(B) (k x p), which is stored (p x k) where transposed. Each row
 * of A is a matrix (k x draws), so that this is m products of matrices.
 */
record MatMulShared(boolean transposeB, int m, int k, int p) implements Op<Expr> {

    @Override
    public String label() {
        return "matmul";
    }

    @Override
    public long work(int elements) {
        return (long) elements * k;
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return Matrices.matmul(false, transposeB, operands.get(0), operands.get(1));
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr a = y.operand(0);
        Expr b = y.operand(1);
        Expr full = g.materialize(y, true).reshape(Shape.of(m, p));
        Expr rows = a.reshape(Shape.of(m, k)).transpose();
        Expr gb = transposeB ? OuterDraws.of(full.transpose(), rows) : OuterDraws.of(rows, full.transpose());
        Expr ga = Expr.of(new MatMulShared(!transposeB, m, p, k), a.shape(), full, b);
        return new Expr[] {ga, gb.reshape(b.shape())};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.width;
        for (int i = 0; i < m; i++) {
            f.gemm(!transposeB, false, p, w, k, f.array(in[1]), f.at(in[1]), transposeB ? k : p,
                    f.array(in[0]), f.at(in[0]) + i * k * w, w, false, f.array(out), f.at(out) + i * p * w, w);
        }
    }
}

package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The products op(A) op(B) of {@code count} pairs of matrices (m x k) and (k x p), both per draw or both shared; A is stored (k x m)
 * and B (p x k) where transposed.
 */
record MatMulDraws(boolean transposeA, boolean transposeB, int count, int m, int k, int p) implements Op<Expr> {

    @Override
    public String label() {
        return "matmul";
    }

    @Override
    public long work(int elements) {
        return (long) elements * k;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr a = y.operand(0);
        Expr b = y.operand(1);
        Expr full = g.materialize(y);
        Expr ga = transposeA ? product(transposeB, true, b, full, k, p, m) : product(false, !transposeB, full, b, m, p, k);
        Expr gb = transposeB ? product(true, transposeA, full, a, p, m, k) : product(!transposeA, false, a, full, k, m, p);
        return new Expr[] {ga.reshape(a.shape()), gb.reshape(b.shape())};
    }

    private Expr product(boolean transposeLeft, boolean transposeRight, Expr left, Expr right, int rows, int inner, int columns) {
        return Expr.of(new MatMulDraws(transposeLeft, transposeRight, count, rows, inner, columns), Shape.of(count * rows * columns),
                left, right);
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        int aRow = transposeA ? w : k * w;
        int aColumn = transposeA ? m * w : w;
        int bRow = transposeB ? w : p * w;
        int bColumn = transposeB ? k * w : w;
        for (int i = 0; i < count; i++) {
            f.gemmRows(false, m, p, k, w, f.array(in[0]), f.at(in[0]) + i * m * k * w, aRow, aColumn,
                    f.array(in[1]), f.at(in[1]) + i * k * p * w, bRow, bColumn,
                    f.array(out), f.at(out) + i * m * p * w, p * w, w);
        }
    }
}

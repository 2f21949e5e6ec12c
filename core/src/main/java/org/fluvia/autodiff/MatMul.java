package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The matrix product op(A) B with a shared matrix op(A) (m x k), stored k x m where transposed, and B, a vector (k) or a matrix (k x p),
 * shared or per draw.
 */
record MatMul(boolean transposeA, int m, int k) implements Op<Expr> {

    /** A vector as a matrix of one column. */
    static Expr asMatrix(Expr x) {
        return x.shape().rank() == 2 ? x : x.reshape(Shape.of(x.size(), 1));
    }

    /** op(a) b, with any number of columns in b; shapes are known to match. */
    static Expr of(boolean transposeA, Expr a, Expr b) {
        int m = a.shape().dim(transposeA ? 1 : 0);
        int k = a.shape().dim(transposeA ? 0 : 1);
        Shape out = b.shape().rank() == 1 ? Shape.of(m) : Shape.of(m, b.shape().dim(1));
        return Expr.of(new MatMul(transposeA, m, k), out, a, b);
    }

    @Override
    public String label() {
        return "matmul";
    }

    @Override
    public long work(int elements) {
        return (long) elements * k;
    }

    @Override
    public Form form() {
        return transposeA ? Form.TRANSPOSED_PRODUCT : Form.PRODUCT;
    }

    @Override
    public @Nullable Op<Expr> plusShared(int elements) {
        return !transposeA && elements == m ? new MatMulPlus(m, k) : null;
    }

    /** Rows of the result are those of a matrix that is not transposed. */
    @Override
    public boolean isRowwise(int elements) {
        return !transposeA && elements == m;
    }

    /** A transposed matrix, or one of a single row, sums over the rows of the vector. */
    private boolean sumsRows() {
        return transposeA || m == 1;
    }

    @Override
    public int sumsRowsOf(int n) {
        return k == n && sumsRows() ? 1 : -1;
    }

    @Override
    public boolean needsSameRowOf(int operand) {
        return sumsRows() && operand == 1;
    }

    @Override
    public Op<Expr> forRows(int rows) {
        return sumsRows() ? new MatMul(transposeA, m, rows) : new MatMul(false, rows, k);
    }

    @Override
    public Slot operandRows(int operand, Slot whole, int n, int from, int rows) {
        if (!sumsRows()) return operand == 0 ? whole.part(from * k, rows * k) : whole;
        return operand == 0 ? whole.part(from * m, rows * m) : whole.part(from, rows);
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return Matrices.matmul(transposeA, false, operands.get(0), operands.get(1));
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr a = y.operand(0);
        Expr b = y.operand(1);
        Expr full = g.materialize(y);
        Expr ga;
        if (full.isPerDraw()) {
            Expr bs = b.materialize(b, true);
            ga = transposeA ? OuterDraws.of(bs, full) : OuterDraws.of(full, bs);
        } else {
            Expr gm = asMatrix(full);
            Expr bm = asMatrix(b);
            ga = transposeA ? MatMul.of(false, bm, gm.transpose()) : MatMul.of(false, gm, bm.transpose());
        }
        // a product with one row is a dot product: its adjoint is elementwise, and stays so for long vectors
        boolean isDot = m == 1 && b.shape().rank() == 1;
        return new Expr[] {ga, isDot ? full.get(0).times(a.flatten()) : MatMul.of(!transposeA, a, full)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot a = in[0];
        Slot b = in[1];
        int columns = k == 0 ? f.length(out) / m : b.elements() / k * f.stride(out);
        f.gemm(transposeA, false, m, columns, k, f.array(a), f.at(a), transposeA ? m : k,
                f.array(b), f.at(b), columns, false, f.array(out), f.at(out), columns);
    }
}

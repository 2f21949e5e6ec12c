package org.fluvia.autodiff;

/**
 * The matrix product op(A) B with a shared matrix op(A) (m x k), stored k x m where transposed, and B, a vector (k) or a matrix (k x p),
 * shared or per draw.
 */
record MatMul(boolean transposeA, int m, int k) implements Op {

    @Override
    public String label() {
        return "matmul";
    }

    @Override
    public long work(int elements) {
        return (long) elements * k;
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        Expr a = y.operand(0);
        Expr b = y.operand(1);
        Expr full = g.materialize(y);
        Expr ga;
        if (full.perDraw()) {
            Expr bs = b.materialize(b, true);
            ga = transposeA ? Expr.outerDraws(bs, full) : Expr.outerDraws(full, bs);
        } else {
            Expr gm = full.asMatrix();
            Expr bm = b.asMatrix();
            ga = transposeA ? Expr.matmul(false, bm, gm.transpose()) : Expr.matmul(false, gm, bm.transpose());
        }
        // a product with one row is a dot product: its adjoint is elementwise, and stays so for long vectors
        boolean isDot = m == 1 && b.shape().rank() == 1;
        return new Expr[] {ga, isDot ? full.get(0).times(a.flatten()) : Expr.matmul(!transposeA, a, full)};
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

package org.fluvia.autodiff;

/**
 * The sum over draws of the outer product g x', (m x n): the adjoint of a shared matrix that multiplies values per draw.
 * Operands per draw: g is (m x p), x is (n x p), with p = 1 for vectors; columns are summed too.
 */
record OuterDraws(int m, int n, int p) implements Op {

    @Override
    public String label() {
        return "outerDraws";
    }

    @Override
    public boolean sumsDraws() {
        return true;
    }

    @Override
    public long work(int elements) {
        return 2L * elements;
    }

    @Override
    public Expr[] adjoint(Expr y, Expr c) {
        Expr g = y.operand(0);
        Expr x = y.operand(1);
        Expr full = c.materialize(y);
        return new Expr[] {Expr.matmul(false, full, x), Expr.matmul(true, full, g)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot g = in[0];
        Slot x = in[1];
        int w = f.width;
        if (p == 0 && f.firstOfGroup) Frame.K.fill(0, f.array(out), f.at(out), out.elements());
        for (int q = 0; q < p; q++) {
            f.gemm(false, true, m, n, f.valid, f.array(g), f.at(g) + q * w, p * w,
                    f.array(x), f.at(x) + q * w, p * w, q > 0 || !f.firstOfGroup, f.array(out), f.at(out), n);
        }
    }
}

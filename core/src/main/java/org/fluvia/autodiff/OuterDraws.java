package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The sum over draws of the outer product g x', (m x n): the adjoint of a shared matrix that multiplies values per draw.
 * Operands per draw: g is (m x p), x is (n x p), with p = 1 for vectors; columns are summed too.
 */
record OuterDraws(int m, int n, int p) implements Op<Expr> {

    static Expr of(Expr g, Expr x) {
        int p = g.shape().rank() == 1 ? 1 : g.shape().dim(1);
        OuterDraws op = new OuterDraws(g.shape().dim(0), x.shape().dim(0), p);
        return Expr.of(op, Shape.of(op.m, op.n), g, x);
    }

    static Expr ofVectors(Expr x, Expr y) {
        if (x.shape().rank() != 1 || y.shape().rank() != 1 || !x.isPerDraw() || !y.isPerDraw()) {
            throw new IllegalArgumentException("outerSumDraws: both values must be vectors per draw, but are " + x
                    + " and " + y);
        }
        return of(x, y);
    }

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
    public @Nullable Expr[] adjoint(Expr y, Expr c) {
        Expr g = y.operand(0);
        Expr x = y.operand(1);
        Expr full = c.materialize(y);
        return new Expr[] {MatMul.of(false, full, x), MatMul.of(true, full, g)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot g = in[0];
        Slot x = in[1];
        int w = f.width;
        if (p == 0 && f.firstOfGroup) f.kernels.fill(0, f.array(out), f.at(out), out.elements());
        for (int q = 0; q < p; q++) {
            f.gemm(false, true, m, n, f.valid, f.array(g), f.at(g) + q * w, p * w,
                    f.array(x), f.at(x) + q * w, p * w, q > 0 || !f.firstOfGroup, f.array(out), f.at(out), n);
        }
    }
}

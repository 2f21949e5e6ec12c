package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.jspecify.annotations.Nullable;

/** The largest of the entries of an axis, minus infinity if there are none, NaN if any is; equals share the adjoint. */
record MaxAxis(Axis axis) implements Op<Expr> {

    @Override
    public String label() {
        return "max";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr x = y.operand(0);
        Expr largest = x.eq(Along.repeat(y, axis, x.shape()));
        Expr share = g.materialize(y).div(Along.sum(largest, axis, y.shape()));
        return new Expr[] {Expr.where(largest, Along.repeat(share, axis, x.shape()), Expr.of(0))};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] xs = f.array(in[0]);
        double[] ys = f.array(out);
        int row = axis.inner() * f.stride(out);
        int x = f.at(in[0]);
        int y = f.at(out);
        f.kernels.fill(Double.NEGATIVE_INFINITY, ys, y, f.length(out));
        for (int o = 0; o < axis.outer(); o++, y += row) {
            for (int i = 0; i < axis.n(); i++, x += row) f.kernels.binary(BinaryOp.MAX, ys, y, xs, x, ys, y, row);
        }
    }
}

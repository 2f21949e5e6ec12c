package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.jspecify.annotations.Nullable;

/** Entry i of an axis is the sum of the entries up to i, or from i on if backward: each is the other's adjoint. */
record CumulativeSum(Axis axis, boolean backward) implements Op<Expr> {

    @Override
    public String label() {
        return "cumulativeSum";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Along.cumulativeSum(g.materialize(y), axis, !backward)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] xs = f.array(in[0]);
        double[] ys = f.array(out);
        int row = axis.inner() * f.stride(out);
        int step = backward ? -row : row;
        for (int o = 0; o < axis.outer(); o++) {
            int at = (o * axis.n() + (backward ? axis.n() - 1 : 0)) * row;
            for (int i = 0; i < axis.n(); i++, at += step) {
                int y = f.at(out) + at;
                if (i == 0) {
                    System.arraycopy(xs, f.at(in[0]) + at, ys, y, row);
                } else {
                    f.kernels.binary(BinaryOp.ADD, ys, y - step, xs, f.at(in[0]) + at, ys, y, row);
                }
            }
        }
    }
}

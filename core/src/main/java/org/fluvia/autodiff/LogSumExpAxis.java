package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** log(sum of exp(x)) over the entries of an axis, shifted by their maximum. */
record LogSumExpAxis(Axis axis) implements Op<Expr> {

    @Override
    public String label() {
        return "logSumExp";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr x = y.operand(0);
        // where all entries are minus infinity their shares are 0, not NaN
        Expr total = Along.repeat(y.max(Expr.of(-Double.MAX_VALUE)), axis, x.shape());
        return new Expr[] {Along.repeat(g.materialize(y), axis, x.shape()).times(x.minus(total).exp())};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int row = axis.inner() * f.stride(out);
        for (int o = 0; o < axis.outer(); o++) {
            int x = f.at(in[0]) + o * axis.n() * row;
            int y = f.at(out) + o * row;
            if (row == 1) {
                f.array(out)[y] = f.kernels.logSumExp(f.array(in[0]), x, axis.n());
            } else {
                f.kernels.logSumExpRows(f.array(in[0]), x, axis.n(), row, f.array(out), y);
            }
        }
    }
}

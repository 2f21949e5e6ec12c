package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** Sums over the entries of an axis, in their order. */
record SumAxis(Axis axis) implements Op<Expr> {

    @Override
    public String label() {
        return "sum";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Along.repeat(g.materialize(y), axis, y.operand(0).shape())};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int row = axis.inner() * f.stride(out);
        for (int o = 0; o < axis.outer(); o++) {
            f.kernels.sumRows(f.array(in[0]), f.at(in[0]) + o * axis.n() * row, axis.n(), row, f.array(out), f.at(out) + o * row);
        }
    }
}

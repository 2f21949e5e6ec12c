package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** Every entry of an axis of the result is the operand: the adjoint of {@link SumAxis}. */
record RepeatAxis(Axis axis) implements Op<Expr> {

    @Override
    public String label() {
        return "repeat";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Along.sum(g.materialize(y), axis, y.operand(0).shape())};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int row = axis.inner() * f.stride(out);
        double[] ys = f.array(out);
        int y = f.at(out);
        for (int o = 0; o < axis.outer(); o++) {
            for (int i = 0; i < axis.n(); i++, y += row) System.arraycopy(f.array(in[0]), f.at(in[0]) + o * row, ys, y, row);
        }
    }
}

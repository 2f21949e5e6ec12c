package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The identity, whose adjoint is zero for every draw in which any element of it is not finite: one bad draw does not
 * spoil the sum over all.
 */
record Guard() implements Op<Expr> {

    @Override
    public String label() {
        return "guard";
    }

    @Override
    public int viewFrom() {
        return 0;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {MaskDraws.of(g.materialize(y, true))};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

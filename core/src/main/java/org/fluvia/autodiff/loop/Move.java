package org.fluvia.autodiff.loop;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** Brings a value to the place where a loop wants it, for all draws where it is shared. It enters loops when they are planned. */
record Move() implements Op<Expr> {

    @Override
    public String label() {
        return "move";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g) {
        throw new UnsupportedOperationException("a loop is differentiated as a whole");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        f.copy(in[0], out.elements(), out.perDraw(), f.array(out), f.at(out));
    }
}

package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** The same elements in another shape, a view. */
record Reshape(Shape shape) implements Op<Expr> {

    static Expr of(Expr x, Shape to) {
        if (to.size() != x.size()) {
            throw new IllegalArgumentException("reshape: " + x.shape() + " has " + x.size() + " elements, " + to
                    + " needs " + to.size() + Source.suffix());
        }
        return Expr.of(new Reshape(to), to, x);
    }

    /** That one may stand for the other. */
    static void checkSame(Expr from, Expr to) {
        if (!from.shape().equals(to.shape())) {
            throw new IllegalArgumentException("substitute: " + to + " must have the shape of " + from + Source.suffix());
        }
    }

    @Override
    public String label() {
        return "reshape";
    }

    @Override
    public int viewFrom() {
        return 0;
    }

    @Override
    public Form form() {
        return Form.RESHAPE;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g.materialize(y).reshape(y.operand(0).shape())};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

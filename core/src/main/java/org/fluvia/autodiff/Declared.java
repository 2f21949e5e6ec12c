package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Declaration;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.fluvia.autodiff.op.Reach;
import org.jspecify.annotations.Nullable;

/** The identity, which marks a parameter: what it was declared as, in words, and what its elements run through. */
record Declared(Declaration declaration) implements Op<Expr> {

    static Declared of(String name, String as, Reach reach, Shape shape) {
        if (reach.size() != shape.size()) {
            throw new IllegalArgumentException("declared: " + name + " has " + shape.size() + " elements, but intervals for "
                    + reach.size());
        }
        return new Declared(new Declaration(as, reach));
    }

    @Override
    public String label() {
        return "parameter";
    }

    @Override
    public int viewFrom() {
        return 0;
    }

    @Override
    public Form form() {
        return Form.PARAMETER;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** A scalar repeated to a shape, or a shared value repeated over draws, or both. */
record Expand(Shape shape, boolean perDraw) implements Op<Expr> {

    @Override
    public String label() {
        return "expand";
    }

    @Override
    public boolean repeatsOperands() {
        return true;
    }

    @Override
    public boolean repeatsOverDraws() {
        return perDraw;
    }

    @Override
    public Form form() {
        return Form.REPEAT;
    }

    @Override
    public boolean isRowwise(int elements) {
        return true;
    }

    @Override
    public Op<Expr> forRows(int rows) {
        return new Expand(Shape.of(rows), perDraw);
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return operands.get(0).expand(shape, true);
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        f.copy(in[0], out.elements(), perDraw, f.array(out), f.at(out));
    }
}

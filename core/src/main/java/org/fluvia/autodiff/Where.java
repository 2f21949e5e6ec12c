package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** condition != 0 ? x : y, elementwise, on operands of one shape and kind. The operand that is not chosen gets no adjoint, whatever its value. */
record Where() implements Op<Expr> {

    static Expr of(Expr condition, Expr then, Expr otherwise) {
        Shape s = Shape.broadcast("where", Shape.broadcast("where", condition.shape(), then.shape()), otherwise.shape());
        boolean draws = condition.isPerDraw() || then.isPerDraw() || otherwise.isPerDraw();
        return Expr.of(new Where(), s, condition.expand(s, draws), then.expand(s, draws), otherwise.expand(s, draws));
    }

    @Override
    public String label() {
        return "where";
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public Form form() {
        return Form.WHERE;
    }

    @Override
    public boolean isRowwise(int elements) {
        return true;
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return Expr.where(operands.get(0), operands.get(1), operands.get(2));
    }

    @Override
    public @Nullable Expr[] adjoint(Expr z, Expr g) {
        Expr condition = z.operand(0);
        return new Expr[] {null, Expr.where(condition, g, Expr.of(0)), Expr.where(condition, Expr.of(0), g)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        f.kernels.where(f.array(in[0]), f.at(in[0]), f.array(in[1]), f.at(in[1]), f.array(in[2]), f.at(in[2]),
                f.array(out), f.at(out), f.length(out));
    }
}

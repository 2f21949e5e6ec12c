package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** The sum of all elements; per draw if the operand is. */
record SumElements() implements Op<Expr> {

    static Expr of(Expr x) {
        return x.size() == 1 ? x.reshape(Shape.scalar()) : Expr.of(new SumElements(), Shape.scalar(), x);
    }

    @Override
    public String label() {
        return "sum";
    }

    @Override
    public Form form() {
        return Form.SUM;
    }

    @Override
    public int sumsRowsOf(int n) {
        return 0;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot x = in[0];
        if (x.perDraw()) {
            f.kernels.sumRows(f.array(x), f.at(x), x.elements(), f.width, f.array(out), f.at(out));
        } else {
            f.array(out)[f.at(out)] = f.kernels.sum(f.array(x), f.at(x), x.elements());
        }
    }
}

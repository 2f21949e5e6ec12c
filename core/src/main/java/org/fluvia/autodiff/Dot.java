package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** The sum over elements of x y. Both operands are per draw, or both are shared. */
record Dot() implements Op<Expr> {

    /** Of operands of any kinds. */
    static Expr of(Expr x, Expr y) {
        if (!x.shape().equals(y.shape())) {
            throw new IllegalArgumentException("dot: shapes " + x.shape() + " and " + y.shape() + " must be equal"
                    + Source.suffix());
        }
        if (x.size() == 1) return x.times(y).reshape(Shape.scalar());
        if (x.isPerDraw() != y.isPerDraw()) {
            Expr row = (x.isPerDraw() ? y : x).reshape(Shape.of(1, x.size()));
            return MatMul.of(false, row, (x.isPerDraw() ? x : y).flatten()).reshape(Shape.scalar());
        }
        return Expr.of(new Dot(), Shape.scalar(), x, y);
    }

    @Override
    public String label() {
        return "dot";
    }

    @Override
    public Form form() {
        return Form.DOT;
    }

    @Override
    public int sumsRowsOf(int n) {
        return 0;
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return operands.get(0).dot(operands.get(1));
    }

    @Override
    public @Nullable Expr[] adjoint(Expr z, Expr g) {
        return new Expr[] {g.times(z.operand(1)), g.times(z.operand(0))};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot x = in[0];
        Slot y = in[1];
        if (out.perDraw()) {
            f.kernels.dotRows(f.array(x), f.at(x), f.array(y), f.at(y), x.elements(), f.width, f.array(out), f.at(out));
        } else {
            f.array(out)[f.at(out)] = f.kernels.dot(f.array(x), f.at(x), f.array(y), f.at(y), x.elements());
        }
    }
}

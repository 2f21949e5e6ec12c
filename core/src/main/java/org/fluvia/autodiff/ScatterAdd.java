package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** y[index[i]] += g[i], from zero: the adjoint of {@link Gather}. The shape is y's. */
record ScatterAdd(Shape shape) implements Op<Expr> {

    static Expr of(Expr g, Expr index, Shape shape) {
        return Expr.of(new ScatterAdd(shape), shape, g, index);
    }

    @Override
    public String label() {
        return "scatterAdd";
    }

    @Override
    public int sumsRowsOf(int n) {
        return 0;
    }

    @Override
    public boolean needsSameRowOf(int operand) {
        return operand == 0;
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return Indexing.perDraw(node, operands);
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Gather.of(g.materialize(y), y.operand(1)), null};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] gs = f.array(in[0]);
        double[] index = f.array(in[1]);
        double[] ys = f.array(out);
        int g = f.at(in[0]);
        int at = f.at(in[1]);
        int y = f.at(out);
        int w = f.stride(out);
        f.kernels.fill(0, ys, y, f.length(out));
        for (int i = 0; i < in[0].elements(); i++) {
            int row = y + Gather.row(index[at + i], i, out.elements()) * w;
            f.kernels.binary(org.fluvia.kernel.BinaryOp.ADD, ys, row, gs, g + i * w, ys, row, w);
        }
    }
}

package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** Rows of {@code inner} elements, chosen by shared indices, counted from 0. */
record GatherRows(int inner) implements Op<Expr> {

    @Override
    public String label() {
        return "get";
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return Indexing.perDraw(node, operands);
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Indexing.addRows(g.materialize(y), y.operand(1), y.operand(0).shape()), null};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] index = f.array(in[1]);
        int row = inner * f.stride(out);
        int rows = in[0].elements() / Math.max(1, inner);
        for (int i = 0; i < in[1].elements(); i++) {
            int from = Gather.row(index[f.at(in[1]) + i], i, rows);
            System.arraycopy(f.array(in[0]), f.at(in[0]) + from * row, f.array(out), f.at(out) + i * row, row);
        }
    }
}

package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.jspecify.annotations.Nullable;

/** Adds rows of {@code inner} elements to rows of the result, which start from zero, by shared indices: the adjoint of {@link GatherRows}. */
record AddRows(int inner) implements Op<Expr> {

    @Override
    public String label() {
        return "segmentSum";
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return Indexing.perDraw(node, operands);
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Indexing.gatherRows(g.materialize(y), y.operand(1)).reshape(y.operand(0).shape()), null};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] index = f.array(in[1]);
        double[] ys = f.array(out);
        int row = inner * f.stride(out);
        int rows = out.elements() / Math.max(1, inner);
        f.kernels.fill(0, ys, f.at(out), f.length(out));
        for (int i = 0; i < in[1].elements(); i++) {
            int y = f.at(out) + Gather.row(index[f.at(in[1]) + i], i, rows) * row;
            f.kernels.binary(BinaryOp.ADD, ys, y, f.array(in[0]), f.at(in[0]) + i * row, ys, y, row);
        }
    }
}

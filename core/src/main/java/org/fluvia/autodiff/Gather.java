package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** y[i] = x[index[i]]: rows of x chosen by shared indices, counted from 0. */
record Gather() implements Op<Expr> {

    static Expr of(Expr x, Expr index) {
        return Expr.of(new Gather(), index.shape(), x, index);
    }

    @Override
    public String label() {
        return "get";
    }

    @Override
    public Form form() {
        return Form.GATHER;
    }

    @Override
    public boolean isRowwise(int elements) {
        return true;
    }

    @Override
    public boolean needsSameRowOf(int operand) {
        return false;
    }

    @Override
    public Slot operandRows(int operand, Slot whole, int n, int from, int rows) {
        return operand == 0 ? whole : whole.part(from, rows);
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return Indexing.perDraw(node, operands);
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr x = y.operand(0);
        return new Expr[] {ScatterAdd.of(g.materialize(y), y.operand(1), x.shape()), null};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] xs = f.array(in[0]);
        double[] index = f.array(in[1]);
        double[] ys = f.array(out);
        int x = f.at(in[0]);
        int at = f.at(in[1]);
        int y = f.at(out);
        int w = f.stride(out);
        for (int i = 0; i < out.elements(); i++) {
            int row = row(index[at + i], i, in[0].elements());
            if (w == 1) {
                ys[y + i] = xs[x + row];
            } else {
                System.arraycopy(xs, x + row * w, ys, y + i * w, w);
            }
        }
    }

    static int row(double index, int position, int size) {
        int row = (int) index;
        if (row != index || row < 0 || row >= size) {
            throw new IllegalArgumentException("get: index " + (position + 1) + " must be a whole number from 0 to "
                    + (size - 1) + ", but was " + index + ". Stan counts from 1: use index.minus(1).");
        }
        return row;
    }
}

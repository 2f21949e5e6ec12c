package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** The transpose of a matrix with the given number of rows and columns. */
record Transpose(int rows, int columns) implements Op<Expr> {

    static Expr of(Expr x) {
        if (x.shape().rank() != 2) {
            throw new IllegalArgumentException("transpose: the value must be a matrix, but has shape " + x.shape()
                    + Source.suffix());
        }
        int rows = x.shape().dim(0);
        int columns = x.shape().dim(1);
        return Expr.of(new Transpose(rows, columns), Shape.of(columns, rows), x);
    }

    @Override
    public String label() {
        return "transpose";
    }

    @Override
    public Form form() {
        return Form.REARRANGE;
    }

    @Override
    public int[] places(Expr node) {
        int[] places = new int[rows * columns];
        for (int i = 0; i < places.length; i++) places[i] = i % rows * columns + i / rows;
        return places;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g.materialize(y).transpose()};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                System.arraycopy(f.array(in[0]), f.at(in[0]) + (i * columns + j) * w,
                        f.array(out), f.at(out) + (j * rows + i) * w, w);
            }
        }
    }
}

package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** Elements from (inclusive) to (exclusive), a view. */
record Slice(int from, int to) implements Op<Expr> {

    static Expr of(Expr x, int from, int to) {
        Shape shape = x.shape();
        if (shape.rank() == 0 || from < 0 || to < from || to > shape.dim(0)) {
            throw new IllegalArgumentException("slice: [" + from + ", " + to + ") must lie in the first dimension of "
                    + shape + Source.suffix() + ". " + Indexing.COUNTING);
        }
        int[] dims = shape.dims();
        if (from == 0 && to == dims[0]) return x;
        int row = dims[0] == 0 ? 0 : shape.size() / dims[0];
        dims[0] = to - from;
        return Expr.of(new Slice(from * row, to * row), Shape.of(dims), x);
    }

    @Override
    public String label() {
        return "slice";
    }

    @Override
    public int viewFrom() {
        return from;
    }

    @Override
    public Form form() {
        return Form.PART;
    }

    /** Not used: {@link Gradient} gathers the adjoints of all slices of a value into one. */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        throw new IllegalStateException("slices are gathered");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

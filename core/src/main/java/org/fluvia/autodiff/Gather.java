package org.fluvia.autodiff;

/** y[i] = x[index[i]]: rows of x chosen by shared indices, counted from 0. */
record Gather() implements Op {

    @Override
    public String label() {
        return "get";
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        Expr x = y.operand(0);
        return new Expr[] {Expr.scatterAdd(g.materialize(y), y.operand(1), x.shape()), null};
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

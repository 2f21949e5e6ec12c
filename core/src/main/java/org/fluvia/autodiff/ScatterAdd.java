package org.fluvia.autodiff;

/** y[index[i]] += g[i], from zero: the adjoint of {@link Gather}. The shape is y's. */
record ScatterAdd(Shape shape) implements Op {

    @Override
    public String label() {
        return "scatterAdd";
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Expr.gather(g.materialize(y), y.operand(1)), null};
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
        Frame.K.fill(0, ys, y, f.length(out));
        for (int i = 0; i < in[0].elements(); i++) {
            int row = y + Gather.row(index[at + i], i, out.elements()) * w;
            Frame.K.binary(org.fluvia.kernel.BinaryOp.ADD, ys, row, gs, g + i * w, ys, row, w);
        }
    }
}

package org.fluvia.autodiff;

/** Sums over the entries of an axis, in their order. */
record SumAxis(Axis axis) implements Op {

    @Override
    public String label() {
        return "sum";
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Along.repeat(g.materialize(y), axis, y.operand(0).shape())};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int row = axis.inner() * f.stride(out);
        for (int o = 0; o < axis.outer(); o++) {
            Frame.K.sumRows(f.array(in[0]), f.at(in[0]) + o * axis.n() * row, axis.n(), row, f.array(out), f.at(out) + o * row);
        }
    }
}

package org.fluvia.autodiff;

/** The sum over elements of x y. Both operands are per draw, or both are shared. */
record Dot() implements Op {

    @Override
    public String label() {
        return "dot";
    }

    @Override
    public Expr[] adjoint(Expr z, Expr g) {
        return new Expr[] {g.times(z.operand(1)), g.times(z.operand(0))};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot x = in[0];
        Slot y = in[1];
        if (out.perDraw()) {
            Frame.K.dotRows(f.array(x), f.at(x), f.array(y), f.at(y), x.elements(), f.width, f.array(out), f.at(out));
        } else {
            f.array(out)[f.at(out)] = Frame.K.dot(f.array(x), f.at(x), f.array(y), f.at(y), x.elements());
        }
    }
}

package org.fluvia.autodiff;

/** The sum of all elements; per draw if the operand is. */
record SumElements() implements Op {

    @Override
    public String label() {
        return "sum";
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot x = in[0];
        if (x.perDraw()) {
            Frame.K.sumRows(f.array(x), f.at(x), x.elements(), f.width, f.array(out), f.at(out));
        } else {
            f.array(out)[f.at(out)] = Frame.K.sum(f.array(x), f.at(x), x.elements());
        }
    }
}

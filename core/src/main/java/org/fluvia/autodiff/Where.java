package org.fluvia.autodiff;

/** condition != 0 ? x : y, elementwise, on operands of one shape and kind. The operand that is not chosen gets no adjoint, whatever its value. */
record Where() implements Op {

    @Override
    public String label() {
        return "where";
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public Expr[] adjoint(Expr z, Expr g) {
        Expr condition = z.operand(0);
        return new Expr[] {null, Expr.where(condition, g, Expr.of(0)), Expr.where(condition, Expr.of(0), g)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Frame.K.where(f.array(in[0]), f.at(in[0]), f.array(in[1]), f.at(in[1]), f.array(in[2]), f.at(in[2]),
                f.array(out), f.at(out), f.length(out));
    }
}

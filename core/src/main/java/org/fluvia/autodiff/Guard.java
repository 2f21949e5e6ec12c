package org.fluvia.autodiff;

/**
 * The identity, whose adjoint is zero for every draw in which any element of it is not finite: one bad draw does not
 * spoil the sum over all.
 */
record Guard() implements Op {

    @Override
    public String label() {
        return "guard";
    }

    @Override
    public int viewFrom() {
        return 0;
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Expr.maskDraws(g.materialize(y, true))};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

package org.fluvia.autodiff;

/** The same elements in another shape, a view. */
record Reshape(Shape shape) implements Op {

    @Override
    public String label() {
        return "reshape";
    }

    @Override
    public int viewFrom() {
        return 0;
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g.materialize(y).reshape(y.operand(0).shape())};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

package org.fluvia.autodiff;

/** The identity, which marks a parameter: what it was declared as, in words, and what its elements run through. */
record Declared(String as, Reach reach) implements Op {

    @Override
    public String label() {
        return "parameter";
    }

    @Override
    public int viewFrom() {
        return 0;
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

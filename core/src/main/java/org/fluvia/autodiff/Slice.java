package org.fluvia.autodiff;

/** Elements from (inclusive) to (exclusive), a view. */
record Slice(int from, int to) implements Op {

    @Override
    public String label() {
        return "slice";
    }

    @Override
    public int viewFrom() {
        return from;
    }

    /** Not used: {@link Gradient} gathers the adjoints of all slices of a value into one. */
    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        throw new IllegalStateException("slices are gathered");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

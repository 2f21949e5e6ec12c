package org.fluvia.autodiff;

/**
 * The value of operand 0 with the derivative of operand 1; with one operand, the derivative is zero. The two must be
 * equal in exact arithmetic where there are two: what it saves is computing the second value.
 */
record WithValue() implements Op {

    @Override
    public String label() {
        return "withValue";
    }

    @Override
    public int viewFrom() {
        return 0;
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return y.operandCount() == 1 ? new Expr[1] : new Expr[] {null, g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

package org.fluvia.autodiff;

/** One operation of a program with its memory. */
record Step(Op op, Slot[] operands, Slot out, Expr expr) {
    void run(Frame f) {
        op.run(f, operands, out);
    }
}

package org.fluvia.autodiff;

/** One operation of a program with its memory. */
record Step(Op op, Slot[] operands, Slot out, Expr expr) {
    /** Operations divide by the sizes of what they work on: of a value without elements there is nothing to compute. */
    void run(Frame f) {
        if (out.elements() > 0) op.run(f, operands, out);
    }
}

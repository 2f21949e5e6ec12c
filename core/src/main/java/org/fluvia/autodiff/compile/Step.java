package org.fluvia.autodiff.compile;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;

/** One operation of a program with its memory. */
public record Step(Op<?> op, Slot[] operands, Slot out) {
    /** Operations divide by the sizes of what they work on: of a value without elements there is nothing to compute. */
    public void run(Frame f) {
        if (out.elements() > 0) op.run(f, operands, out);
    }
}

package org.fluvia.autodiff.compile;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.jspecify.annotations.Nullable;

/** Adds the second operand to the first, which is the result too: the sums of a block of rows. It enters programs when they are planned. */
record Accumulate() implements Op<Object> {

    @Override
    public String label() {
        return "plus";
    }

    @Override
    public @Nullable Object[] adjoint(Object node, Object g) {
        throw new UnsupportedOperationException("plus is differentiated where it was recorded");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] sum = f.array(out);
        f.kernels.binary(BinaryOp.ADD, sum, f.at(out), f.array(in[1]), f.at(in[1]), sum, f.at(out), f.length(out));
    }
}

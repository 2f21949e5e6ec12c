package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * A b + c with a shared matrix A (m x k), a vector b (k) per draw and a shared vector c (m), whose elements the products' sums
 * start from. Not recorded: {@code Numbering} makes it of a product and a sum, after derivatives have been taken.
 */
record MatMulPlus(int m, int k) implements Op<Expr> {

    @Override
    public String label() {
        return "plus";
    }

    @Override
    public long work(int elements) {
        return (long) elements * k;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        throw new UnsupportedOperationException("matmul and plus have adjoints of their own");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.width;
        f.gemmPlus(m, w, k, f.array(in[0]), f.at(in[0]), k, f.array(in[1]), f.at(in[1]), w,
                f.array(in[2]), f.at(in[2]), f.array(out), f.at(out), w);
    }
}

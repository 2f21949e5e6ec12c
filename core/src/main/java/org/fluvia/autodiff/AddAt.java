package org.fluvia.autodiff;

import java.util.Arrays;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.jspecify.annotations.Nullable;

/** y[at[i]] += g[i], from zero, at places known when the model is recorded, nothing where at[i] is negative: the adjoint of {@link Select}. */
final class AddAt implements Op<Expr> {
    final int[] at;
    private final int hash;

    /** @param at kept, not modified */
    AddAt(int[] at) {
        this.at = at;
        this.hash = Arrays.hashCode(at);
    }

    @Override
    public String label() {
        return "addAt";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Along.select(g.materialize(y), y.operand(0).shape(), at)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] gs = f.array(in[0]);
        double[] ys = f.array(out);
        int w = f.stride(out);
        f.kernels.fill(0, ys, f.at(out), f.length(out));
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0) continue;
            int row = f.at(out) + at[i] * w;
            f.kernels.binary(BinaryOp.ADD, ys, row, gs, f.at(in[0]) + i * w, ys, row, w);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddAt a && hash == a.hash && Arrays.equals(at, a.at);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}

package org.fluvia.autodiff;

import java.util.Arrays;
import org.fluvia.kernel.BinaryOp;

/** y[at[i]] += g[i], from zero, at places known when the model is recorded, nothing where at[i] is negative: the adjoint of {@link Select}. */
final class AddAt implements Op {
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
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {Along.select(g.materialize(y), y.operand(0).shape(), at)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] gs = f.array(in[0]);
        double[] ys = f.array(out);
        int w = f.stride(out);
        Frame.K.fill(0, ys, f.at(out), f.length(out));
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0) continue;
            int row = f.at(out) + at[i] * w;
            Frame.K.binary(BinaryOp.ADD, ys, row, gs, f.at(in[0]) + i * w, ys, row, w);
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

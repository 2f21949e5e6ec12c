package org.fluvia.autodiff;

import java.util.Arrays;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** y[i] = x[from[i]], or 0 where from[i] is negative, at places known when the model is recorded. */
final class Select implements Op<Expr> {
    final int[] from;
    private final int hash;

    /** @param from kept, not modified */
    Select(int[] from) {
        this.from = from;
        this.hash = Arrays.hashCode(from);
    }

    @Override
    public String label() {
        return "select";
    }

    @Override
    public Form form() {
        return Form.SELECT;
    }

    @Override
    public int[] places(Expr node) {
        return from;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr x = y.operand(0);
        Expr full = g.materialize(y);
        int[] back = inverse(x.shape().size());
        return new Expr[] {back != null ? Along.select(full, x.shape(), back) : Along.addAt(full, from, x.shape())};
    }

    /** Where each of the operand's elements went, or null if one went to several places. */
    private int @Nullable [] inverse(int size) {
        int[] back = new int[size];
        Arrays.fill(back, -1);
        for (int i = 0; i < from.length; i++) {
            if (from[i] < 0) continue;
            if (back[from[i]] >= 0) return null;
            back[from[i]] = i;
        }
        return back;
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] xs = f.array(in[0]);
        double[] ys = f.array(out);
        int x = f.at(in[0]);
        int y = f.at(out);
        int w = f.stride(out);
        for (int i = 0; i < from.length; ) {
            int end = i + 1;
            if (from[i] < 0) {
                while (end < from.length && from[end] < 0) end++;
                f.kernels.fill(0, ys, y + i * w, (end - i) * w);
            } else {
                while (end < from.length && from[end] == from[end - 1] + 1) end++;
                System.arraycopy(xs, x + from[i] * w, ys, y + i * w, (end - i) * w);
            }
            i = end;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Select s && hash == s.hash && Arrays.equals(from, s.from);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}

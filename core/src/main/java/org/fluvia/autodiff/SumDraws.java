package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** The sum over draws, element by element: the way from values per draw to a shared one. */
record SumDraws() implements Op<Expr> {

    static Expr of(Expr x) {
        if (!x.isPerDraw()) {
            throw new IllegalArgumentException("sumDraws: the value must be per draw, but is shared" + Source.suffix());
        }
        return Expr.of(new SumDraws(), x.shape(), x);
    }

    @Override
    public String label() {
        return "sumDraws";
    }

    @Override
    public boolean sumsDraws() {
        return true;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] xs = f.array(in[0]);
        double[] ys = f.array(out);
        int x = f.at(in[0]);
        int y = f.at(out);
        for (int i = 0; i < out.elements(); i++) {
            ys[y + i] = (f.firstOfGroup ? 0 : ys[y + i]) + f.kernels.sum(xs, x + i * f.width, f.valid);
        }
    }
}

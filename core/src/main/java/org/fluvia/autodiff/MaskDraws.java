package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** The operand, with all elements of a draw set to zero where any of them is not finite. */
record MaskDraws() implements Op<Expr> {

    static Expr of(Expr g) {
        return Expr.of(new MaskDraws(), g.shape(), g);
    }

    @Override
    public String label() {
        return "maskDraws";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        throw new UnsupportedOperationException("second derivatives through a guard");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] xs = f.array(in[0]);
        double[] ys = f.array(out);
        int x = f.at(in[0]);
        int y = f.at(out);
        int w = f.width;
        System.arraycopy(xs, x, ys, y, f.length(out));
        for (int j = 0; j < w; j++) {
            double probe = 0;
            for (int i = 0; i < out.elements(); i++) probe += 0 * ys[y + i * w + j];
            if (probe != 0) {
                for (int i = 0; i < out.elements(); i++) ys[y + i * w + j] = 0;
            }
        }
    }
}

package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** log(sum over elements of exp(x)), shifted by the maximum. */
record LogSumExp() implements Op<Expr> {

    @Override
    public String label() {
        return "logSumExp";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        // where all elements are minus infinity their shares are 0, not NaN
        return new Expr[] {g.times(y.operand(0).minus(y.max(Expr.of(-Double.MAX_VALUE))).exp())};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot x = in[0];
        if (x.perDraw()) {
            f.kernels.logSumExpRows(f.array(x), f.at(x), x.elements(), f.width, f.array(out), f.at(out));
        } else {
            f.array(out)[f.at(out)] = f.kernels.logSumExp(f.array(x), f.at(x), x.elements());
        }
    }
}

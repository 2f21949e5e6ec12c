package org.fluvia.autodiff;

/** log(sum over elements of exp(x)), shifted by the maximum. */
record LogSumExp() implements Op {

    @Override
    public String label() {
        return "logSumExp";
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        // where all elements are minus infinity their shares are 0, not NaN
        return new Expr[] {g.times(y.operand(0).minus(y.max(Expr.of(-Double.MAX_VALUE))).exp())};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot x = in[0];
        if (x.perDraw()) {
            Frame.K.logSumExpRows(f.array(x), f.at(x), x.elements(), f.width, f.array(out), f.at(out));
        } else {
            f.array(out)[f.at(out)] = Frame.K.logSumExp(f.array(x), f.at(x), x.elements());
        }
    }
}

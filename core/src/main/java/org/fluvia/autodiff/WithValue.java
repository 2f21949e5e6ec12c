package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The value of operand 0 with the derivative of operand 1; with one operand, the derivative is zero. The two must be
 * equal in exact arithmetic where there are two: what it saves is computing the second value.
 */
record WithValue() implements Op<Expr> {

    static Expr of(Expr value, Expr equal) {
        if (!value.shape().equals(equal.shape()) || value.isPerDraw() != equal.isPerDraw()) {
            throw new IllegalArgumentException("withDerivativeOf: " + value.shape() + " and " + equal.shape()
                    + " must be of one shape and kind" + Source.suffix());
        }
        return Expr.of(new WithValue(), value.shape(), value, equal);
    }

    @Override
    public String label() {
        return "withValue";
    }

    @Override
    public int viewFrom() {
        return 0;
    }

    @Override
    public int valueOperands(int operands) {
        return 1;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        return y.operandCount() == 1 ? new Expr[1] : new Expr[] {null, g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }
}

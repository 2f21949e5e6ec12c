package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The value of operand 0, x, which solves f(x) = y for y, operand 1, and f(x) as recorded, operand 2, with slopes f'(x), operand 3: dx = (dy - df) / f'.
 * Operands 2 and 3 know nothing of how x depends on y, so that there are first derivatives only; a second one is refused.
 */
record Solved() implements Op<Expr> {

    @Override
    public String label() {
        return "solved";
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
    public boolean firstDerivativesOnly(Expr node) {
        return true;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr x, Expr g) {
        Expr slope = x.operand(3);
        Expr byY = g.div(Expr.of(new Slope(), slope.shape(), slope));
        return new Expr[] {null, byY, byY.unaryMinus(), null};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // a view
    }

    /** The slopes, in a derivative. */
    record Slope() implements Op<Expr> {

        @Override
        public String label() {
            return "slope of what is solved";
        }

        @Override
        public int viewFrom() {
            return 0;
        }

        @Override
        public boolean firstDerivativesOnly(Expr node) {
            return true;
        }

        @Override
        public @Nullable Expr[] adjoint(Expr node, Expr g) {
            throw new UnsupportedOperationException("solve: second derivatives of a solution");
        }

        @Override
        public void run(Frame f, Slot[] in, Slot out) {
            // a view
        }
    }
}

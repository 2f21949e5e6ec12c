package org.fluvia.autodiff;

import java.util.Locale;
import org.fluvia.kernel.UnaryOp;

/** y = op(x), elementwise. */
record Unary(UnaryOp op) implements Op {

    @Override
    public String label() {
        return op.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public boolean repeatsOperands() {
        return true;
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        Expr x = y.operand(0);
        return new Expr[] {switch (op) {
            case NEG -> g.unaryMinus();
            case ABS -> Expr.where(x.lt(0), g.unaryMinus(), g);
            case SQUARE -> g.times(x).times(2);
            case RECIPROCAL -> g.times(y.square()).unaryMinus();
            case SQRT -> g.times(0.5).div(y);
            case EXP -> g.times(y);
            case LOG -> g.div(x);
            case LOG1P -> g.div(x.plus(1));
            case EXPM1 -> g.times(y.plus(1));
            case TANH -> g.minus(g.times(y.square()));
            case SIGMOID -> g.times(y.minus(y.square()));
            case SOFTPLUS -> g.times(x.sigmoid());
            case LGAMMA -> g.times(Expr.unary(UnaryOp.DIGAMMA, x));
            case DIGAMMA -> g.times(Expr.unary(UnaryOp.TRIGAMMA, x));
            case TRIGAMMA -> throw new UnsupportedOperationException("the derivative of trigamma");
            case IS_FINITE -> null;
        }};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Frame.K.unary(op, f.array(in[0]), f.at(in[0]), f.array(out), f.at(out), f.length(out));
    }
}

package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.UnaryOp;
import org.jspecify.annotations.Nullable;

/** z = op(x, y), elementwise; a scalar operand is repeated over elements, a shared operand over draws. */
record Binary(BinaryOp op) implements Op<Expr> {

    static Expr of(BinaryOp op, Expr x, Expr y) {
        if (Algebra.isNumber(x) && Algebra.isNumber(y)) return Expr.of(Algebra.fold(op, x.op().values()[0], y.op().values()[0]));
        Binary b = new Binary(op);
        return Expr.of(b, Shape.broadcast(b.label(), x.shape(), y.shape()), x, y);
    }

    @Override
    public String label() {
        return switch (op) {
            case ADD -> "plus";
            case SUB -> "minus";
            case MUL -> "times";
            case DIV -> "div";
            case MIN -> "min";
            case MAX -> "max";
            case POW -> "pow";
            case LT -> "lt";
            case LE -> "le";
            case EQ -> "eq";
            case TANH_ADJOINT -> "tanhAdjoint";
            case LOG_ADD_EXP -> "logAddExp";
            case LBETA -> "lbeta";
            case ATAN2 -> "atan2";
            case LOG_RISING -> "logRisingFactorial";
            case RISING_SLOPE -> "digammaDifference";
            case LOG_GAMMA_P -> "logGammaP";
            case LOG_GAMMA_Q -> "logGammaQ";
            case GAMMA_P_SLOPE -> "shapeSlopeOfLogGammaP";
            case GAMMA_Q_SLOPE -> "shapeSlopeOfLogGammaQ";
            case GAMMA_P_HAZARD -> "slopeOfLogGammaP";
            case GAMMA_Q_HAZARD -> "slopeOfLogGammaQ";
        };
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public boolean repeatsOperands() {
        return true;
    }

    /** In the shape, while there are all in the other argument. */
    @Override
    public boolean firstDerivativesOnly(Expr node) {
        return (op == BinaryOp.LOG_GAMMA_P || op == BinaryOp.LOG_GAMMA_Q) && node.operand(0).isPerDraw();
    }

    @Override
    public boolean isRowwise(int elements) {
        return true;
    }

    @Override
    public Form form() {
        return switch (op) {
            case ADD -> Form.PLUS;
            case SUB -> Form.MINUS;
            case MUL -> Form.TIMES;
            case DIV -> Form.DIVIDED;
            default -> Form.OTHER;
        };
    }

    /** Operands may be of any kind. */
    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return node.with(operands);
    }

    @Override
    public @Nullable Expr[] adjoint(Expr z, Expr g) {
        Expr x = z.operand(0);
        Expr y = z.operand(1);
        return switch (op) {
            case ADD -> new Expr[] {g, g};
            case SUB -> new Expr[] {g, g.unaryMinus()};
            case MUL -> new Expr[] {g.times(y), g.times(x)};
            case DIV -> {
                Expr gx = g.div(y);
                yield new Expr[] {gx, gx.times(z).unaryMinus()};
            }
            // at a tie the whole adjoint goes to one side, as a one-sided derivative
            case MIN -> select(x.le(y), g);
            case MAX -> select(y.le(x), g);
            case POW -> new Expr[] {
                Expr.where(y.eq(0), Expr.of(0), g.times(y).times(x.pow(y.minus(1)))),
                Expr.where(z.eq(0), Expr.of(0), g.times(z).times(x.log()))
            };
            case LT, LE, EQ -> new Expr[2];
            case TANH_ADJOINT -> new Expr[] {
                Binary.of(BinaryOp.TANH_ADJOINT, g, y), g.times(x).times(y).times(-2)
            };
            case LOG_ADD_EXP -> {
                // where both are minus infinity the shares are 0, not NaN
                Expr total = z.max(Expr.of(-Double.MAX_VALUE));
                yield new Expr[] {g.times(x.minus(total).exp()), g.times(y.minus(total).exp())};
            }
            case LBETA -> {
                Expr both = x.plus(y).digamma();
                yield new Expr[] {g.times(x.digamma().minus(both)), g.times(y.digamma().minus(both))};
            }
            case ATAN2 -> {
                Expr scaled = g.div(x.square().plus(y.square()));
                yield new Expr[] {scaled.times(y), scaled.times(x).unaryMinus()};
            }
            case LOG_RISING -> new Expr[] {
                g.times(Binary.of(BinaryOp.RISING_SLOPE, x, y)), g.times(x.plus(y).digamma())
            };
            case RISING_SLOPE -> {
                Expr both = Unary.of(UnaryOp.TRIGAMMA, x.plus(y));
                yield new Expr[] {g.times(both.minus(Unary.of(UnaryOp.TRIGAMMA, x))), g.times(both)};
            }
            case LOG_GAMMA_P -> new Expr[] {
                g.times(Binary.of(BinaryOp.GAMMA_P_SLOPE, x, y)), g.times(Binary.of(BinaryOp.GAMMA_P_HAZARD, x, y))
            };
            case LOG_GAMMA_Q -> new Expr[] {
                g.times(Binary.of(BinaryOp.GAMMA_Q_SLOPE, x, y)), g.times(Binary.of(BinaryOp.GAMMA_Q_HAZARD, x, y)).unaryMinus()
            };
            case GAMMA_P_SLOPE, GAMMA_Q_SLOPE -> throw new UnsupportedOperationException("the derivative of " + label());
            case GAMMA_P_HAZARD, GAMMA_Q_HAZARD -> {
                // z is the density over a tail, whose logarithm has the derivatives slope and z or -z
                boolean lower = op == BinaryOp.GAMMA_P_HAZARD;
                Expr slope = Binary.of(lower ? BinaryOp.GAMMA_P_SLOPE : BinaryOp.GAMMA_Q_SLOPE, x, y);
                Expr scaled = g.times(z);
                yield new Expr[] {
                    scaled.times(y.log().minus(x.digamma()).minus(slope)),
                    scaled.times(x.minus(1).div(y).minus(1).minus(lower ? z : z.unaryMinus()))
                };
            }
        };
    }

    private static Expr[] select(Expr first, Expr g) {
        return new Expr[] {Expr.where(first, g, Expr.of(0)), Expr.where(first, Expr.of(0), g)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        Slot x = in[0];
        Slot y = in[1];
        double[] xs = f.array(x);
        double[] ys = f.array(y);
        double[] zs = f.array(out);
        int n = out.elements();
        int w = f.stride(out);
        boolean xScalar = !x.perDraw() && (out.perDraw() || x.elements() < n);
        boolean yScalar = !y.perDraw() && (out.perDraw() || y.elements() < n);
        boolean oneCall = (x.elements() == n && !xScalar || x.elements() == 1 && xScalar)
                && (y.elements() == n && !yScalar || y.elements() == 1 && yScalar);
        int rows = oneCall ? 1 : n;
        int length = oneCall ? n * w : w;
        int xStep = x.elements() == 1 ? 0 : f.stride(x);
        int yStep = y.elements() == 1 ? 0 : f.stride(y);
        int xAt = f.at(x);
        int yAt = f.at(y);
        int zAt = f.at(out);
        for (int i = 0; i < rows; i++) {
            if (xScalar) {
                f.kernels.binary(op, xs[xAt], ys, yAt, zs, zAt, length);
            } else if (yScalar) {
                f.kernels.binary(op, xs, xAt, ys[yAt], zs, zAt, length);
            } else {
                f.kernels.binary(op, xs, xAt, ys, yAt, zs, zAt, length);
            }
            xAt += xStep;
            yAt += yStep;
            zAt += w;
        }
    }
}

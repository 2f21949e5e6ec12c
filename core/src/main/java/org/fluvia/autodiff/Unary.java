package org.fluvia.autodiff;

import static org.fluvia.kernel.special.Constants.INVERSE_SQRT_2PI;

import java.util.Locale;
import java.util.regex.Pattern;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.UnaryOp;
import org.jspecify.annotations.Nullable;

/** y = op(x), elementwise. */
record Unary(UnaryOp op) implements Op<Expr> {
    private static final Pattern WORD = Pattern.compile("_(.)");
    /** Below, phi(x) / Phi(x) and -x agree in so many digits that their difference comes from a series. */
    private static final double HAZARD_SERIES = -100;
    private static final double MILLS_SERIES = 100;
    private static final double BESSEL_SERIES = 1e-4;

    static Expr of(UnaryOp op, Expr x) {
        return Algebra.isNumber(x) ? Expr.of(Algebra.fold(op, x.op().values()[0])) : Expr.of(new Unary(op), x.shape(), x);
    }

    @Override
    public String label() {
        return WORD.matcher(op.name().toLowerCase(Locale.ROOT)).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
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
    public boolean firstDerivativesOnly(Expr node) {
        return op == UnaryOp.DIGAMMA && node.isPerDraw();
    }

    @Override
    public boolean isRowwise(int elements) {
        return true;
    }

    @Override
    public Form form() {
        return switch (op) {
            case NEG -> Form.NEG;
            case SQUARE -> Form.SQUARE;
            case SIGMOID -> Form.SIGMOID;
            default -> Form.OTHER;
        };
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr x = y.operand(0);
        @Nullable Expr contribution = switch (op) {
            case NEG -> g.unaryMinus();
            case ABS -> Expr.where(x.lt(0), g.unaryMinus(), g);
            case SQUARE -> g.times(x).times(2);
            case RECIPROCAL -> g.times(y.square()).unaryMinus();
            case SQRT -> g.times(0.5).div(y);
            case EXP -> g.times(y);
            case LOG -> g.div(x);
            case LOG1P -> g.div(x.plus(1));
            case EXPM1 -> g.times(x.exp()); // y + 1 loses the digits of exp(x) for x far below 0
            case TANH -> Binary.of(BinaryOp.TANH_ADJOINT, g, y);
            case SIGMOID -> g.times(y.minus(y.square()));
            case SOFTPLUS -> g.times(x.sigmoid());
            case LGAMMA -> g.times(Unary.of(UnaryOp.DIGAMMA, x));
            case DIGAMMA -> g.times(Unary.of(UnaryOp.TRIGAMMA, x));
            case TRIGAMMA -> throw new UnsupportedOperationException("the derivative of trigamma");
            case ERF -> g.times(x.square().unaryMinus().exp()).times(2 / Math.sqrt(Math.PI));
            case ERFC -> g.times(x.square().unaryMinus().exp()).times(-2 / Math.sqrt(Math.PI));
            case NORMAL_CDF -> g.times(x.square().times(-0.5).exp()).times(INVERSE_SQRT_2PI);
            case LOG_NORMAL_CDF -> g.times(Unary.of(UnaryOp.NORMAL_HAZARD, x));
            case NORMAL_HAZARD -> g.times(hazardDerivative(x, y));
            case NORMAL_QUANTILE -> g.times(y.square().times(0.5).exp()).div(INVERSE_SQRT_2PI);
            case LOG1M_EXP -> g.div(x.unaryMinus().expm1()).unaryMinus();
            case SIN -> g.times(Unary.of(UnaryOp.COS, x));
            case COS -> g.times(Unary.of(UnaryOp.SIN, x)).unaryMinus();
            case TAN -> g.plus(g.times(y.square()));
            case ASIN -> g.div(Expr.of(1).minus(x.square()).sqrt());
            case ACOS -> g.div(Expr.of(1).minus(x.square()).sqrt()).unaryMinus();
            case ATAN -> g.div(x.square().plus(1));
            case SINH -> g.times(Unary.of(UnaryOp.COSH, x));
            case COSH -> g.times(Unary.of(UnaryOp.SINH, x));
            case CBRT -> g.div(y.square().times(3));
            case LOG_MILLS -> g.times(millsSlope(x));
            case LOG_SCALED_BESSEL_I0 -> g.times(Unary.of(UnaryOp.BESSEL_SLOPE, x));
            case BESSEL_SLOPE -> g.times(besselCurvature(x, y));
            case IS_FINITE, FLOOR -> null;
        };
        return new Expr[] {contribution};
    }

    /** x - phi(x) / (1 - Phi(x)), far in the tail -(1 - 2/x^2 + 10/x^4 - 74/x^6 + 706/x^8 - 8162/x^10) / x. */
    private static Expr millsSlope(Expr x) {
        Expr least = Expr.of(MILLS_SERIES);
        Expr inverse = x.max(least).reciprocal();
        Expr z = inverse.square();
        Expr series = z.times(z.times(z.times(z.times(z.times(8162).plus(-706)).plus(74)).plus(-10)).plus(2)).plus(-1);
        return Expr.where(least.lt(x), series.times(inverse), x.minus(Unary.of(UnaryOp.NORMAL_HAZARD, x.unaryMinus())));
    }

    /** The derivative of y = I1(x) / I0(x) - 1: 1 - (1 + y) / x - (1 + y)^2, near 0 it is 1/2 - 3 x^2 / 16. */
    private static Expr besselCurvature(Expr x, Expr y) {
        Expr least = Expr.of(BESSEL_SERIES);
        Expr curvature = y.times(y.plus(2)).plus(y.plus(1).div(x.max(least))).unaryMinus();
        return Expr.where(x.lt(least), x.square().times(-3.0 / 16).plus(0.5), curvature);
    }

    /** The derivative of y = phi(x) / Phi(x): -y (x + y), far in the tail -(1 - 1/x^2 + 6/x^4 - 50/x^6 + 518/x^8). */
    private static Expr hazardDerivative(Expr x, Expr y) {
        Expr z = x.square().reciprocal();
        Expr series = z.times(z.times(z.times(z.times(-518).plus(50)).plus(-6)).plus(1)).plus(-1);
        return Expr.where(x.lt(HAZARD_SERIES), series, y.times(x.plus(y)).unaryMinus());
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        f.kernels.unary(op, f.array(in[0]), f.at(in[0]), f.array(out), f.at(out), f.length(out));
    }
}

package org.fluvia.autodiff;

import org.fluvia.autodiff.op.Form;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.UnaryOp;
import org.fluvia.kernel.provider.KernelProvider;

/**
 * What is simplified or put in another order while recording: functions of constants, products, and sums of elementwise
 * expressions. A sum is taken apart until it is sums of products, so that a density can be written once, element by element, and
 * still sums to a few operations: the sum over n observations of -(y - mu)^2 / (2 s^2) - log s becomes
 * -dot(r, r) / (2 s^2) - n log s.
 */
final class Algebra {
    /** Deeper expressions are summed as they are, so that nothing recurses far. */
    private static final int DEEPEST = 24;

    private static final Kernels KERNELS = KernelProvider.kernels();

    private Algebra() {}

    /** Whether the value is a number that is known. */
    static boolean isNumber(Expr x) {
        return x.op().form() == Form.CONSTANT && x.shape().isScalar();
    }

    static boolean isNumber(Expr x, double value) {
        return isNumber(x) && x.op().values()[0] == value;
    }

    static double fold(UnaryOp op, double x) {
        double[] v = {x};
        KERNELS.unary(op, v, 0, v, 0, 1);
        return v[0];
    }

    static double fold(BinaryOp op, double x, double y) {
        double[] v = {x};
        KERNELS.binary(op, v, 0, y, v, 0, 1);
        return v[0];
    }

    /** By halves, so that it is not deep. */
    static Expr product(Expr x) {
        Expr left = x.flatten();
        while (left.shape().dim(0) > 1) {
            int n = left.shape().dim(0);
            Expr half = left.slice(0, n / 2).times(left.slice(n / 2, n - n % 2));
            left = n % 2 == 0 ? half : Expr.concat(half, left.get(n - 1));
        }
        return left.shape().dim(0) == 0 ? Expr.of(1) : left.get(0);
    }

    static Expr sum(Expr x) {
        return sum(x, DEEPEST);
    }

    private static Expr sum(Expr x, int depth) {
        int n = x.shape().size();
        if (n <= 1 || depth == 0) return SumElements.of(x);
        if (x.operandCount() == 0) return SumElements.of(x);
        Expr l = x.operand(0);
        Expr r = x.operand(x.operandCount() - 1);
        return switch (x.op.form()) {
            case NEG -> sum(l, depth - 1).unaryMinus();
            case SQUARE -> l.dot(l);
            case PLUS -> repeated(l, n, depth).plus(repeated(r, n, depth));
            case MINUS -> repeated(l, n, depth).minus(repeated(r, n, depth));
            case TIMES -> l.shape().isScalar() ? l.times(sum(r, depth - 1))
                    : r.shape().isScalar() ? sum(l, depth - 1).times(r)
                    : l.dot(r);
            case DIVIDED -> r.shape().isScalar() ? sum(l, depth - 1).div(r) : SumElements.of(x);
            default -> SumElements.of(x);
        };
    }

    /** The sum of an operand that is repeated n times if it is a scalar. */
    private static Expr repeated(Expr x, int n, int depth) {
        return x.shape().isScalar() ? x.times(n) : sum(x, depth - 1);
    }
}

package org.fluvia.flows;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * y = sinh(exp(w) asinh(x) + skew), element by element: skew moves mass to one side, w &gt; 0 makes tails heavier (the
 * sinh-arcsinh distributions of Jones and Pewsey 2009, with 1 / delta = exp(w)).
 * log |det| = sum of w + log cosh(asinh(y)) - log cosh(asinh(x)), per draw.
 *
 * <p>With the initial weights, zero, exactly the identity (but -0.0 becomes 0.0). Numerics: values whose size is beyond 4e307
 * stay there; tails grow as |x| to the power exp(w), so that is soon reached from 1e300.
 */
public final class SinhArcsinh implements Bijection {
    private static final double LOG_TWO = StrictMath.log(2);
    /** From here on asinh(x) and log(2 x) are equal. */
    private static final double LARGE = 1e8;
    /** exp(x) is finite, and so is all that is computed with it. */
    private static final double MOST = 709;

    private final Expr skew;
    private final Expr logTail;

    private SinhArcsinh(Expr skew, Expr logTail) {
        this.skew = skew;
        this.logTail = logTail;
    }

    /** Weights that start as the identity. */
    public static SinhArcsinh trainable(int dimension) {
        Shape shape = Shape.of(Dimensions.positive("SinhArcsinh", dimension));
        return new SinhArcsinh(Expr.shared("skew", shape, new double[dimension]),
                Expr.shared("log tail", shape, new double[dimension]));
    }

    @Override
    public int dimension() {
        return skew.shape().size();
    }

    @Override
    public List<Expr> weights() {
        return List.of(skew, logTail);
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.checkForward(this, x);
        Expr a = asinh(x);
        return map(x, a, a.times(logTail.exp()).plus(skew), logTail.sum());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.checkInverse(this, y);
        Expr a = asinh(y);
        return map(y, a, a.minus(skew).div(logTail.exp()), logTail.sum().unaryMinus());
    }

    /** From asinh(x) = a to sinh(b), where the sum of log |db/da| is given. */
    private static Transformed map(Expr x, Expr a, Expr b, Expr logSlope) {
        Expr exact = sinh(b);
        Expr value = Expr.where(b.eq(a), x, exact).withDerivativeOf(exact);
        return new Transformed(value, logSlope.plus(logCosh(b).minus(logCosh(a)).sum()));
    }

    /** Each side of the choice is evaluated where it is finite, so that derivatives are. */
    private static Expr asinh(Expr x) {
        Expr size = x.abs();
        Expr small = size.min(Expr.of(LARGE));
        Expr nearZero = small.plus(small.square().div(small.square().plus(1).sqrt().plus(1))).log1p();
        Expr farOut = size.max(Expr.of(LARGE)).log().plus(LOG_TWO);
        return signed(x, Expr.where(size.le(LARGE), nearZero, farOut));
    }

    /** (e^x - e^-x) / 2 without cancellation near zero. */
    private static Expr sinh(Expr x) {
        Expr e = x.abs().min(Expr.of(MOST)).expm1();
        return signed(x, e.plus(e.div(e.plus(1))).times(0.5));
    }

    /** Up to the constant log 2, which cancels. */
    private static Expr logCosh(Expr x) {
        Expr size = x.abs().min(Expr.of(MOST));
        return size.plus(size.times(-2).softplus());
    }

    private static Expr signed(Expr x, Expr size) {
        return Expr.where(x.lt(0), size.unaryMinus(), size);
    }

    @Override
    public String toString() {
        return "SinhArcsinh(" + dimension() + ")";
    }
}

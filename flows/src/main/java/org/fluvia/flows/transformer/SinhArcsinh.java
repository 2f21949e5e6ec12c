package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;

/**
 * y = sinh(exp(w) asinh(x) + skew): skew moves mass to one side, w &gt; 0 makes tails heavier (the
 * sinh-arcsinh distributions of Jones and Pewsey 2009, with 1 / delta = exp(w)).
 * log dy/dx = w + log cosh(asinh(y)) - log cosh(asinh(x)).
 *
 * <p>With skew and w zero exactly the identity (but -0.0 becomes 0.0). Numerics: values whose size is beyond 4e307
 * stay there; tails grow as |x| to the power exp(w), so that is soon reached from 1e300.
 */
public final class SinhArcsinh implements Transformer {
    private static final SinhArcsinh ONLY = new SinhArcsinh();
    private static final double LOG_TWO = StrictMath.log(2);
    /** From here on asinh(x) and log(2 x) are equal. */
    private static final double LARGE = 1e8;
    /** exp(x) is finite, and so is all that is computed with it. */
    private static final double MOST = 709;

    private SinhArcsinh() {}

    public static SinhArcsinh of() {
        return ONLY;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("skew", 0), Parameter.of("log tail", 0));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        Expr skew = parameters.get(0);
        Expr logTail = parameters.get(1);
        Expr a = asinh(x);
        return map(x, a, a.times(logTail.exp()).plus(skew), logTail);
    }

    @Override
    public Moved inverse(Expr y, List<Expr> parameters) {
        Expr skew = parameters.get(0);
        Expr logTail = parameters.get(1);
        Expr a = asinh(y);
        return map(y, a, a.minus(skew).div(logTail.exp()), logTail.unaryMinus());
    }

    /** From asinh(x) = a to sinh(b), where log db/da is given. */
    private static Moved map(Expr x, Expr a, Expr b, Expr logSlope) {
        Expr exact = sinh(b);
        Expr value = Expr.where(b.eq(a), x, exact).withDerivativeOf(exact);
        return new Moved(value, logSlope.plus(logCosh(b).minus(logCosh(a))));
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
        return "sinh-arcsinh";
    }
}

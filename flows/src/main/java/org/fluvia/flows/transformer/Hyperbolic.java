package org.fluvia.flows.transformer;

import org.fluvia.autodiff.Expr;

/** Hyperbolic functions of any size, and maps that keep the sign or bring numbers within bounds. */
final class Hyperbolic {
    static final double LOG_TWO = StrictMath.log(2);
    /** From here on asinh(x) and log(2 x) are equal. */
    private static final double LARGE = 1e8;
    /** exp(x) is finite, and so is all that is computed with it. */
    private static final double MOST = 709;

    private Hyperbolic() {}

    /** Each side of the choice is evaluated where it is finite, so that derivatives are. */
    static Expr asinh(Expr x) {
        Expr size = x.abs();
        Expr small = size.min(Expr.of(LARGE));
        Expr nearZero = small.plus(small.square().div(small.square().plus(1).sqrt().plus(1))).log1p();
        Expr farOut = size.max(Expr.of(LARGE)).log().plus(LOG_TWO);
        return signed(x, Expr.where(size.le(LARGE), nearZero, farOut));
    }

    /** (e^x - e^-x) / 2 without cancellation near zero. */
    static Expr sinh(Expr x) {
        Expr e = x.abs().min(Expr.of(MOST)).expm1();
        return signed(x, e.plus(e.div(e.plus(1))).times(0.5));
    }

    /** log cosh(x) + log 2. */
    static Expr logCosh(Expr x) {
        Expr size = x.abs().min(Expr.of(MOST));
        return size.plus(size.times(-2).softplus());
    }

    /** c tanh(p / c): any number, brought within +-c, with slope 1 at 0. */
    static Expr softClip(Expr parameter, double c) {
        return parameter.div(c).tanh().times(c);
    }

    /** The size with the sign of x. */
    static Expr signed(Expr x, Expr size) {
        return Expr.where(x.lt(0), size.unaryMinus(), size);
    }
}

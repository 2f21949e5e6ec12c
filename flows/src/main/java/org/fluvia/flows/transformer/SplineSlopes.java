package org.fluvia.flows.transformer;

import org.fluvia.autodiff.Expr;

/** Slopes at knots from any real numbers: least + softplus(number + c), with c such that it is 1 at 0, and not much more than 1000. */
final class SplineSlopes {
    private static final double MOST = 1000;

    private final Expr shift;

    private SplineSlopes(Expr shift) {
        this.shift = shift;
    }

    /** @param least more than 0 and less than 1 */
    static SplineSlopes of(double least) {
        return new SplineSlopes(Expr.of(StrictMath.log(StrictMath.expm1(1 - least))));
    }

    /** The slopes, exactly 1 at 0. */
    Expr of(Expr numbers) {
        return numbers.min(MOST).plus(shift).softplus().minus(shift.softplus()).plus(1);
    }
}

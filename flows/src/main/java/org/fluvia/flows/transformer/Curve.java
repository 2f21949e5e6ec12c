package org.fluvia.flows.transformer;

import java.util.function.Function;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.transformer.Transformer.Moved;

/**
 * y = x + h(x) on [-bound, bound], and beyond it the tangents at both ends. A map of the line onto itself it is thereby, with slopes as
 * bounded as those of the curve, and with derivatives that are as tame far out as at the ends; the slope is continuous.
 *
 * <p>A curve is given as what it adds to the identity, so that it is exactly the identity where it adds exactly nothing.
 */
final class Curve {
    private Curve() {}

    /**
     * A curve at a vector (n) within its bounds.
     *
     * @param added h(x)
     * @param slope h'(x), greater than -1
     */
    record Bend(Expr added, Expr slope) {}

    static Moved forward(Expr x, double bound, Function<Expr, Bend> curve) {
        Expr within = x.clamp(-bound, bound);
        Bend bend = curve.apply(within);
        return new Moved(x.plus(bend.added()).plus(bend.slope().times(x.minus(within))), bend.slope().log1p());
    }
}

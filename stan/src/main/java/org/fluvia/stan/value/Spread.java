package org.fluvia.stan.value;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.jspecify.annotations.Nullable;

/** Values that are the same in all lanes, repeated in each. */
public final class Spread {
    private Spread() {}

    /** The elements in each lane. */
    public static Expr over(Tensor value, @Nullable Lanes lanes) {
        Expr e = value.aligned(lanes, value.dims());
        int n = Lanes.countOf(lanes) * value.size();
        return e.size() == n ? e.reshape(Shape.of(n)) : e.expand(Shape.of(n), e.isPerDraw());
    }
}

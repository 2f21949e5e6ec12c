package org.fluvia.flows.residual;

import org.fluvia.autodiff.Expr;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.check.Dimensions;

/** A map that is {@link Bends} and no more. */
abstract sealed class Bent implements Bijection permits Planar, Sylvester {
    private final int dimension;
    private final Bends bends;

    Bent(int dimension, Bends bends) {
        this.dimension = dimension;
        this.bends = bends;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        return bends.forward(x);
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        return bends.inverse(y);
    }

    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension, y);
        return bends.inverseKnowing(y, x);
    }

    @Override
    public Cost inverseCost() {
        return Cost.ITERATIVE;
    }
}

package org.fluvia.support;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/** All finite numbers. The transform is x = u. */
public final class Real implements Support {
    static final Real REAL = new Real();

    private Real() {}

    @Override
    public int unconstrainedSize(Shape shape) {
        return shape.size();
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        return new Constrained(Elementwise.shaped(this, unconstrained, shape), Expr.of(0));
    }

    @Override
    public Expr unconstrain(Expr value) {
        return value.flatten();
    }

    @Override
    public Expr contains(Expr value) {
        return value.isFinite();
    }

    @Override
    public Expr interior() {
        return Expr.of(0);
    }

    @Override
    public String toString() {
        return "real";
    }
}

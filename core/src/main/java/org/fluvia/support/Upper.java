package org.fluvia.support;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/** The finite numbers up to a bound b. The transform is x = b - exp(u), log |J| = u. */
public final class Upper implements Support {
    private final Expr bound;

    private Upper(Expr bound) {
        this.bound = bound;
    }

    static Upper of(Expr bound) {
        Elementwise.checkFinite("upper bound", bound);
        return new Upper(bound);
    }

    /** The bound, a scalar or of the value's shape. */
    public Expr bound() {
        return bound;
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        return shape.size();
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        Elementwise.checkFits(this, "upper", bound, shape);
        Expr u = Elementwise.shaped(this, unconstrained, shape);
        return new Constrained(bound.minus(u.exp()), u.sum());
    }

    @Override
    public Expr unconstrain(Expr value) {
        return bound.minus(value).log().flatten();
    }

    @Override
    public Expr contains(Expr value) {
        return value.le(bound).times(value.isFinite());
    }

    @Override
    public Expr interior() {
        return bound.minus(1);
    }

    @Override
    public String toString() {
        return "at most " + Elementwise.text(bound);
    }
}

package org.fluvia.support;

import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;

/** The finite numbers above 0. The transform is x = exp(u), log |J| = u. */
final class Positive implements Region {
    static final Positive POSITIVE = new Positive();

    private Positive() {}

    @Override
    public Expr lower() {
        return Expr.of(0);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        // numbers may stand in any shape
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        return shape.size();
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        Expr u = Elementwise.shaped(this, unconstrained, shape);
        return new Constrained(u.exp(), u.sum());
    }

    @Override
    public Expr unconstrain(Expr value) {
        return value.log().flatten();
    }

    @Override
    public Expr contains(Expr value) {
        return Expr.of(0).lt(value).times(value.isFinite());
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (i, x, label) -> Elementwise.wrong(x[0], "positive"));
    }

    @Override
    public Expr interior(Shape shape) {
        return Expr.of(1);
    }

    @Override
    public Reach reach(Shape shape) {
        return Reach.of(0, Double.POSITIVE_INFINITY, shape.size());
    }

    @Override
    public String toString() {
        return "positive";
    }
}

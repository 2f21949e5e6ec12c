package org.fluvia.support;

import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;

/** All finite numbers. The transform is x = u. */
final class Real implements Region {
    static final Real REAL = new Real();

    private Real() {}

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
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (i, x, label) -> Elementwise.wrong(x[0], "finite"));
    }

    @Override
    public Expr interior(Shape shape) {
        return Expr.of(0);
    }

    @Override
    public Reach reach(Shape shape) {
        return Reach.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, shape.size());
    }

    @Override
    public String toString() {
        return "real";
    }
}

package org.fluvia.support;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;
import org.jspecify.annotations.Nullable;

/** The finite numbers up to a bound b. The transform is x = b - exp(u), log |J| = u. */
final class Upper implements Region {
    private final Expr bound;

    private Upper(Expr bound) {
        this.bound = bound;
    }

    static Upper of(Expr bound) {
        Elementwise.checkFinite("upper bound", bound);
        return new Upper(bound);
    }

    @Override
    public Expr upper() {
        return bound;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Elementwise.checkFits(this, "bound", bound, name, shape);
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        return shape.size();
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        checkShape("the value", shape);
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
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (i, x, label) -> Elementwise.wrong(x[0],
                "at most " + Violations.number(Elementwise.element(bound, i))));
    }

    @Override
    public Expr interior(Shape shape) {
        return bound.minus(1);
    }

    @Override
    public Region mapBounds(UnaryOperator<Expr> replacement) {
        return new Upper(replacement.apply(bound));
    }

    @Override
    public @Nullable Reach reach(Shape shape) {
        return Elementwise.reach(null, bound, shape);
    }

    @Override
    public String toString() {
        return "at most " + Elementwise.text(bound);
    }
}

package org.fluvia.support;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;
import org.jspecify.annotations.Nullable;

/** The finite numbers from a bound a on. The transform is x = a + exp(u), log |J| = u. */
final class Lower implements Region {
    private final Expr bound;

    private Lower(Expr bound) {
        this.bound = bound;
    }

    static Lower of(Expr bound) {
        Elementwise.checkFinite("lower bound", bound);
        return new Lower(bound);
    }

    @Override
    public Expr lower() {
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
        return new Constrained(u.exp().plus(bound), u.sum());
    }

    @Override
    public Expr unconstrain(Expr value) {
        return value.minus(bound).log().flatten();
    }

    @Override
    public Expr contains(Expr value) {
        return bound.le(value).times(value.isFinite());
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (i, x, label) -> Elementwise.wrong(x[0],
                "at least " + Violations.number(Elementwise.element(bound, i))));
    }

    @Override
    public Expr interior(Shape shape) {
        return bound.plus(1);
    }

    @Override
    public Region mapBounds(UnaryOperator<Expr> replacement) {
        return new Lower(replacement.apply(bound));
    }

    @Override
    public @Nullable Reach reach(Shape shape) {
        return Elementwise.reach(bound, null, shape);
    }

    @Override
    public String toString() {
        return "at least " + Elementwise.text(bound);
    }
}

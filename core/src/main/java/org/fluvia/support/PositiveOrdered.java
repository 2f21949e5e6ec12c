package org.fluvia.support;

import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;

/**
 * Vectors of K >= 1 finite numbers from 0 in ascending order. The transform is x[1] = exp(u[1]),
 * x[k] = x[k-1] + exp(u[k]), with log |J| = u[1] + ... + u[K]. Stan Reference Manual, "Ordered vector".
 *
 * <p>A first element of 0 and equal neighbours lie inside.
 */
final class PositiveOrdered implements Region {
    static final PositiveOrdered POSITIVE_ORDERED = new PositiveOrdered();

    private PositiveOrdered() {}

    @Override
    public int eventRank() {
        return 1;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Events.checkVector(this, name, shape, 1, "Leave it out where there is nothing to order.");
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        checkShape("the value", shape);
        return shape.size();
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        Expr u = Events.checked(this, unconstrained, shape);
        int events = Events.count(shape, 1);
        if (events == 0) return Events.none(shape);
        return new Constrained(Events.cumulativeSum(u.exp(), events).reshape(shape), u.sum());
    }

    @Override
    public Expr unconstrain(Expr value) {
        int size = unconstrainedSize(value.shape());
        int events = Events.count(value.shape(), 1);
        if (events == 0) return value.flatten();
        Expr first = Events.pick(events, Events.range(0, 1), value);
        return Events.pick(events, Events.range(0, size / events), first, Ordered.steps(value, events)).log();
    }

    @Override
    public Expr contains(Expr value) {
        Expr ordered = Ordered.ORDERED.contains(value);
        int events = ordered.shape().size();
        if (events == 0) return ordered;
        return ordered.times(Expr.of(0).le(Events.pick(events, Events.range(0, 1), value)).reshape(ordered.shape()));
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (event, x, label) ->
                x[0] < 0 ? Violations.of("not be negative", 0, x, label) : Violations.descent(x, label));
    }

    @Override
    public Expr interior(Shape shape) {
        return Ordered.ORDERED.interior(shape).plus(1);
    }

    @Override
    public Reach reach(Shape shape) {
        return Reach.of(0, Double.POSITIVE_INFINITY, shape.size()).dependent();
    }

    @Override
    public String toString() {
        return "positive ordered vector";
    }
}

package org.fluvia.support;

import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;

/**
 * Vectors of K >= 1 finite numbers in ascending order. The transform is x[1] = u[1], x[k] = x[k-1] + exp(u[k]), with
 * log |J| = u[2] + ... + u[K]. Stan Reference Manual, "Ordered vector".
 *
 * <p>Equal neighbours lie inside, because a step below a rounding of its neighbour vanishes.
 */
final class Ordered implements Region {
    static final Ordered ORDERED = new Ordered();

    private Ordered() {}

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
        int k = u.shape().size() / events;
        Expr logSteps = Events.pick(events, Events.range(1, k), u);
        Expr parts = Events.pick(events, Events.range(0, k), Events.pick(events, Events.range(0, 1), u), logSteps.exp());
        return new Constrained(Events.cumulativeSum(parts, events).reshape(shape), logSteps.sum());
    }

    @Override
    public Expr unconstrain(Expr value) {
        int size = unconstrainedSize(value.shape());
        int events = Events.count(value.shape(), 1);
        if (events == 0) return value.flatten();
        int k = size / events;
        Expr first = Events.pick(events, Events.range(0, 1), value);
        return Events.pick(events, Events.range(0, k), first, steps(value, events).log());
    }

    /** What each element but the first has more than the one before. */
    static Expr steps(Expr value, int events) {
        int k = value.shape().size() / events;
        return Events.pick(events, Events.range(1, k), value).minus(Events.pick(events, Events.range(0, k - 1), value));
    }

    @Override
    public Expr contains(Expr value) {
        checkShape("the value", value.shape());
        Shape leading = Events.leading(value.shape(), 1);
        int events = leading.size();
        if (events == 0) return Expr.vector().reshape(leading);
        int k = value.shape().size() / events;
        Expr infinite = Expr.of(1).minus(value.flatten().isFinite());
        Expr descends = Events.pick(events, Events.range(1, k), value)
                .lt(Events.pick(events, Events.range(0, k - 1), value));
        return Events.sum(infinite, events).plus(Events.sum(descends, events)).eq(0).reshape(leading);
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (event, x, label) -> Violations.descent(x, label));
    }

    @Override
    public Expr interior(Shape shape) {
        checkShape("the value", shape);
        double[] x = new double[shape.dim(shape.rank() - 1)];
        for (int i = 0; i < x.length; i++) x[i] = i;
        return Events.each(Events.count(shape, 1), x).reshape(shape);
    }

    @Override
    public Reach reach(Shape shape) {
        return Reach.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, shape.size()).dependent();
    }

    @Override
    public String toString() {
        return "ordered vector";
    }
}

package org.fluvia.support;

import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;

/**
 * Vectors of K >= 2 finite numbers that sum to 0. The transform is linear and keeps lengths and angles: with
 * w[k] = u[k] / sqrt(k (k + 1)), k = 1, ..., K - 1, it is x[k] = (sum over m >= k of w[m]) - (k - 1) w[k - 1]. So log |J| = 0
 * in the plane of these vectors, and a standard normal u gives elements of variance 1 - 1/K. Stan Reference Manual (2.36),
 * "Zero sum vector"; Egozcue et al. 2003.
 */
final class SumToZero implements Region {
    static final SumToZero SUM_TO_ZERO = new SumToZero();

    private SumToZero() {}

    @Override
    public int eventRank() {
        return 1;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Events.checkVector(this, name, shape, 2, "One number that sums to 0 is 0: leave it out.");
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        checkShape("the value", shape);
        return shape.size() - Events.count(shape, 1);
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        Expr u = Events.checked(this, unconstrained, shape);
        int events = Events.count(shape, 1);
        if (events == 0) return Events.none(shape);
        return new Constrained(forward(u, events).reshape(shape), Expr.of(0));
    }

    /** The transform of each event. */
    static Expr forward(Expr u, int events) {
        int free = u.shape().size() / events;
        double[] scale = new double[free];
        double[] back = new double[free];
        int[] shared = Events.range(0, free + 1);
        int[] own = Events.range(-1, free);
        shared[free] = Events.ZERO;
        own[0] = Events.ZERO;
        for (int i = 0; i < free; i++) {
            scale[i] = 1 / Math.sqrt((i + 1.0) * (i + 2.0));
            back[i] = (i + 1) * scale[i];
        }
        return Events.pick(events, shared, Events.sumFrom(u.times(Events.each(events, scale)), events))
                .minus(Events.pick(events, own, u.times(Events.each(events, back))));
    }

    /** The inverse of {@link #forward}: its transpose. */
    static Expr inverse(Expr x, int events) {
        int free = x.shape().size() / events - 1;
        double[] scale = new double[free];
        double[] back = new double[free];
        for (int i = 0; i < free; i++) {
            scale[i] = 1 / Math.sqrt((i + 1.0) * (i + 2.0));
            back[i] = (i + 1) * scale[i];
        }
        Expr before = Events.pick(events, Events.range(0, free), Events.cumulativeSum(x, events));
        return before.times(Events.each(events, scale))
                .minus(Events.pick(events, Events.range(1, free + 1), x).times(Events.each(events, back)));
    }

    @Override
    public Expr unconstrain(Expr value) {
        checkShape("the value", value.shape());
        int events = Events.count(value.shape(), 1);
        return events == 0 ? value.flatten() : inverse(value.flatten(), events);
    }

    @Override
    public Expr contains(Expr value) {
        checkShape("the value", value.shape());
        Shape leading = Events.leading(value.shape(), 1);
        int events = leading.size();
        if (events == 0) return Expr.vector().reshape(leading);
        return isZero(Events.sum(value.flatten(), events), Events.sum(value.flatten().abs(), events)).reshape(leading);
    }

    /** Whether a sum is 0 to a rounding of its terms. */
    static Expr isZero(Expr sum, Expr sumOfSizes) {
        return sum.abs().le(sumOfSizes.max(Expr.of(1)).times(Violations.TOLERANCE)).times(sumOfSizes.isFinite());
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (event, x, label) -> {
            String bad = Violations.notFinite(x, label);
            double sum = 0;
            for (double v : x) sum += v;
            return bad != null ? bad : " must sum to 0, but sums to " + Violations.number(sum);
        });
    }

    @Override
    public Expr interior(Shape shape) {
        checkShape("the value", shape);
        return Expr.vector(new double[shape.size()]).reshape(shape);
    }

    @Override
    public Reach reach(Shape shape) {
        return Reach.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, shape.size()).dependent();
    }

    @Override
    public String toString() {
        return "sum-to-zero vector";
    }
}

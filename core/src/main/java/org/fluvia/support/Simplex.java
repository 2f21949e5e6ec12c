package org.fluvia.support;

import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;

/**
 * Vectors of K >= 2 numbers from 0 that sum to 1. The transform breaks pieces off a stick of length 1: with
 * a[k] = u[k] - log(K - k), k = 1, ..., K - 1, the k-th piece is the share sigmoid(a[k]) of what is left of it, and the last
 * element is the rest. It is computed on the log scale: log x[k] = log sigmoid(a[k]) + sum over m &lt; k of
 * log sigmoid(-a[m]). The Jacobian is that of the first K - 1 elements,
 * log |J| = sum over k of log sigmoid(a[k]) + (K - k) log sigmoid(-a[k]). Stan Reference Manual (up to 2.36), "Unit simplex".
 */
final class Simplex implements Region {
    static final Simplex SIMPLEX = new Simplex();

    private Simplex() {}

    @Override
    public int eventRank() {
        return 1;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Events.checkVector(this, name, shape, 2, "The only simplex of one element is 1: write Expr.vector(1).");
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
        int breaks = u.shape().size() / events;
        Expr a = u.minus(shares(events, breaks));
        Expr logRest = a.softplus().unaryMinus();
        Expr logShare = a.plus(logRest);
        int[] zeroFirst = Events.range(-1, breaks);
        int[] zeroLast = Events.range(0, breaks + 1);
        zeroFirst[0] = Events.ZERO;
        zeroLast[breaks] = Events.ZERO;
        Expr logStick = Events.cumulativeSum(Events.pick(events, zeroFirst, logRest), events);
        Expr logValue = Events.pick(events, zeroLast, logShare).plus(logStick);
        double[] weights = new double[breaks];
        for (int i = 0; i < breaks; i++) weights[i] = breaks - i;
        return new Constrained(logValue.exp().reshape(shape),
                logShare.sum().plus(logRest.dot(Events.each(events, weights))));
    }

    /** log(K - k): with it, u = 0 gives equal elements. */
    private static Expr shares(int events, int breaks) {
        double[] logs = new double[breaks];
        for (int i = 0; i < breaks; i++) logs[i] = StrictMath.log(breaks - i);
        return Events.each(events, logs);
    }

    @Override
    public Expr unconstrain(Expr value) {
        checkShape("the value", value.shape());
        int events = Events.count(value.shape(), 1);
        if (events == 0) return value.flatten();
        int breaks = value.shape().size() / events - 1;
        Expr piece = Events.pick(events, Events.range(0, breaks), value);
        Expr rest = Events.pick(events, Events.range(1, breaks + 1), Events.sumFrom(value.flatten(), events));
        return piece.log().minus(rest.log()).plus(shares(events, breaks));
    }

    @Override
    public Expr contains(Expr value) {
        checkShape("the value", value.shape());
        Shape leading = Events.leading(value.shape(), 1);
        int events = leading.size();
        if (events == 0) return Expr.vector().reshape(leading);
        Expr negative = Events.sum(value.flatten().lt(0), events);
        Expr error = Events.sum(value.flatten(), events).minus(1).abs();
        return error.le(Violations.TOLERANCE).times(negative.eq(0)).reshape(leading);
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (event, x, label) -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += x[i];
                if (x[i] < 0) return Violations.of("not be negative", i, x, label);
            }
            return " must sum to 1, but sums to " + Violations.number(sum);
        });
    }

    @Override
    public Expr interior(Shape shape) {
        checkShape("the value", shape);
        double[] x = new double[shape.dim(shape.rank() - 1)];
        java.util.Arrays.fill(x, 1.0 / x.length);
        return Events.each(Events.count(shape, 1), x).reshape(shape);
    }

    @Override
    public Reach reach(Shape shape) {
        return Reach.of(0, 1, shape.size()).dependent();
    }

    @Override
    public String toString() {
        return "simplex";
    }
}

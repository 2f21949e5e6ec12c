package org.fluvia.support;

import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;

/**
 * Vectors of K >= 2 numbers and length 1: directions. The transform is x = u / |u| from all K numbers, and in place of a
 * Jacobian, which does not exist, stands -|u|^2 / 2: with it u is standard normal where x is uniform, so the lengths of u
 * have a proper distribution of their own, chi with K degrees of freedom. The log evidence of a model is then that for the
 * surface measure plus log(2^(K/2 - 1) Gamma(K/2)). Stan Reference Manual, "Unit vector".
 *
 * <p>Boundary: u = 0 has no direction, its value is NaN. Of the many u that lead to x, {@link #unconstrain} gives x.
 */
final class UnitVector implements Region {
    static final UnitVector UNIT_VECTOR = new UnitVector();

    private UnitVector() {}

    @Override
    public int eventRank() {
        return 1;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Events.checkVector(this, name, shape, 2, "A unit vector of one element is 1 or -1, which no smooth map reaches.");
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
        Expr inverse = Events.sum(u.square(), events).sqrt().reciprocal();
        Expr each = events == 1 ? inverse.reshape(Shape.scalar()) : Events.pick(events, new int[k], inverse);
        return new Constrained(u.times(each).reshape(shape), u.square().sum().times(-0.5));
    }

    @Override
    public Expr unconstrain(Expr value) {
        checkShape("the value", value.shape());
        return value.flatten();
    }

    @Override
    public Expr contains(Expr value) {
        checkShape("the value", value.shape());
        Shape leading = Events.leading(value.shape(), 1);
        if (leading.size() == 0) return Expr.vector().reshape(leading);
        Expr error = Events.sum(value.flatten().square(), leading.size()).minus(1).abs();
        return error.le(Violations.TOLERANCE).reshape(leading);
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (event, x, label) -> {
            double square = 0;
            for (double v : x) square += v * v;
            return " must have length 1, but has length " + Violations.number(Math.sqrt(square));
        });
    }

    /** Equal elements, as 0 has no image. */
    @Override
    public Expr interior(Shape shape) {
        checkShape("the value", shape);
        double[] x = new double[shape.dim(shape.rank() - 1)];
        java.util.Arrays.fill(x, 1 / Math.sqrt(x.length));
        return Events.each(Events.count(shape, 1), x).reshape(shape);
    }

    @Override
    public Reach reach(Shape shape) {
        return Reach.of(-1, 1, shape.size()).dependent();
    }

    @Override
    public String toString() {
        return "unit vector";
    }
}

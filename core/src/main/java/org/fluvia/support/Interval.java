package org.fluvia.support;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.op.Reach;
import org.jspecify.annotations.Nullable;

/**
 * The numbers from a lower bound a to an upper bound b. The transform is x = a + (b - a) sigmoid(u), with
 * log |J| = log(b - a) + log sigmoid(u) + log sigmoid(-u) = log(b - a) + u - 2 softplus(u).
 */
final class Interval implements Region {
    private final Expr lower;
    private final Expr upper;

    private Interval(Expr lower, Expr upper) {
        this.lower = lower;
        this.upper = upper;
    }

    static Interval of(Expr lower, Expr upper) {
        Elementwise.checkFinite("interval", lower);
        Elementwise.checkFinite("interval", upper);
        if (!lower.shape().isScalar() && !upper.shape().isScalar() && !lower.shape().equals(upper.shape())) {
            throw new IllegalArgumentException("interval: bounds must be scalars or have equal shapes, but have "
                    + lower.shape() + " and " + upper.shape() + Source.suffix());
        }
        if (!lower.isPerDraw() && !upper.isPerDraw()) SharedValues.check(() -> checkOrder(lower, upper));
        return new Interval(lower, upper);
    }

    private static void checkOrder(Expr lower, Expr upper) {
        double[] a = SharedValues.of(lower);
        double[] b = SharedValues.of(upper);
        for (int i = 0; i < (a.length == 1 ? b.length : a.length); i++) {
            double low = a[a.length == 1 ? 0 : i];
            double high = b[b.length == 1 ? 0 : i];
            if (!(low < high)) {
                throw new IllegalArgumentException("interval: the upper bound must be above the lower bound " + low
                        + ", but was " + high + Elementwise.where(upper, i) + ". Give the smaller bound first.");
            }
        }
    }

    @Override
    public Expr lower() {
        return lower;
    }

    @Override
    public Expr upper() {
        return upper;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Elementwise.checkFits(this, "lower bound", lower, name, shape);
        Elementwise.checkFits(this, "upper bound", upper, name, shape);
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        return shape.size();
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        checkShape("the value", shape);
        Expr u = Elementwise.shaped(this, unconstrained, shape);
        Expr width = upper.minus(lower);
        Expr value = u.sigmoid().times(width).plus(lower);
        if (mayRoundBeyond(width)) value = value.min(upper);
        return new Constrained(value, u.minus(u.softplus().times(2)).plus(width.log()).sum());
    }

    /** Whether a + (b - a) may be more than b. It cannot for most bounds, and they are spared the operation. */
    private boolean mayRoundBeyond(Expr width) {
        if (lower.isPerDraw() || upper.isPerDraw()) return true;
        for (double within : SharedValues.of(lower.plus(width).le(upper))) {
            if (within == 0) return true;
        }
        return false;
    }

    @Override
    public Expr unconstrain(Expr value) {
        return value.minus(lower).log().minus(upper.minus(value).log()).flatten();
    }

    @Override
    public Expr contains(Expr value) {
        return lower.le(value).times(value.le(upper));
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (i, x, label) -> Elementwise.wrong(x[0], "from "
                + Violations.number(Elementwise.element(lower, i)) + " to " + Violations.number(Elementwise.element(upper, i))));
    }

    @Override
    public Expr interior(Shape shape) {
        return lower.plus(upper.minus(lower).times(0.5));
    }

    @Override
    public Region mapBounds(UnaryOperator<Expr> replacement) {
        return new Interval(replacement.apply(lower), replacement.apply(upper));
    }

    @Override
    public @Nullable Reach reach(Shape shape) {
        return Elementwise.reach(lower, upper, shape);
    }

    @Override
    public String toString() {
        return "interval (" + Elementwise.text(lower) + ", " + Elementwise.text(upper) + ")";
    }
}

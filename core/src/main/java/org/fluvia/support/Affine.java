package org.fluvia.support;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.op.Reach;

/**
 * All finite numbers, seen from an offset in units of a multiplier. The transform is x = offset + multiplier u, log |J| is the
 * sum of log multiplier over the elements. Stan Reference Manual, "Affinely transformed scalar".
 */
final class Affine implements Region {
    private final Expr offset;
    private final Expr multiplier;

    private Affine(Expr offset, Expr multiplier) {
        this.offset = offset;
        this.multiplier = multiplier;
    }

    static Affine of(Expr offset, Expr multiplier) {
        if (!offset.isPerDraw()) check("offset", offset, false);
        if (!multiplier.isPerDraw()) check("multiplier", multiplier, true);
        return new Affine(offset, multiplier);
    }

    private static void check(String which, Expr x, boolean positive) {
        double[] values = SharedValues.of(x);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i]) || positive && !(values[i] > 0)) {
                throw new IllegalArgumentException("affine: the " + which + " must be " + (positive ? "positive and " : "")
                        + "finite, but was " + values[i] + Elementwise.where(x, i) + ". "
                        + (positive ? "Use a scale." : "Leave the offset 0 where there is none."));
            }
        }
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Elementwise.checkFits(this, "offset", offset, name, shape);
        Elementwise.checkFits(this, "multiplier", multiplier, name, shape);
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        return shape.size();
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        checkShape("the value", shape);
        Expr u = Elementwise.shaped(this, unconstrained, shape);
        Expr logUnit = multiplier.log();
        Expr logJacobian = multiplier.shape().isScalar() ? logUnit.times(shape.size()) : logUnit.sum();
        return new Constrained(u.times(multiplier).plus(offset), logJacobian);
    }

    @Override
    public Expr unconstrain(Expr value) {
        return value.minus(offset).div(multiplier).flatten();
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
        return offset;
    }

    @Override
    public Region mapBounds(UnaryOperator<Expr> replacement) {
        return new Affine(replacement.apply(offset), replacement.apply(multiplier));
    }

    @Override
    public Reach reach(Shape shape) {
        return Reach.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, shape.size());
    }

    @Override
    public String toString() {
        return "real from " + Elementwise.text(offset) + " in units of " + Elementwise.text(multiplier);
    }
}

package org.fluvia.support;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.jspecify.annotations.Nullable;

/** The whole numbers from 0, with or without an upper bound: counts. No smooth map reaches them. */
public final class Whole implements Support {
    static final Whole FROM_ZERO = new Whole(null);
    /** From here on every double is whole, and below it adding this leaves no room for a fraction. */
    private static final double ALL_WHOLE = 0x1p52;

    private final @Nullable Expr upper;

    private Whole(@Nullable Expr upper) {
        this.upper = upper;
    }

    static Whole upTo(Expr upper) {
        Elementwise.checkFinite("whole numbers", upper);
        return new Whole(upper);
    }

    /** The upper bound, a scalar or of the value's shape; null if there is none. */
    public @Nullable Expr upper() {
        return upper;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        throw noTransform(name);
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        throw noTransform("a parameter");
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        throw noTransform("a parameter");
    }

    @Override
    public Expr unconstrain(Expr value) {
        throw noTransform("a parameter");
    }

    private IllegalArgumentException noTransform(String name) {
        return new IllegalArgumentException(this + ": " + name + " must be continuous, but its support is discrete"
                + Source.suffix() + ". Sum it out of the density, or observe it as data.");
    }

    @Override
    public Expr contains(Expr value) {
        Expr whole = value.plus(ALL_WHOLE).minus(ALL_WHOLE).eq(value).max(Expr.of(ALL_WHOLE).le(value));
        Expr inside = Expr.of(0).le(value).times(whole);
        return inside.times(upper == null ? value.isFinite() : value.le(upper));
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (i, x, label) -> Elementwise.wrong(x[0],
                "a whole number from 0" + (upper == null ? "" : " to " + Violations.number(Elementwise.element(upper, i)))));
    }

    @Override
    public Expr interior(Shape shape) {
        return upper == null ? Expr.of(0) : upper.times(0);
    }

    @Override
    public Support mapBounds(UnaryOperator<Expr> replacement) {
        return upper == null ? this : new Whole(replacement.apply(upper));
    }

    @Override
    public String toString() {
        if (upper == null) return "whole numbers from 0";
        String to = Elementwise.text(upper);
        return to.equals("1") ? "0 or 1" : "whole numbers from 0 to " + to;
    }
}

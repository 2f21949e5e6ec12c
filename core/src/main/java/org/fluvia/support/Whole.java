package org.fluvia.support;

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
    public int unconstrainedSize(Shape shape) {
        throw noTransform();
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        throw noTransform();
    }

    @Override
    public Expr unconstrain(Expr value) {
        throw noTransform();
    }

    private IllegalArgumentException noTransform() {
        return new IllegalArgumentException(this + ": a parameter must be continuous, but its support is discrete"
                + Source.suffix() + ". Sum it out of the density, or observe it as data.");
    }

    @Override
    public Expr contains(Expr value) {
        Expr whole = value.plus(ALL_WHOLE).minus(ALL_WHOLE).eq(value).max(Expr.of(ALL_WHOLE).le(value));
        Expr inside = Expr.of(0).le(value).times(whole);
        return inside.times(upper == null ? value.isFinite() : value.le(upper));
    }

    @Override
    public Expr interior() {
        return upper == null ? Expr.of(0) : upper.times(0);
    }

    @Override
    public String toString() {
        if (upper == null) return "whole numbers from 0";
        String to = Elementwise.text(upper);
        return to.equals("1") ? "0 or 1" : "whole numbers from 0 to " + to;
    }
}

package org.fluvia.support;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.jspecify.annotations.Nullable;

/**
 * The whole numbers from a bound on, most often 0, with or without an upper bound: counts, categories and ranks. No smooth map
 * reaches them.
 */
final class Whole implements Region {
    static final Whole FROM_ZERO = new Whole(Expr.of(0), null);

    private final Expr lower;
    private final @Nullable Expr upper;

    private Whole(Expr lower, @Nullable Expr upper) {
        this.lower = lower;
        this.upper = upper;
    }

    static Whole between(Expr lower, Expr upper) {
        Elementwise.checkFinite("whole numbers", lower);
        Elementwise.checkFinite("whole numbers", upper);
        return new Whole(lower, upper);
    }

    @Override
    public Expr lower() {
        return lower;
    }

    @Override
    public @Nullable Expr upper() {
        return upper;
    }

    @Override
    public boolean isDiscrete() {
        return true;
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
        Expr inside = lower.le(value).times(Functions.floor(value).eq(value));
        return inside.times(upper == null ? value.isFinite() : value.le(upper));
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (i, x, label) -> Elementwise.wrong(x[0],
                "a whole number from " + Violations.number(Elementwise.element(lower, i))
                        + (upper == null ? "" : " to " + Violations.number(Elementwise.element(upper, i)))));
    }

    @Override
    public Expr interior(Shape shape) {
        return upper == null ? lower : lower.plus(upper.times(0));
    }

    @Override
    public Region mapBounds(UnaryOperator<Expr> replacement) {
        return new Whole(replacement.apply(lower), upper == null ? null : replacement.apply(upper));
    }

    @Override
    public String toString() {
        String from = Elementwise.text(lower);
        if (upper == null) return "whole numbers from " + from;
        String to = Elementwise.text(upper);
        return from.equals("0") && to.equals("1") ? "0 or 1" : "whole numbers from " + from + " to " + to;
    }
}

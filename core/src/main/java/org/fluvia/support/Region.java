package org.fluvia.support;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;
import org.jspecify.annotations.Nullable;

/** A set of values and the smooth map onto it: what a {@link Support} is made of, where its methods are described. */
interface Region {
    default int eventRank() {
        return 0;
    }

    default boolean isDiscrete() {
        return false;
    }

    default boolean isOpen() {
        return false;
    }

    default @Nullable Expr lower() {
        return null;
    }

    default @Nullable Expr upper() {
        return null;
    }

    void checkShape(String name, Shape shape);

    int unconstrainedSize(Shape shape);

    Constrained constrain(Expr unconstrained, Shape shape);

    Expr unconstrain(Expr value);

    Expr contains(Expr value);

    Optional<String> violation(String name, Expr value);

    Expr interior(Shape shape);

    default @Nullable Reach reach(Shape shape) {
        return null;
    }

    default Region mapBounds(UnaryOperator<Expr> replacement) {
        return this;
    }

    /** In words: "at least 0", "simplex". */
    @Override
    String toString();
}

package org.fluvia.stan.value;

import org.fluvia.autodiff.Expr;
import org.jspecify.annotations.Nullable;

/** Where values are that were recorded in iterations one after the other, once these are a scan. */
@FunctionalInterface
public interface Moved {
    /** Null if the expression is still the one that has the value. */
    @Nullable Place place(Expr value);

    /**
     * A part of a vector.
     *
     * @param from the first element, counted from 0
     */
    record Place(Expr vector, int from) {}
}

package org.fluvia.flows;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;

/** The checks of dimensions that bijections have in common. */
final class Dimensions {
    private Dimensions() {}

    /** The dimension, which must be at least 1. */
    static int positive(String what, int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException(what + ": dimension must be at least 1, but was " + dimension);
        }
        return dimension;
    }

    static void checkForward(Bijection map, Expr x) {
        check(map + ".forward: x", map.dimension(), x);
    }

    static void checkInverse(Bijection map, Expr y) {
        check(map + ".inverse: y", map.dimension(), y);
    }

    static void check(String argument, int dimension, Expr x) {
        Shape needed = Shape.of(dimension);
        if (!x.shape().equals(needed)) {
            throw new IllegalArgumentException(argument + " must have shape " + needed + ", but was of shape " + x.shape()
                    + Source.suffix());
        }
    }
}

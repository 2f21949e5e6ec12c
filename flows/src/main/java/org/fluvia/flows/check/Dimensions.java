package org.fluvia.flows.check;

import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;

/** The checks of sizes and of bounds that maps and networks have in common. */
public final class Dimensions {
    private Dimensions() {}

    /** The dimension, which must be at least 1. */
    public static int positive(String what, int dimension) {
        atLeast(what, "dimension", 1, dimension);
        return dimension;
    }

    /** A number of something, which must be this or more. */
    public static void atLeast(String what, String argument, int least, int count) {
        if (count < least) throw new IllegalArgumentException(what + ": " + argument + " must be at least " + least + ", but was " + count);
    }

    /** A bound, which must be positive and finite. */
    public static void bound(String what, String argument, double bound) {
        if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + ": " + argument + " must be positive and finite, but was " + bound);
        }
    }

    /** A part of something, which must be more than none and less than all of it. */
    public static void part(String what, String argument, double part) {
        if (!(part > 0 && part < 1)) {
            throw new IllegalArgumentException(what + ": " + argument + " must be more than 0 and less than 1, but was " + part);
        }
    }

    /** The argument of what is asked, for messages ".forward: x", must be a vector of this dimension. */
    public static void check(Object asked, String argument, int dimension, Expr x) {
        Shape needed = Shape.of(dimension);
        if (x == null) throw new IllegalArgumentException(asked + argument + " must have shape " + needed + ", but was null");
        if (!x.shape().equals(needed)) {
            throw new IllegalArgumentException(asked + argument + " must have shape " + needed + ", but was of shape " + x.shape()
                    + Source.suffix());
        }
    }

    /** The size of a matrix, which must be square and finite, and have at least one row. */
    public static int square(String what, String argument, DMatrixRMaj matrix) {
        present(what, argument, matrix);
        if (matrix.numRows != matrix.numCols || matrix.numRows < 1) {
            throw new IllegalArgumentException(what + ": " + argument + " must be square, but was " + matrix.numRows + " x " + matrix.numCols);
        }
        finite(what, argument, matrix.data, matrix.getNumElements());
        return matrix.numRows;
    }

    /** The first n numbers of an argument, which must be finite. */
    public static void finite(String what, String argument, double[] values, int n) {
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(what + ": " + argument + " must be finite, but was " + values[i] + " at index " + i);
            }
        }
    }

    /** A copy of the widths of a network's hidden layers, each of which must be at least 1. */
    public static List<Integer> widths(String what, List<Integer> hidden) {
        if (hidden == null || hidden.stream().anyMatch(width -> width == null || width < 1)) {
            throw new IllegalArgumentException(what + ": hidden widths must be at least 1, but were " + hidden);
        }
        return List.copyOf(hidden);
    }

    /** A copy of the list, which must not be null, nor hold one. */
    public static <T> List<T> all(String what, String argument, List<? extends T> values) {
        if (present(what, argument, values).stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(what + ": " + argument + " must not be null, but were " + values);
        }
        return List.copyOf(values);
    }

    /** The argument, which must not be null. */
    public static <T> T present(String what, String argument, T value) {
        if (value == null) throw new IllegalArgumentException(what + ": " + argument + " must not be null");
        return value;
    }
}

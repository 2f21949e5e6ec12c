package org.fluvia.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.jspecify.annotations.Nullable;

/**
 * What the supports of vectors and matrices have in common. A value of several events is here a vector of all their
 * elements, one event after the other, so that an array takes no more operations than one event.
 */
final class Events {
    /** As a position to {@link #pick}: not an element, but the number 0 or 1. */
    static final int ZERO = -1;
    static final int ONE = -2;

    private static final int FEW = 3;

    private Events() {}

    /** The number of events: the product of the axes before the last ones, which make an event. */
    static int count(Shape shape, int eventRank) {
        return leading(shape, eventRank).size();
    }

    /** The axes before those of an event. */
    static Shape leading(Shape shape, int eventRank) {
        return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - eventRank));
    }

    /** The unconstrained vector, once the shape and its length are checked. */
    static Expr checked(Region region, Expr unconstrained, Shape shape) {
        int size = region.unconstrainedSize(shape);
        if (unconstrained.shape().rank() > 1 || unconstrained.shape().size() != size) {
            throw new IllegalArgumentException(region + ": the unconstrained value must be a vector of " + size
                    + " for a value of shape " + shape + ", but has shape " + unconstrained.shape() + Source.suffix());
        }
        return unconstrained.flatten();
    }

    /** Checks that a shape ends with a vector's length. */
    static void checkVector(Region region, String name, Shape shape, int shortest, String instead) {
        if (shape.isScalar()) {
            throw new IllegalArgumentException(region + ": " + name + " must be a vector, but is declared as a scalar"
                    + Source.suffix() + ". Give its length as the last dimension.");
        }
        if (shape.dim(shape.rank() - 1) < shortest) {
            throw new IllegalArgumentException(region + ": " + name + " must have at least " + shortest
                    + (shortest == 1 ? " element" : " elements") + ", but has shape " + shape + Source.suffix() + ". "
                    + instead);
        }
    }

    /** Checks that a shape ends with a matrix' rows and columns. */
    static void checkMatrix(Region region, String name, Shape shape, int smallest, String instead) {
        int rank = shape.rank();
        if (rank < 2) {
            throw new IllegalArgumentException(region + ": " + name + " must be a matrix, but is declared "
                    + (rank == 0 ? "as a scalar" : "with shape " + shape) + Source.suffix()
                    + ". Give its rows and columns as the last two dimensions.");
        }
        if (Math.min(shape.dim(rank - 1), shape.dim(rank - 2)) < smallest) {
            throw new IllegalArgumentException(region + ": " + name + " must have at least " + smallest
                    + (smallest == 1 ? " row and column" : " rows and columns") + ", but has shape " + shape
                    + Source.suffix() + ". " + instead);
        }
    }

    /** Checks that a shape ends with the rows and columns of a square matrix. */
    static void checkSquare(Region region, String name, Shape shape) {
        checkMatrix(region, name, shape, 1, "Leave it out where there is nothing to correlate.");
        int rank = shape.rank();
        if (shape.dim(rank - 1) != shape.dim(rank - 2)) {
            throw new IllegalArgumentException(region + ": " + name + " must be square, but has shape " + shape
                    + Source.suffix() + ". Its last two dimensions must be equal.");
        }
    }

    /**
     * The elements at these positions of each event, counted from 0 within it; or {@link #ZERO} or {@link #ONE}.
     *
     * @param sources parts that make an event together, each with the parts of all events one after the other
     */
    static Expr pick(int events, int[] positions, Expr... sources) {
        Expr joined = events == 1 ? joined(positions, sources) : null;
        if (joined != null) return joined;
        int total = 0;
        for (Expr s : sources) total += s.shape().size();
        double[] index = new double[events * positions.length];
        boolean constants = false;
        for (int i = 0; i < positions.length; i++) {
            constants |= positions[i] < 0;
            int start = positions[i] < 0 ? total - 1 - positions[i] : 0;
            int stride = 0;
            if (positions[i] >= 0) {
                int part = 0;
                int within = positions[i];
                for (; within >= sources[part].shape().size() / events; part++) {
                    within -= sources[part].shape().size() / events;
                    start += sources[part].shape().size();
                }
                start += within;
                stride = sources[part].shape().size() / events;
            }
            for (int e = 0; e < events; e++) index[e * positions.length + i] = start + e * stride;
        }
        Expr all = Expr.concat(sources);
        return (constants ? Expr.concat(all, Expr.vector(0, 1)) : all).get(Expr.vector(index));
    }

    /** The same from slices, of which nothing is copied before they are joined; null if there are many. */
    private static @Nullable Expr joined(int[] positions, Expr... sources) {
        List<Expr> parts = new ArrayList<>();
        for (int from = 0, to = 1; from < positions.length; from = to++) {
            while (to < positions.length && positions[from] >= 0 && positions[to] == positions[to - 1] + 1) to++;
            if (parts.size() == FEW) return null;
            if (positions[from] < 0) {
                parts.add(Expr.of(positions[from] == ZERO ? 0 : 1));
            } else {
                parts.add(Expr.concat(sources).slice(positions[from], positions[to - 1] + 1));
            }
        }
        return parts.isEmpty() ? null : Expr.concat(parts.toArray(new Expr[0]));
    }

    /** from, from + 1, ..., to - 1. */
    static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** Numbers by position within an event, for all events. */
    static Expr each(int events, double... byPosition) {
        double[] all = new double[events * byPosition.length];
        for (int e = 0; e < events; e++) System.arraycopy(byPosition, 0, all, e * byPosition.length, byPosition.length);
        return Expr.vector(all);
    }

    /** Within each event, the sums of the elements up to each, itself included. */
    static Expr cumulativeSum(Expr x, int events) {
        return Functions.cumulativeSum(byEvent(x, events)).flatten();
    }

    /** Within each event, the sums of the elements from each on, itself included. */
    static Expr sumFrom(Expr x, int events) {
        return Functions.reverseCumulativeSum(byEvent(x, events)).flatten();
    }

    /** The sum of each event: a vector of as many as there are events. */
    static Expr sum(Expr x, int events) {
        return Functions.sum(byEvent(x, events), -1);
    }

    private static Expr byEvent(Expr x, int events) {
        return x.reshape(Shape.of(events, x.shape().size() / events));
    }

    /** The value of no events. */
    static Constrained none(Shape shape) {
        return new Constrained(Expr.vector().reshape(shape), Expr.of(0));
    }
}

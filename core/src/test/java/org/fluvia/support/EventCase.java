package org.fluvia.support;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Shape;

/**
 * A support of vectors or matrices for the contract.
 *
 * @param factory the signature of the factory that made it
 * @param event the shape of one event
 * @param coordinates the elements of an event whose Jacobian has the log-determinant, as many as are free; empty if the
 *     transform keeps lengths instead; null if there is no Jacobian
 * @param steepest how far from 0 unconstrained values may lie before values round to the boundary
 */
record EventCase(String factory, Support support, Shape event, int[] coordinates, double steepest) {

    /** Every factory of {@link Support} for vectors and matrices. */
    static List<EventCase> all() {
        return List.of(
                vector("ordered()", Support.ordered(), 1, 1, 700),
                vector("ordered()", Support.ordered(), 4, 4, 700),
                vector("positiveOrdered()", Support.positiveOrdered(), 1, 1, 700),
                vector("positiveOrdered()", Support.positiveOrdered(), 5, 5, 700),
                vector("simplex()", Support.simplex(), 2, 1, 700),
                vector("simplex()", Support.simplex(), 6, 5, 140),
                new EventCase("unitVector()", Support.unitVector(), Shape.of(2), null, 700),
                new EventCase("unitVector()", Support.unitVector(), Shape.of(5), null, 700),
                new EventCase("sumToZero()", Support.sumToZero(), Shape.of(2), new int[0], 700),
                new EventCase("sumToZero()", Support.sumToZero(), Shape.of(6), new int[0], 700),
                new EventCase("sumToZeroMatrix()", Support.sumToZeroMatrix(), Shape.of(2, 2), new int[0], 700),
                new EventCase("sumToZeroMatrix()", Support.sumToZeroMatrix(), Shape.of(3, 4), new int[0], 700),
                matrix("choleskyFactorCorr()", Support.choleskyFactorCorr(), 1, 1, false, 700),
                matrix("choleskyFactorCorr()", Support.choleskyFactorCorr(), 2, 2, false, 700),
                matrix("choleskyFactorCorr()", Support.choleskyFactorCorr(), 5, 5, false, 170),
                matrix("choleskyFactorCov()", Support.choleskyFactorCov(), 1, 1, true, 700),
                matrix("choleskyFactorCov()", Support.choleskyFactorCov(), 3, 3, true, 700),
                matrix("choleskyFactorCov()", Support.choleskyFactorCov(), 4, 2, true, 700),
                matrix("corrMatrix()", Support.corrMatrix(), 1, 1, false, 700),
                matrix("corrMatrix()", Support.corrMatrix(), 2, 2, false, 8),
                matrix("corrMatrix()", Support.corrMatrix(), 4, 4, false, 2),
                matrix("covMatrix()", Support.covMatrix(), 1, 1, true, 300),
                matrix("covMatrix()", Support.covMatrix(), 3, 3, true, 3));
    }

    private static EventCase vector(String factory, Support s, int size, int free, double steepest) {
        return new EventCase(factory, s, Shape.of(size), IntStream.range(0, free).toArray(), steepest);
    }

    private static EventCase matrix(String factory, Support s, int rows, int columns, boolean diagonal, double steepest) {
        int[] lower = IntStream.range(0, rows * columns)
                .filter(i -> i % columns < i / columns || diagonal && i % columns == i / columns).toArray();
        return new EventCase(factory, s, Shape.of(rows, columns), lower, steepest);
    }

    /** The number of unconstrained values of an event. */
    int free() {
        return support.unconstrainedSize(event);
    }

    /** The shape of several events. */
    Shape shape(int... leading) {
        int[] dims = Arrays.copyOf(leading, leading.length + event.rank());
        System.arraycopy(event.dims(), 0, dims, leading.length, event.rank());
        return Shape.of(dims);
    }

    /** An unconstrained vector of one event, different for each number. */
    double[] point(int number, double scale) {
        double[] u = new double[free()];
        for (int i = 0; i < u.length; i++) u[i] = scale * StrictMath.cos(1 + 3 * i + 7.3 * number);
        return u;
    }

    @Override
    public String toString() {
        return factory + " " + event;
    }
}

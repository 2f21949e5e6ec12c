package org.fluvia.flows.distance;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.check.Dimensions;

/**
 * Two sets of points as columns of one matrix, the first set first, and divided by a power of two so that no square of a difference
 * overflows. Immutable.
 *
 * @param points d x (m + n)
 * @param m the size of the first set
 * @param scale what a distance is to be multiplied with
 */
record TwoSets(DMatrixRMaj points, int m, double scale) {
    private static final int MOST_OF_MEDIAN = 1_000;

    /**
     * @param what who asks, for messages
     * @param x elements x draws; not modified
     * @param least points that either set must have
     * @throws IllegalArgumentException if they are of different width or too few, or a number is not finite
     */
    static TwoSets of(String what, DMatrixRMaj x, DMatrixRMaj y, int least) {
        check(what, "x", x, least);
        check(what, "y", y, least);
        if (x.numRows != y.numRows) {
            throw new IllegalArgumentException(what + ": y must have " + x.numRows + " rows, one for each element, as x has, but had " + y.numRows);
        }
        double largest = 0;
        for (int i = 0; i < x.getNumElements(); i++) largest = Math.max(largest, Math.abs(x.data[i]));
        for (int i = 0; i < y.getNumElements(); i++) largest = Math.max(largest, Math.abs(y.data[i]));
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        DMatrixRMaj all = new DMatrixRMaj(x.numRows, x.numCols + y.numCols);
        for (int i = 0; i < all.numRows; i++) {
            for (int j = 0; j < all.numCols; j++) {
                all.set(i, j, Math.scalb(j < x.numCols ? x.get(i, j) : y.get(i, j - x.numCols), -exponent));
            }
        }
        return new TwoSets(all, x.numCols, Math.scalb(1.0, exponent));
    }

    private static void check(String what, String argument, DMatrixRMaj x, int least) {
        Dimensions.present(what, argument, x);
        Dimensions.atLeast(what, "rows of " + argument + ", one for each element,", 1, x.numRows);
        Dimensions.atLeast(what, "columns of " + argument + ", one for each draw,", least, x.numCols);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                if (!Double.isFinite(x.get(i, j))) {
                    throw new IllegalArgumentException(what + ": " + argument + " must be finite, but element " + i + " of draw " + j + " was " + x.get(i, j));
                }
            }
        }
    }

    /** The size of the second set. */
    int n() {
        return points.numCols - m;
    }

    /** How many points there are. */
    int size() {
        return points.numCols;
    }

    int dimension() {
        return points.numRows;
    }

    /**
     * The median distance between points, of 1,000 where there are more; the mean one where half of all points are the same, and 1 where all are.
     */
    double medianDistance() {
        int k = Math.min(MOST_OF_MEDIAN, size());
        double[] distances = new double[k * (k - 1) / 2];
        int at = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) distances[at++] = distance((int) ((long) i * size() / k), (int) ((long) j * size() / k));
        }
        Arrays.sort(distances);
        double median = distances[distances.length / 2];
        if (median > 0) return median;
        double mean = Arrays.stream(distances).sum() / distances.length;
        return mean > 0 ? mean : 1;
    }

    private double distance(int i, int j) {
        double square = 0;
        for (int row = 0; row < points.numRows; row++) square += (points.get(row, i) - points.get(row, j)) * (points.get(row, i) - points.get(row, j));
        return Math.sqrt(square);
    }
}

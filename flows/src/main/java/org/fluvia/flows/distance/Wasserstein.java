package org.fluvia.flows.distance;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.flows.check.Dimensions;

/**
 * The Wasserstein distance of order p between two sets of points: (the least mean of |x - y|^p)^(1/p) when each set is moved onto the
 * other. In one dimension it is that of the quantiles. In more, moving costs too much to be solved for, and the distance is sliced
 * (Bonneel et al. 2015): the points are projected onto lines of random directions, and W^p = mean over lines of that of the projections.
 *
 * <p>It is in the units of the points. Two sets from one distribution are some way apart too, the less the more points there are. Time is
 * lines n log n.
 *
 * @param value the distance; exact in one dimension
 * @param standardError that of the choice of lines; 0 in one dimension
 */
public record Wasserstein(double value, double standardError) {
    private static final int LINES = 200;

    /** Between two sets of numbers, exactly. */
    public static double between(double[] x, double[] y, double order) {
        Dimensions.present("Wasserstein", "x", x);
        Dimensions.present("Wasserstein", "y", y);
        return between(new DMatrixRMaj(1, x.length, true, x), new DMatrixRMaj(1, y.length, true, y), order, 1, 0).value;
    }

    /** Sliced, on 200 lines, of order 2 as usual. */
    public static Wasserstein between(DMatrixRMaj x, DMatrixRMaj y) {
        return between(x, y, 2, LINES, 1);
    }

    /**
     * Sliced.
     *
     * @param x elements x draws; not modified
     * @param y as many elements, any number of draws; not modified
     * @param order p, at least 1: usually 1 or 2
     * @param lines how many; the error shrinks with their square root
     * @param seed of their directions
     * @throws IllegalArgumentException if a set is empty, the two are of different width, or a number is not finite
     */
    public static Wasserstein between(DMatrixRMaj x, DMatrixRMaj y, double order, int lines, long seed) {
        if (!(order >= 1 && order < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Wasserstein: order must be at least 1 and finite, but was " + order);
        }
        Dimensions.atLeast("Wasserstein", "lines", 1, lines);
        TwoSets sets = TwoSets.of("Wasserstein", x, y, 1);
        int d = sets.dimension();
        double[] powers = IntStream.range(0, d == 1 ? 1 : lines).mapToDouble(line -> power(sets, direction(d, line, seed), order)).toArray();
        double mean = Arrays.stream(powers).sum() / powers.length;
        double squares = Arrays.stream(powers).map(p -> (p - mean) * (p - mean)).sum();
        double value = StrictMath.pow(mean, 1 / order);
        // of W from that of W^p
        double error = squares == 0 || powers.length == 1 ? 0 : Math.sqrt(squares / (powers.length - 1) / powers.length) * value / (order * mean);
        return new Wasserstein(value * sets.scale(), error * sets.scale());
    }

    private static double[] direction(int d, int line, long seed) {
        if (d == 1) return new double[] {1};
        double[] v = new double[d];
        NormalNoise.of(seed).fill(line, 1, d, v, 0, 1);
        double norm = Math.sqrt(Arrays.stream(v).map(e -> e * e).sum());
        return Arrays.stream(v).map(e -> e / norm).toArray();
    }

    private static double power(TwoSets sets, double[] direction, double order) {
        double[] along = new double[sets.size()];
        for (int i = 0; i < direction.length; i++) {
            for (int j = 0; j < along.length; j++) along[j] += direction[i] * sets.points().get(i, j);
        }
        double[] x = Arrays.copyOf(along, sets.m());
        double[] y = Arrays.copyOfRange(along, sets.m(), along.length);
        Arrays.sort(x);
        Arrays.sort(y);
        return power(x, y, order);
    }

    /** The integral of |F^-1 - G^-1|^p: both quantile functions are steps, which end at multiples of 1/m and of 1/n. */
    private static double power(double[] x, double[] y, double order) {
        double sum = 0;
        long at = 0; // in units of 1 / (m n)
        for (int i = 0, j = 0; i < x.length && j < y.length;) {
            long endOfX = (i + 1L) * y.length;
            long endOfY = (j + 1L) * x.length;
            long end = Math.min(endOfX, endOfY);
            double distance = Math.abs(x[i] - y[j]);
            sum += (end - at) * (order == 1 ? distance : order == 2 ? distance * distance : StrictMath.pow(distance, order));
            at = end;
            if (endOfX == end) i++;
            if (endOfY == end) j++;
        }
        return sum / ((double) x.length * y.length);
    }
}

package org.fluvia.flows;

import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Points to learn from or to evaluate a density at: n rows of d finite numbers, each with a weight and a context where these are given.
 * Immutable, and thread-safe, as long as an array that was not copied is not changed.
 */
public final class Samples {
    private static final double UNIT = 0x1p-53;

    private final double[] rows;
    private final int size;
    private final int dimension;
    private final double @Nullable [] weights;
    private final @Nullable Samples context;
    private final @Nullable Noise noise;
    private final List<String> names;

    /** Uniform on [0, 1), added to some columns. */
    private record Noise(long seed, boolean[] columns) {}

    private Samples(double[] rows, int dimension, double @Nullable [] weights, @Nullable Samples context, @Nullable Noise noise, List<String> names) {
        this.rows = rows;
        this.size = rows.length / dimension;
        this.dimension = dimension;
        this.weights = weights;
        this.context = context;
        this.noise = noise;
        this.names = names;
    }

    /**
     * Of rows of equal width.
     *
     * @param rows n x d, at least one of at least one number; copied
     * @throws IllegalArgumentException if they are not, or a number is not finite
     */
    public static Samples of(double[][] rows) {
        if (Dimensions.present("Samples", "rows", rows).length == 0) throw new IllegalArgumentException("Samples: there must be at least one row");
        int d = Dimensions.present("Samples", "row 0", rows[0]).length;
        checkWidth(d);
        if ((long) rows.length * d > Integer.MAX_VALUE - 8) throw new IllegalArgumentException("Samples: " + rows.length + " x " + d
                + " numbers must fit into one array, but do not. Take fewer rows.");
        double[] all = new double[rows.length * d];
        for (int i = 0; i < rows.length; i++) {
            if (Dimensions.present("Samples", "row " + i, rows[i]).length != d) {
                throw new IllegalArgumentException("Samples: row " + i + " must have " + d + " numbers, as row 0 has, but had " + rows[i].length);
            }
            System.arraycopy(rows[i], 0, all, i * d, d);
        }
        return ofRows(all, d);
    }

    /**
     * Of the columns of a matrix, as flows draw them.
     *
     * @param draws elements x draws; copied
     */
    public static Samples of(DMatrixRMaj draws) {
        int d = Dimensions.present("Samples", "draws", draws).numRows;
        double[] all = new double[draws.getNumElements()];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < draws.numCols; j++) all[j * d + i] = draws.get(i, j);
        }
        return ofRows(all, d);
    }

    /**
     * Of rows that lie one after the other: for millions of them.
     *
     * @param rows n d numbers, n at least 1; not copied, so not to be changed
     * @param d how many make a row
     */
    public static Samples ofRows(double[] rows, int d) {
        checkWidth(d);
        int n = Dimensions.present("Samples", "rows", rows).length;
        if (n == 0 || n % d != 0) {
            throw new IllegalArgumentException("Samples: the numbers must make rows of " + d + ", at least one, but there were " + n);
        }
        for (int k = 0; k < n; k++) {
            if (!Double.isFinite(rows[k])) {
                throw new IllegalArgumentException("Samples: values must be finite, but row " + k / d + ", column " + k % d + " (counted from 0) was "
                        + rows[k] + ". Leave out rows with missing values, or fill them in.");
            }
        }
        return new Samples(rows, d, null, null, null, List.of());
    }

    private static void checkWidth(int d) {
        Dimensions.atLeast("Samples", "the number of columns", 1, d);
    }

    /**
     * These with a weight for each row: a row of weight 2 counts as two of weight 1, one of weight 0 not at all.
     *
     * @param weights not negative, finite, not all 0; copied
     */
    public Samples weights(double... weights) {
        if (Dimensions.present("Samples", "weights", weights).length != size) {
            throw new IllegalArgumentException("Samples: weights must be " + size + ", one for each row, but were " + weights.length);
        }
        double largest = 0;
        for (int i = 0; i < size; i++) {
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Samples: weights must be finite and not negative, but that of row " + i + " was " + weights[i]);
            }
            largest = Math.max(largest, weights[i]);
        }
        if (largest == 0) throw new IllegalArgumentException("Samples: weights must not all be 0. Leave them out to weigh all rows alike.");
        return new Samples(rows, dimension, weights.clone(), context, noise, names);
    }

    /**
     * These with what each row is conditional on: the flow learns p(row | its context).
     *
     * @param ofContexts as many rows, of any width
     */
    public Samples context(Samples ofContexts) {
        if (Dimensions.present("Samples", "context", ofContexts).size != size) {
            throw new IllegalArgumentException("Samples: contexts must be " + size + ", one for each row, but were " + ofContexts.size);
        }
        if (ofContexts.context != null) throw new IllegalArgumentException("Samples: a context must not have a context itself");
        return new Samples(rows, dimension, weights, ofContexts, noise, names);
    }

    /**
     * These with names of their columns, by which messages call them.
     *
     * @param columns a name for each
     */
    public Samples named(List<String> columns) {
        if (Dimensions.present("Samples", "names", columns).size() != dimension) {
            throw new IllegalArgumentException("Samples: names must be " + dimension + ", one for each column, but were " + columns.size());
        }
        return new Samples(rows, dimension, weights, context, noise, List.copyOf(columns));
    }

    /**
     * These integers with noise that is uniform on [0, 1) added to each: a density of the sums is, integrated over a unit cube, a
     * probability of the integers, and its mean log a lower bound of theirs (Theis et al. 2016, section 3.1). Training sees fresh noise in each pass
     * through the data; {@link LearnedFlow#logProbability} integrates.
     *
     * @param seed of the noise
     * @param columns that are integers, counted from 0; none for all
     * @throws IllegalArgumentException if a value is no integer, or too large to be told from its neighbours
     */
    public Samples dequantised(long seed, int... columns) {
        boolean[] noisy = new boolean[dimension];
        for (int c : columns.length == 0 ? IntStream.range(0, dimension).toArray() : columns) {
            if (c < 0 || c >= dimension) throw new IllegalArgumentException("Samples: columns must be from 0 to " + (dimension - 1) + ", but one was " + c);
            noisy[c] = true;
        }
        for (int k = 0; k < rows.length; k++) {
            if (noisy[k % dimension] && (rows[k] != Math.rint(rows[k]) || Math.abs(rows[k]) > 0x1p40)) {
                throw new IllegalArgumentException("Samples: values to be dequantised must be integers of at most 2^40, but row " + k / dimension
                        + ", " + nameOf(k % dimension) + " was " + rows[k]);
            }
        }
        return new Samples(rows, dimension, weights, context, new Noise(seed, noisy), names);
    }

    /** n, the number of rows. */
    public int size() {
        return size;
    }

    /** d, the number of columns. */
    public int dimension() {
        return dimension;
    }

    /** The number of columns of the context, 0 without one. */
    public int contextDimension() {
        return context == null ? 0 : context.dimension;
    }

    /** The contexts, if there are any. */
    public @Nullable Samples context() {
        return context;
    }

    /** A copy of a row. */
    public double[] row(int i) {
        double[] row = new double[dimension];
        for (int c = 0; c < dimension; c++) row[c] = value(i, c, 0);
        return row;
    }

    /** All rows, as flows take them: a new matrix, elements x draws. */
    public DMatrixRMaj columns() {
        DMatrixRMaj m = new DMatrixRMaj(dimension, size);
        source(0).fill(0, size, dimension, m.data, 0, size);
        return m;
    }

    /** The weight of a row, 1 if there are none. */
    public double weight(int i) {
        return weights == null ? 1 : weights[i];
    }

    /** What messages call a column: "column age", or "column 3 (counted from 0)". */
    String nameOf(int column) {
        return "column " + (names.isEmpty() ? column + " (counted from 0)" : Shown.text(names.get(column)));
    }

    boolean isDequantised() {
        return noise != null;
    }

    boolean isWeighted() {
        return weights != null;
    }

    /** An element as it is in a pass through the data, of which only noise is different in another. */
    double value(int row, int column, long pass) {
        double x = rows[row * dimension + column];
        if (noise == null || !noise.columns[column]) return x;
        return x + (SplitMix.at(SplitMix.at(noise.seed, pass), (long) row * dimension + column) >>> 11) * UNIT;
    }

    /** All rows in order, as they are in a pass. */
    DrawSource source(long pass) {
        return (first, count, elements, x, offset, stride) -> {
            for (int j = 0; j < count; j++) fill(first + j, pass, x, offset + j, stride);
        };
    }

    /** Writes a row, one element every stride. */
    void fill(int row, long pass, double[] x, int at, int stride) {
        if (noise == null) {
            for (int c = 0; c < dimension; c++) x[at + c * stride] = rows[row * dimension + c];
        } else {
            for (int c = 0; c < dimension; c++) x[at + c * stride] = value(row, c, pass);
        }
    }

    @Override
    public String toString() {
        return "Samples(" + size + " x " + dimension + (weights == null ? "" : ", weighted") + (noise == null ? "" : ", dequantised")
                + (context == null ? "" : ", given " + context.dimension + " each") + ")";
    }
}

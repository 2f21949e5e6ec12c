package org.fluvia.plots;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FittedFlow;
import org.fluvia.plots.contour.Contours;

/**
 * A function of two variables over a rectangle, known in the middle of each of its cells. Immutable.
 */
public final class Grid {
    /** As many cells on a side as pictures need, where a function is cheap. */
    private static final int USUAL = 200;
    private final Over over;
    /** Row after row, from the lowest y. */
    private final double[] values;

    private Grid(Over over, double[] values) {
        this.over = over;
        this.values = values;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || values[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("Grid: values must be finite or minus infinity, but was " + values[i] + " at ("
                        + over.x(i % over.columns) + ", " + over.y(i / over.columns) + ")");
            }
        }
    }

    /** Where a grid is to be, and how fine: cells are told by {@link #cells}, 200 x 200 if they are not. */
    public record Over(double x0, double x1, double y0, double y1, int columns, int rows) {
        public Over {
            ordered("x", x0, x1);
            ordered("y", y0, y1);
            Checks.atLeast("Grid", "columns", 2, columns);
            Checks.atLeast("Grid", "rows", 2, rows);
        }

        private static void ordered(String axis, double from, double to) {
            if (!(from < to && to - from < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Grid: the range of " + axis + " must be finite and ascending, but was from " + from + " to " + to);
            }
        }

        /** The same rectangle in this many cells. */
        public Over cells(int columns, int rows) {
            return new Over(x0, x1, y0, y1, columns, rows);
        }

        /** The values of a function. */
        public Grid of(DoubleBinaryOperator f) {
            Checks.present("Grid", "f", f);
            double[] values = new double[columns * rows];
            for (int i = 0; i < values.length; i++) values[i] = f.applyAsDouble(x(i % columns), y(i / columns));
            return new Grid(this, values);
        }

        /** The density of a flow of two dimensions. */
        public Grid density(FittedFlow flow) {
            return logDensity(flow).map(StrictMath::exp);
        }

        /** The log-density of a flow of two dimensions. */
        public Grid logDensity(FittedFlow flow) {
            if (Checks.present("Grid", "flow", flow).flow().dimension() != 2) {
                throw new IllegalArgumentException("Grid: the flow must have 2 dimensions, but has " + flow.flow().dimension()
                        + ". Plots.pairs shows draws of more.");
            }
            return new Grid(this, flow.logDensity(nodes()));
        }

        /** The density of points, smoothed by a normal kernel of about Scott's width, sd n^(-1/6), on each axis; points outside are left out. */
        public Grid kernelDensity(double[] x, double[] y) {
            return new Grid(this, KernelDensity.of(this, x, y));
        }

        /** The middles of all cells, 2 x (columns rows), row after row from the lowest y: what a function of many points is to be evaluated at. */
        public DMatrixRMaj nodes() {
            DMatrixRMaj at = new DMatrixRMaj(2, columns * rows);
            for (int i = 0; i < at.numCols; i++) {
                at.set(0, i, x(i % columns));
                at.set(1, i, y(i / columns));
            }
            return at;
        }

        /**
         * Values at {@link #nodes}.
         *
         * @param values copied
         */
        public Grid values(double... values) {
            Checks.present("Grid", "values", values);
            if (values.length != columns * rows) {
                throw new IllegalArgumentException("Grid: there must be " + columns * rows + " values, " + columns + " x " + rows + ", but were "
                        + values.length);
            }
            return new Grid(this, values.clone());
        }

        private double x(int column) {
            return x0 + (column + 0.5) * (x1 - x0) / columns;
        }

        private double y(int row) {
            return y0 + (row + 0.5) * (y1 - y0) / rows;
        }
    }

    /** A rectangle for a grid. */
    public static Over over(double x0, double x1, double y0, double y1) {
        return new Over(x0, x1, y0, y1, USUAL, USUAL);
    }

    /** A function of each value. */
    public Grid map(DoubleUnaryOperator f) {
        return new Grid(over, Arrays.stream(values).map(f).toArray());
    }

    /**
     * The level above which there is this part of the whole mass, for each part: the border of a highest density region (Hyndman 1996).
     * The values must be of a density, normalised or not, of which next to nothing is outside the rectangle.
     *
     * @param parts more than 0 and less than 1
     */
    public double[] levelsOfMass(double... parts) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (sorted[0] < 0) {
            throw new IllegalArgumentException("levelsOfMass: values must not be negative, but one is " + sorted[0]
                    + ". Take the density, not its logarithm.");
        }
        double total = Arrays.stream(sorted).sum();
        if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("levelsOfMass: the sum of the values must be positive and finite, but was " + total);
        }
        return Arrays.stream(Checks.some("levelsOfMass", "parts", parts)).map(part -> {
            if (!(part > 0 && part < 1)) {
                throw new IllegalArgumentException("levelsOfMass: parts must be more than 0 and less than 1, but one was " + part);
            }
            double mass = 0;
            int i = sorted.length;
            while (i > 0 && mass < part * total) mass += sorted[--i];
            return sorted[i];
        }).toArray();
    }

    Over over() {
        return over;
    }

    double value(int column, int row) {
        return values[row * over.columns + column];
    }

    /** What lines of equal value are found in: the values in the middle of cells, those of the outermost also on the border. */
    Contours contours() {
        int columns = over.columns + 2;
        int rows = over.rows + 2;
        double[] x = new double[columns];
        double[] y = new double[rows];
        for (int i = 0; i < columns; i++) x[i] = i == 0 ? over.x0 : i == columns - 1 ? over.x1 : over.x(i - 1);
        for (int i = 0; i < rows; i++) y[i] = i == 0 ? over.y0 : i == rows - 1 ? over.y1 : over.y(i - 1);
        double[] all = new double[columns * rows];
        for (int i = 0; i < all.length; i++) {
            all[i] = value(Math.min(Math.max(i % columns - 1, 0), over.columns - 1), Math.min(Math.max(i / columns - 1, 0), over.rows - 1));
        }
        return new Contours(x, y, all);
    }

    /** The smallest finite value, or 0 if there is none. */
    double lowest() {
        return Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    }

    /** The largest finite value, or 0 if there is none. */
    double highest() {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    }
}

package org.fluvia.plots;

import java.util.Arrays;

/**
 * The density of points of the line or the plane, smoothed by a normal kernel whose width on each axis is Scott's, s n^(-1/5) or s n^(-1/6)
 * (Scott 1992), s being the smaller of the standard deviation and what it would be for the quartiles of a normal distribution (Silverman
 * 1986, 3.30): counts in cells, smoothed along each axis.
 */
final class KernelDensity {
    private static final double NORMAL_QUARTILES = 1.34;
    private static final double KERNEL = 4; // widths to which it reaches

    private KernelDensity() {}

    /** On the line: at the middles of cells of equal width from one x to another. */
    static double[] of(double from, double to, int cells, double[] x) {
        double[] finite = Checks.finite("kernelDensity", "x", x);
        double cell = (to - from) / cells;
        double[] counts = new double[cells];
        for (double value : finite) {
            double at = (value - from) / cell;
            if (at >= 0 && at < cells) counts[(int) at] += 1 / (finite.length * cell);
        }
        return smoothed(counts, cells, 1, 1, cells, width(finite, 5) / cell);
    }

    static double[] of(Grid.Over over, double[] x, double[] y) {
        double[] finiteX = Checks.finite("kernelDensity", "x", x);
        double[] finiteY = Checks.finite("kernelDensity", "y", y);
        Checks.sameLength("kernelDensity", "x", x.length, "y", y.length);
        double cellX = (over.x1() - over.x0()) / over.columns();
        double cellY = (over.y1() - over.y0()) / over.rows();
        double[] counts = new double[over.columns() * over.rows()];
        double each = 1 / (x.length * cellX * cellY);
        for (int i = 0; i < x.length; i++) {
            double column = (finiteX[i] - over.x0()) / cellX;
            double row = (finiteY[i] - over.y0()) / cellY;
            if (column < 0 || column >= over.columns() || row < 0 || row >= over.rows()) continue;
            counts[((int) row) * over.columns() + (int) column] += each;
        }
        double[] alongX = smoothed(counts, over.columns(), over.rows(), 1, over.columns(), width(finiteX, 6) / cellX);
        return smoothed(alongX, over.rows(), over.columns(), over.columns(), 1, width(finiteY, 6) / cellY);
    }

    /** @param root of the number of values that it shrinks with: 4 and the number of dimensions */
    private static double width(double[] values, int root) {
        double mean = 0;
        for (double v : values) mean += v / values.length;
        double square = 0;
        for (double v : values) square += (v - mean) * (v - mean) / values.length;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double quartiles = (sorted[values.length * 3 / 4] - sorted[values.length / 4]) / NORMAL_QUARTILES;
        double sd = Math.sqrt(square);
        return (quartiles > 0 ? Math.min(sd, quartiles) : sd) * StrictMath.pow(values.length, -1.0 / root);
    }

    /** Lines of n values, each stride after the other, lines apart by lineStride. */
    private static double[] smoothed(double[] values, int n, int lines, int stride, int lineStride, double width) {
        double[] kernel = kernel(Math.max(width, 0.3), n);
        double[] result = new double[values.length];
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < n; i++) {
                double value = values[line * lineStride + i * stride];
                if (value == 0) continue;
                for (int k = Math.max(-i, 1 - kernel.length); k < Math.min(n - i, kernel.length); k++) {
                    result[line * lineStride + (i + k) * stride] += value * kernel[Math.abs(k)];
                }
            }
        }
        return result;
    }

    /** One half of it, the middle first; its whole sum is one. */
    private static double[] kernel(double width, int longest) {
        double[] kernel = new double[(int) Math.min(longest, Math.ceil(KERNEL * width) + 1)];
        double sum = 0;
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] = StrictMath.exp(-0.5 * (k / width) * (k / width));
            sum += (k == 0 ? 1 : 2) * kernel[k];
        }
        for (int k = 0; k < kernel.length; k++) kernel[k] /= sum;
        return kernel;
    }
}

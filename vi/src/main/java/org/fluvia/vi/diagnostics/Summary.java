package org.fluvia.vi.diagnostics;

import java.util.Arrays;

/**
 * Summary of one parameter from equally weighted draws.
 *
 * <p>Quantiles are of type 7 of Hyndman and Fan (1996), the default of R and NumPy: with h = (n - 1) p and the draws sorted from
 * index 0, x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h]).
 *
 * <p>Boundary: equal draws have sd 0. One draw says nothing about the spread: its sd and mcse are NaN. Draws that are not finite are
 * counted and left out; where none is finite, all the rest is NaN.
 *
 * @param mean arithmetic mean
 * @param sd standard deviation, divisor n - 1
 * @param mcse Monte-Carlo standard error of the mean, sd / sqrt(ess), with the ess of the finite draws; +infinity if ess is 0
 * @param q05 5 % quantile
 * @param q25 25 % quantile
 * @param q50 median
 * @param q75 75 % quantile
 * @param q95 95 % quantile
 * @param notFinite the number of draws that are NaN or infinite, which the rest leaves out
 */
public record Summary(
        double mean, double sd, double mcse, double q05, double q25, double q50, double q75, double q95, int notFinite) {

    /**
     * Summary of all of {@code draws}.
     *
     * @param draws not modified
     * @param ess effective sample size of all the draws, at least 0; +infinity makes mcse 0
     * @throws IllegalArgumentException if there is no draw, or {@code ess} is negative or NaN
     */
    public static Summary of(double[] draws, double ess) {
        return of(draws, 0, draws.length, ess);
    }

    /**
     * Summary of {@code count} draws from {@code offset}: one row of an (elements x draws) matrix.
     *
     * @throws IllegalArgumentException as above, or if the row is not within {@code draws}
     */
    public static Summary of(double[] draws, int offset, int count, double ess) {
        if (count < 1 || offset < 0 || offset > draws.length - count) {
            throw new IllegalArgumentException("Summary: the row must hold at least one draw within the array, but was offset " + offset
                    + ", count " + count + " of " + draws.length + ". Check the shape of the draws.");
        }
        if (!(ess >= 0)) {
            throw new IllegalArgumentException("Summary: ess must be at least 0, but was " + ess
                    + ". Pass the number of draws if they are independent.");
        }
        double[] finite = finite(draws, offset, count);
        int n = finite.length;
        int notFinite = count - n;
        if (n == 0) {
            double none = Double.NaN;
            return new Summary(none, none, none, none, none, none, none, none, notFinite);
        }
        Moments moments = Moments.of("Summary", finite, 0, n);
        double[] sorted = finite.clone();
        Arrays.sort(sorted);
        double mean = Math.min(sorted[n - 1], Math.max(sorted[0], moments.mean()));
        double sd = n == 1 ? Double.NaN : sorted[0] == sorted[n - 1] ? 0 : moments.sd();
        return new Summary(mean, sd, mcse(sd, n == count ? ess : ess * n / count), quantileOfSorted(sorted, 0.05), quantileOfSorted(sorted, 0.25),
                quantileOfSorted(sorted, 0.5), quantileOfSorted(sorted, 0.75), quantileOfSorted(sorted, 0.95), notFinite);
    }

    private static double[] finite(double[] draws, int offset, int count) {
        double[] finite = new double[count];
        int n = 0;
        for (int i = offset; i < offset + count; i++) if (Double.isFinite(draws[i])) finite[n++] = draws[i];
        return n == count ? finite : Arrays.copyOf(finite, n);
    }

    private static double mcse(double sd, double ess) {
        if (Double.isNaN(sd)) return Double.NaN;
        if (ess == 0) return Double.POSITIVE_INFINITY;
        return ess == Double.POSITIVE_INFINITY ? 0 : sd / Math.sqrt(ess);
    }

    /**
     * The p-quantile of those of some draws that are finite; NaN if none is.
     *
     * @param draws in any order; not modified
     * @throws IllegalArgumentException if there is no draw, or p is not from 0 to 1
     */
    public static double quantile(double[] draws, double p) {
        if (draws.length == 0 || !(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("quantile: p must be from 0 to 1 and there must be a draw, but p was " + p
                    + " with " + draws.length + " draws");
        }
        double[] sorted = finite(draws, 0, draws.length);
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : quantileOfSorted(sorted, p);
    }

    private static double quantileOfSorted(double[] sorted, double p) {
        double h = (sorted.length - 1) * p;
        int below = (int) h;
        double share = h - below;
        double low = sorted[below];
        double high = sorted[Math.min(below + 1, sorted.length - 1)];
        // Not low + share (high - low), which overflows for draws of both signs near the largest double.
        return low == high ? low : (1 - share) * low + share * high;
    }
}

package org.fluvia.flows.distance;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.check.Dimensions;

/**
 * The squared maximum mean discrepancy between two sets of points (Gretton et al. 2012): E k(x, x') - 2 E k(x, y) + E k(y, y') of a kernel k,
 * the mean of exp(-|x - y|^2 / (2 s^2)) over some bandwidths s. It is 0 between equal distributions and positive between others.
 *
 * @param squared the unbiased estimate (their lemma 6), which is negative as often as not where the distributions are equal
 * @param squaredOfSets the biased one (their eq. 5), which is that of the two sets as they are: 0 where they are equal, and never below
 * @param standardError of {@link #squared} where the distributions differ, to first order; where they may be equal, {@link #pValue} tells
 * @param bandwidths s, in the units of the points
 * @param pValue the share of divisions of all points, drawn at random and the given one among them, whose biased estimate is as large: small
 *     where the distributions differ; 1 if no division was drawn
 */
public record Mmd(double squared, double squaredOfSets, double standardError, List<Double> bandwidths, double pValue) {
    /** What rounding can take from an estimate, which is at most 2. */
    private static final double ROUNDING = 1e-13;

    /** With the median distance between points as the bandwidth, untested. */
    public static Mmd between(DMatrixRMaj x, DMatrixRMaj y) {
        return between(x, y, List.of(), 0, 1);
    }

    /**
     * With everything told. Time is that of (m + n)^2 kernels, seconds for 10,000 points each, and of as many multiplications for each division;
     * memory is linear.
     *
     * @param x elements x m draws, at least 2; not modified
     * @param y as many elements, n draws, at least 2; not modified
     * @param bandwidths each positive, in the units of the points; none for the median distance between points
     * @param divisions how many to draw for the p-value, such as 200; 0 for none
     * @param seed of the divisions
     * @throws IllegalArgumentException if a set has fewer than two points, the two are of different width, or a number is not finite
     */
    public static Mmd between(DMatrixRMaj x, DMatrixRMaj y, List<Double> bandwidths, int divisions, long seed) {
        for (double s : Dimensions.present("Mmd", "bandwidths", bandwidths)) Dimensions.bound("Mmd", "bandwidths", s);
        Dimensions.atLeast("Mmd", "divisions", 0, divisions);
        TwoSets sets = TwoSets.of("Mmd", x, y, 2);
        List<Double> widths = bandwidths.isEmpty() ? List.of(sets.medianDistance()) : bandwidths.stream().map(s -> s / sets.scale()).toList();
        return of(sets, widths, KernelSums.of(sets, widths, new Divisions(sets.size(), sets.m(), divisions, seed)));
    }

    private static Mmd of(TwoSets sets, List<Double> widths, KernelSums sums) {
        int m = sets.m();
        int n = sets.n();
        double[] ofX = new double[m];
        double[] ofY = new double[n];
        for (int i = 0; i < m; i++) ofX[i] = (sums.first()[i] - 1) / (m - 1) - sums.second()[i] / n;
        for (int j = 0; j < n; j++) ofY[j] = (sums.second()[m + j] - 1) / (n - 1) - sums.first()[m + j] / m;
        double squared = mean(ofX) + mean(ofY);
        double error = 2 * Math.sqrt(variance(ofX) / m + variance(ofY) / n);
        double all = 0;
        double first = 0;
        double within = 0;
        for (int i = 0; i < sets.size(); i++) {
            double sum = sums.first()[i] + sums.second()[i];
            all += sum;
            if (i < m) {
                first += sum;
                within += sums.first()[i];
            }
        }
        double biased = biased(within, first, all, m, n);
        int asLarge = 1;
        for (int k = 0; k < sums.within().length; k++) {
            if (biased(sums.within()[k], sums.ofDivision()[k], all, m, n) >= biased - ROUNDING) asLarge++;
        }
        return new Mmd(squared, Math.max(0, biased), error, widths.stream().map(s -> s * sets.scale()).toList(), asLarge / (1.0 + sums.within().length));
    }

    /**
     * @param within the sum of kernels between points of the first set
     * @param first that between points of the first set and any
     * @param all that between any points
     */
    private static double biased(double within, double first, double all, double m, double n) {
        return within / (m * m) - 2 * (first - within) / (m * n) + (all - 2 * first + within) / (n * n);
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).sum() / x.length;
    }

    private static double variance(double[] x) {
        double mean = mean(x);
        return Arrays.stream(x).map(e -> (e - mean) * (e - mean)).sum() / (x.length - 1);
    }
}

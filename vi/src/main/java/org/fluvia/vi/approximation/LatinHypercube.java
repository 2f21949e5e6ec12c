package org.fluvia.vi.approximation;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.kernel.special.NormalFunctions;

/**
 * Standard normal noise of which every element has one value in each of n intervals of equal probability, in an order of its own (McKay, Beckman
 * and Conover 1979). Each draw is distributed as an independent one, and the mean of any function over all n has at most n / (n - 1) times the
 * variance that it would have over independent draws (Owen 1997, "Monte Carlo variance of scrambled net quadrature"); of a sum of functions of one
 * element each, next to none is left.
 */
public final class LatinHypercube {
    /** One part of so many, at either end, is drawn by quantiles; in the narrow intervals between, the density is as good as constant. */
    private static final int PARTS = 64;

    private LatinHypercube() {}

    /** Elements x n. */
    public static DMatrixRMaj normal(int elements, int n, long seed) {
        double[] ends = IntStream.range(0, n + 1).mapToDouble(k -> quantile(k, 0, n)).toArray();
        DMatrixRMaj e = new DMatrixRMaj(elements, n);
        int[] intervals = IntStream.range(0, n).toArray();
        for (int i = 0; i < elements; i++) {
            long own = SplitMix.at(seed, i);
            SplitMix.shuffle(intervals, SplitMix.at(own, 0));
            long within = SplitMix.at(own, 1);
            for (int j = 0; j < n; j++) {
                int k = intervals[j];
                double u = SplitMix.uniform(within, j);
                boolean isOutside = Math.min(k, n - 1 - k) <= n / PARTS;
                e.set(i, j, isOutside ? quantile(k, u, n) : ends[k] + u * (ends[k + 1] - ends[k]));
            }
        }
        return e;
    }

    /** The normal quantile of (k + u) / n, by its mirror image in the upper half, where no digits are lost. */
    private static double quantile(int k, double u, int n) {
        return k < n / 2 ? NormalFunctions.normalQuantile((k + u) / n) : -NormalFunctions.normalQuantile((n - k - u) / n);
    }
}

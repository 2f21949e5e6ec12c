package org.fluvia.vi.diagnostics;

import java.util.Arrays;

/**
 * Pareto-smoothed importance sampling: from log ratios log p - log q of S independent draws of q to normalised log weights,
 * with k-hat, the estimated shape of the ratios' upper tail (moments of order 1 / k and more are infinite).
 *
 * <p>Vehtari, Simpson, Gelman, Yao and Gabry (2024), Pareto smoothed importance sampling, JMLR 25(72). A generalized
 * Pareto distribution is fitted to the M = ceil(min(S / 5, 3 sqrt(S))) largest ratios; they are replaced, in their order, by its
 * quantiles at (z - 1/2) / M, but by no more than the largest raw ratio.
 *
 * <p>Where implementations differ this one follows ArviZ 0.23: the tail is what lies strictly above the (M+1)-th largest ratio and
 * above exp(-708) times the largest, so that ties at the border stay out (the R package posterior and arviz-stats count them in, and
 * arviz-stats rounds M down). It differs in three things: no grid point of the fit is dropped for a small weight (as in posterior; it
 * moves only digits beyond the twelfth), a fit that fails and a constant tail give +infinity (as in posterior), and ratios
 * without any spread at the top give -infinity.
 *
 * <h2>Boundary values of k-hat</h2>
 * <ul>
 *   <li>-infinity: the M+1 largest ratios are equal to within 1e-8 nats, rounding included. So it is for a perfect q. No smoothing.
 *   <li>+infinity: unknown, hence not to be trusted. S is at most 20; or fewer than 5 ratios lie above the border; or these are all
 *       equal; or the fit fails. No smoothing.
 *   <li>Every ratio -infinity: k-hat +infinity, effective sample size 0, every log weight -infinity.
 * </ul>
 * Immutable.
 */
public final class ParetoSmoothedWeights {

    private static final int SMALLEST_TAIL = 5;
    private static final double SAME = 1e-8;
    private static final double LOWEST_CUTOFF = StrictMath.log(Double.MIN_NORMAL);

    private final double[] logWeights;
    private final double logSum;
    private final double khat;
    private final double ess;

    private ParetoSmoothedWeights(double[] logWeights, double logSum, double khat, double ess) {
        this.logWeights = logWeights;
        this.logSum = logSum;
        this.khat = khat;
        this.ess = ess;
    }

    /**
     * Smooths and normalises importance ratios.
     *
     * @param logRatios log p - log q, one for each draw, up to a constant; -infinity where p is zero; not modified
     * @throws IllegalArgumentException if there is none, or one is NaN or +infinity
     */
    public static ParetoSmoothedWeights of(double[] logRatios) {
        double max = LogRatios.max("ParetoSmoothedWeights", logRatios);
        double[] x = logRatios.clone();
        if (max == Double.NEGATIVE_INFINITY) {
            return new ParetoSmoothedWeights(x, max, Double.POSITIVE_INFINITY, 0);
        }
        for (int i = 0; i < x.length; i++) {
            x[i] -= max;
        }
        double khat = smooth(x);

        // Smoothing may have pulled the largest far down: the squares below need a maximum of 0 again.
        double top = LogRatios.max("ParetoSmoothedWeights", x);
        double sum = 0;
        double squares = 0;
        for (double value : x) {
            double weight = StrictMath.exp(value - top);
            sum += weight;
            squares += weight * weight;
        }
        double logSum = top + StrictMath.log(sum);
        for (int i = 0; i < x.length; i++) {
            x[i] -= logSum;
        }
        return new ParetoSmoothedWeights(x, max + logSum, khat, Math.min(x.length, sum * sum / squares));
    }

    /** How many of {@code draws} ratios count as the tail: ceil(min(S / 5, 3 sqrt(S))). */
    public static int tailLength(int draws) {
        return (int) Math.ceil(Math.min(draws / 5.0, 3 * Math.sqrt(draws)));
    }

    /**
     * The k-hat up to which estimates from {@code draws} draws can be relied on: min(1 - 1 / log10(S), 0.7), Vehtari et al. 2024,
     * eq. 13. It is 0.5 at 100 draws and 0.7 from 2154 draws on.
     *
     * @throws IllegalArgumentException if {@code draws} is less than 2
     */
    public static double khatThreshold(int draws) {
        if (draws < 2) {
            throw new IllegalArgumentException("ParetoSmoothedWeights.khatThreshold: draws must be at least 2, but was " + draws
                    + ". Take more draws.");
        }
        return Math.min(1 - 1 / StrictMath.log10(draws), 0.7);
    }

    /** The number of draws S. */
    public int draws() {
        return logWeights.length;
    }

    /** The estimated shape of the tail, or an infinity as told above. */
    public double khat() {
        return khat;
    }

    /** The effective sample size 1 / sum w^2 of the smoothed, normalised weights, between 1 and S; 0 if every weight is zero. */
    public double ess() {
        return ess;
    }

    /** log of the sum of the smoothed ratios before they were normalised; minus log S it estimates the log evidence. */
    public double logSum() {
        return logSum;
    }

    /** The smoothed log weights, normalised so that their exponentials sum to one, in the order of the draws; a copy. */
    public double[] logWeights() {
        return logWeights.clone();
    }

    /** Not a copy; for readers in this package. */
    double[] logWeightsUncopied() {
        return logWeights;
    }

    /** Smooths the tail of {@code x}, whose maximum is 0, in place, and returns k-hat. */
    private static double smooth(double[] x) {
        int length = tailLength(x.length);
        if (length < SMALLEST_TAIL) {
            return Double.POSITIVE_INFINITY;
        }
        double cutoff = Math.max(Largest.nth(x, length + 1), LOWEST_CUTOFF);
        if (cutoff >= -SAME) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] tail = above(cutoff, x, length);
        int n = tail.length;
        if (n < SMALLEST_TAIL || tail[0] == tail[n - 1]) {
            return Double.POSITIVE_INFINITY;
        }
        // In units of exp(cutoff): the shape does not depend on units, and a tail close to its cutoff keeps its digits.
        double[] exceedances = new double[n];
        for (int i = 0; i < n; i++) {
            exceedances[i] = StrictMath.expm1(tail[i] - cutoff);
        }
        GeneralizedPareto fit = GeneralizedPareto.fit(exceedances);
        if (!fit.isFinite()) {
            return Double.POSITIVE_INFINITY;
        }
        double[] smoothed = exceedances;
        for (int rank = 0; rank < n; rank++) {
            smoothed[rank] = Math.min(0, cutoff + StrictMath.log1p(fit.quantile((rank + 0.5) / n)));
        }
        replace(x, cutoff, tail, smoothed);
        return fit.k();
    }

    private static double[] above(double cutoff, double[] x, int atMost) {
        double[] tail = new double[atMost];
        int n = 0;
        for (double value : x) {
            if (value > cutoff) {
                tail[n++] = value;
            }
        }
        tail = Arrays.copyOf(tail, n);
        Arrays.sort(tail);
        return tail;
    }

    /** Puts the smoothed value of its rank in each tail value's place; ties are ranked in the order of the draws. */
    private static void replace(double[] x, double cutoff, double[] tail, double[] smoothed) {
        int[] placed = new int[tail.length];
        for (int i = 0; i < x.length; i++) {
            if (x[i] > cutoff) {
                int first = firstRank(tail, x[i]);
                x[i] = smoothed[first + placed[first]++];
            }
        }
    }

    private static int firstRank(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

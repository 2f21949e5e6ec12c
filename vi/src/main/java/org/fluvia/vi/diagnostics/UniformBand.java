package org.fluvia.vi.diagnostics;

import java.util.Arrays;

/**
 * Where the distribution function of n ranks lies, at all its points at once, with a given probability if the ranks are uniform on 0 ... K - 1.
 * Säilynoja, Bürkner and Vehtari 2022, "Graphical test for discrete uniformity and its applications in goodness-of-fit evaluation and multiple sample
 * comparison", with the exact coverage of their section 2.2: the count of ranks below point i + 1, given that below point i, is binomial. Immutable.
 */
public final class UniformBand {
    private static final int BISECTIONS = 40;
    private static final double SMALLEST = 1e-12;

    private final int n;
    private final int size;
    /** log k! */
    private final double[] logFactorials;
    /** P(X <= x) and P(X >= x) at point i, X being how many of n ranks are at most i: by point and count. */
    private final double[][] atMost;
    private final double[][] atLeast;

    private UniformBand(int n, int size) {
        this.n = n;
        this.size = size;
        logFactorials = new double[n + 1];
        for (int k = 1; k <= n; k++) logFactorials[k] = logFactorials[k - 1] + StrictMath.log(k);
        atMost = new double[size - 1][n + 1];
        atLeast = new double[size - 1][n + 1];
        for (int i = 0; i < size - 1; i++) {
            double z = (i + 1.0) / size;
            double below = 0;
            double above = 0;
            for (int x = 0; x <= n; x++) {
                below += binomial(n, x, z);
                above += binomial(n, n - x, z);
                atMost[i][x] = below;
                atLeast[i][n - x] = above;
            }
        }
    }

    /**
     * Of so many ranks.
     *
     * @param n the number of ranks, at least 1
     * @param size how many values a rank may have, at least 2
     */
    public static UniformBand of(int n, int size) {
        if (n < 1 || size < 2) throw new IllegalArgumentException("UniformBand: there must be a rank and 2 values of it, but were " + n + " and " + size);
        return new UniformBand(n, size);
    }

    private double binomial(int trials, int k, double p) {
        if (p >= 1) return k == trials ? 1 : 0;
        double log = logFactorials[trials] - logFactorials[k] - logFactorials[trials - k] + k * StrictMath.log(p) + (trials - k) * StrictMath.log1p(-p);
        return StrictMath.exp(log);
    }

    /**
     * The lowest and the highest count of ranks that are at most i, for i = 0 ... size - 2.
     *
     * @param probability that all counts of uniform ranks lie between them: it is at least this, as counts are whole
     */
    public int[][] counts(double probability) {
        double low = StrictMath.log(SMALLEST);
        double high = StrictMath.log(1 - probability); // the tail at one point alone
        for (int k = 0; k < BISECTIONS; k++) {
            double middle = (low + high) / 2;
            if (coverage(limits(StrictMath.exp(middle))) >= probability) low = middle;
            else high = middle;
        }
        return limits(StrictMath.exp(low));
    }

    /** As {@link #counts(double)}, with the probability that the count at one point alone is between them. */
    public int[][] countsAlone(double probability) {
        return limits(1 - probability);
    }

    /** The counts that are not in a tail of this probability, both sides together, at any point alone; none where the highest is below the lowest. */
    private int[][] limits(double tail) {
        int[][] limits = new int[2][size - 1];
        for (int i = 0; i < size - 1; i++) {
            int low = 0;
            int high = n;
            while (low < n && atMost[i][low] <= tail / 2) low++;
            while (high >= low && atLeast[i][high] <= tail / 2) high--;
            limits[0][i] = low;
            limits[1][i] = high;
        }
        return limits;
    }

    /** The probability that all counts of uniform ranks are within limits. */
    private double coverage(int[][] limits) {
        double[] now = {1};
        int from = 0;
        for (int i = 0; i < size - 1; i++) {
            int low = limits[0][i];
            int high = limits[1][i];
            if (high < low) return 0;
            double step = 1.0 / (size - i); // of those not yet counted
            double[] next = new double[high - low + 1];
            for (int k = 0; k < now.length; k++) {
                if (now[k] == 0) continue;
                int counted = from + k;
                for (int x = Math.max(low, counted); x <= high; x++) next[x - low] += now[k] * binomial(n - counted, x - counted, step);
            }
            now = next;
            from = low;
        }
        return Math.min(1, Arrays.stream(now).sum());
    }

    /**
     * The probability that ranks which are uniform leave a band as narrow as the one that these ranks just leave.
     *
     * @param ranks n of them, from 0 to size - 1; not modified
     */
    public double pValue(int[] ranks) {
        if (ranks.length != n) throw new IllegalArgumentException("UniformBand: there must be " + n + " ranks, but were " + ranks.length);
        int[] counts = counts(ranks);
        double tail = 2;
        for (int i = 0; i < size - 1; i++) tail = Math.min(tail, 2 * Math.min(atMost[i][counts[i]], atLeast[i][counts[i]]));
        return Math.max(0, 1 - coverage(limits(tail)));
    }

    /** How many ranks are at most i, for i = 0 ... size - 2. */
    public int[] counts(int[] ranks) {
        int[] counts = new int[size - 1];
        for (int rank : ranks) {
            if (rank < 0 || rank >= size) throw new IllegalArgumentException("UniformBand: ranks must be from 0 to " + (size - 1) + ", but one is " + rank);
            for (int i = rank; i < size - 1; i++) counts[i]++;
        }
        return counts;
    }
}

package org.fluvia.vi.diagnostics;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;

/**
 * Whether Markov chains of one quantity agree, and how many independent draws they are worth, by normal scores of the draws' ranks (Vehtari, Gelman,
 * Simpson, Carpenter and Buerkner 2021).
 *
 * <p>For a few long chains R-hat compares chains split in halves. Many short ones are grouped to superchains of M that begin at one point, and the nested
 * R-hat compares these (Margossian, Hoffman, Sountsov, Riou-Durand, Vehtari and Gelman 2024): sqrt(1 + B / W), B the variance of the superchains' means, W
 * the mean over superchains of the variance of their chains' means plus the mean variance in a chain. It forgets where chains began as R-hat does, and
 * needs M times fewer iterations.
 *
 * @param rhat the larger of the bulk's and the tails' (of distances from the median); at most 1.01 where chains agree; 1 for a constant
 * @param bulkEss effective draws of the ranks
 * @param tailEss the smaller of the effective draws of the indicators of the 5 and the 95 % quantile
 * @param farTailEss the same of the 1 and the 99 % quantile, where chains may stick that are quick up to there
 */
public record Convergence(double rhat, double bulkEss, double tailEss, double farTailEss) {
    /** Of whatever is worth least. */
    public double leastEss() {
        return Math.min(bulkEss, Math.min(tailEss, farTailEss));
    }

    /** Of chains of one length of at least four iterations, all draws finite; makes normal scores for many quantities once. */
    public static final class OfChains {
        private final int chains;
        private final int iterations;
        private final int together;
        /** Of ranks in halves, as draws that are equal share theirs: score k belongs to the rank 1 + k / 2. */
        private final double[] scores;

        /** @param together chains of a superchain, which stand beside each other; 1 for the usual R-hat */
        public OfChains(int chains, int iterations, int together) {
            if (chains % together != 0 || chains / together < 2) {
                throw new IllegalArgumentException("Convergence: " + chains + " chains are not two superchains of " + together + " or more");
            }
            if (iterations < 4 || iterations % 2 != 0) {
                throw new IllegalArgumentException("Convergence: there must be an even number of iterations, at least 4, but there were " + iterations);
            }
            this.chains = chains;
            this.iterations = iterations;
            this.together = together;
            int n = chains * iterations;
            double[] shares = new double[2 * n - 1];
            for (int k = 0; k < shares.length; k++) shares[k] = (1 + 0.5 * k - 0.375) / (n + 0.25);
            Expr share = Expr.perDraw("share", Shape.scalar());
            Expr score = Functions.normalQuantile(share).repeatedOverDraws();
            Workspace w = Program.of(score).workspace();
            w.set(share, DrawSource.of(DMatrixRMaj.wrap(1, shares.length, shares)));
            w.run(shares.length);
            scores = w.perDraw(score).data;
        }

        /** @param x all chains at the first iteration, then at the next; from offset */
        public Convergence of(double[] x, int offset) {
            int n = chains * iterations;
            double[] draws = Arrays.copyOfRange(x, offset, offset + n);
            double[] sorted = draws.clone();
            Arrays.sort(sorted);
            if (sorted[0] == sorted[n - 1]) return new Convergence(1, n, n, n);
            double median = 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
            double[] folded = Arrays.stream(draws).map(v -> Math.abs(v - median)).toArray();
            double[] bulk = scored(draws, sorted);
            double[] sortedFolded = folded.clone();
            Arrays.sort(sortedFolded);
            double rhat = Math.max(rhat(bulk), sortedFolded[0] == sortedFolded[n - 1] ? 1 : rhat(scored(folded, sortedFolded)));
            return new Convergence(rhat, ess(bulk), tailEss(draws, sorted, 0.05), tailEss(draws, sorted, 0.01));
        }

        /** The effective number of draws for the mean of a quantity. */
        public double ess(double[] x) {
            return split(x).ess();
        }

        private double tailEss(double[] draws, double[] sorted, double share) {
            int last = sorted.length - 1;
            return Math.min(indicatorEss(draws, sorted[(int) (share * last)]), indicatorEss(draws, sorted[(int) ((1 - share) * last)]));
        }

        private double indicatorEss(double[] draws, double bound) {
            double[] below = Arrays.stream(draws).map(v -> v <= bound ? 1 : 0).toArray();
            return split(below).ess();
        }

        private double[] scored(double[] draws, double[] sorted) {
            int n = draws.length;
            // of equal draws the first and the last place
            int[] last = new int[n];
            for (int i = n - 1; i >= 0; i--) last[i] = i + 1 < n && sorted[i] == sorted[i + 1] ? last[i + 1] : i;
            double[] z = new double[n];
            for (int j = 0; j < n; j++) {
                int some = Arrays.binarySearch(sorted, draws[j]);
                int end = last[some];
                int begin = first(sorted, some);
                z[j] = scores[begin + end];
            }
            return z;
        }

        private static int first(double[] sorted, int some) {
            int low = 0;
            int high = some;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted[middle] == sorted[some]) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        private Split split(double[] x) {
            return new Split(x, chains, iterations);
        }

        private double rhat(double[] x) {
            return together == 1 ? split(x).rhat() : nested(x);
        }

        private double nested(double[] x) {
            int groups = chains / together;
            double[] means = new double[groups];
            double within = 0;
            for (int g = 0; g < groups; g++) {
                double[] own = new double[together];
                double squares = 0;
                for (int m = 0; m < together; m++) {
                    int chain = g * together + m;
                    for (int t = 0; t < iterations; t++) own[m] += x[t * chains + chain] / iterations;
                    for (int t = 0; t < iterations; t++) squares += square(x[t * chains + chain] - own[m]);
                }
                means[g] = Arrays.stream(own).sum() / together;
                within += (squares / (iterations - 1) / together + variance(own, means[g])) / groups;
            }
            double between = variance(means, Arrays.stream(means).sum() / groups);
            return between == 0 ? 1 : Math.sqrt(1 + between / within);
        }

        private static double variance(double[] x, double mean) {
            return Arrays.stream(x).map(v -> square(v - mean)).sum() / (x.length - 1);
        }

        private static double square(double x) {
            return x * x;
        }
    }

    /** Chains split in halves. */
    private static final class Split {
        private final double[][] halves;
        private final double[] means;
        private final double within;
        private final double total;

        Split(double[] x, int chains, int iterations) {
            int half = iterations / 2;
            halves = new double[2 * chains][half];
            means = new double[2 * chains];
            double squares = 0;
            for (int h = 0; h < halves.length; h++) {
                int from = h < chains ? 0 : half;
                for (int t = 0; t < half; t++) halves[h][t] = x[(from + t) * chains + h % chains];
                means[h] = Arrays.stream(halves[h]).sum() / half;
                for (int t = 0; t < half; t++) {
                    halves[h][t] -= means[h];
                    squares += halves[h][t] * halves[h][t];
                }
            }
            within = squares / halves.length / (half - 1);
            double mean = Arrays.stream(means).sum() / means.length;
            double between = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum() / (means.length - 1);
            total = within * (half - 1) / half + between;
        }

        double rhat() {
            return within == 0 && total > 0 ? Double.POSITIVE_INFINITY : total == 0 ? 1 : Math.sqrt(total / within);
        }

        /** By Geyer's initial monotone sequence of the combined autocorrelations. */
        double ess() {
            int half = halves[0].length;
            double draws = (double) half * halves.length;
            if (total == 0) return draws;
            double sum = 0;
            double before = Double.POSITIVE_INFINITY;
            double even = 1;
            double pair = even + correlation(1);
            for (int lag = 2; lag < half - 2 && pair > 0; lag += 2) {
                before = Math.min(before, pair);
                sum += before;
                even = correlation(lag);
                pair = even + correlation(lag + 1);
            }
            // of the last pair its first counts, once
            double time = Math.max(2 * sum - 1 + Math.max(0, even), 1 / StrictMath.log10(draws));
            return draws / time;
        }

        private double correlation(int lag) {
            if (lag == 0) return 1;
            int half = halves[0].length;
            double products = 0;
            for (double[] x : halves) {
                for (int t = lag; t < half; t++) products += x[t] * x[t - lag];
            }
            double covariance = products / halves.length / half;
            return 1 - (within - covariance) / total;
        }
    }
}

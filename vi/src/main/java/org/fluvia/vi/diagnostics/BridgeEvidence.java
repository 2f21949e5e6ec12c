package org.fluvia.vi.diagnostics;

import java.util.Arrays;

/**
 * Log evidence by bridge sampling (Meng and Wong 1996, the optimal bridge): from draws of a distribution m and draws of the posterior, both with
 * their log ratios l = log p - log m. Where importance sampling needs m to reach as far as p, a bridge needs no more than that they overlap.
 *
 * <p>With n draws of m, and draws of the posterior worth n' independent ones, it is the fixed point Z of
 * mean over m of l / (s' l + s Z), divided by the mean over the posterior of 1 / (s' l + s Z); s = n / (n + n'), s' = n' / (n + n').
 * The error is that of Fruehwirth-Schnatter 2004, equation 3.
 */
public final class BridgeEvidence {
    private static final int MOST_STEPS = 1000;
    private static final double SETTLED = 1e-10;

    private BridgeEvidence() {}

    /** The effective number of draws for the mean of a quantity that has a value at each draw of the posterior. */
    @FunctionalInterface
    public interface Effective {
        double of(double[] values);
    }

    /**
     * @param ofProposal log ratios at draws of m; -infinity where the density is zero
     * @param proposals independent draws that these are worth
     * @param ofPosterior finite log ratios at draws of the posterior
     * @param posterior independent draws that these are worth, roughly
     */
    public static Estimate of(double[] ofProposal, double proposals, double[] ofPosterior, double posterior, Effective effective) {
        double shift = Arrays.stream(ofPosterior).sorted().toArray()[ofPosterior.length / 2];
        double s = proposals / (proposals + posterior);
        double rest = posterior / (proposals + posterior);
        double logZ = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            double next = StrictMath.log(mean(fromProposal(ofProposal, shift, logZ, s, rest)))
                    - StrictMath.log(mean(fromPosterior(ofPosterior, shift, logZ, s, rest))) + logZ;
            if (!Double.isFinite(next)) return Estimate.NOTHING_KNOWN;
            boolean isSettled = Math.abs(next - logZ) < SETTLED;
            logZ = next;
            if (isSettled) break;
        }
        double[] f = fromProposal(ofProposal, shift, logZ, s, rest);
        double[] g = fromPosterior(ofPosterior, shift, logZ, s, rest);
        double squared = relativeVariance(f) / proposals + relativeVariance(g) / effective.of(g);
        return new Estimate(logZ + shift, Math.sqrt(squared));
    }

    /** Z l / (s' l + s Z) over Z, bounded by 1 / s'. */
    private static double[] fromProposal(double[] logRatios, double shift, double logZ, double s, double rest) {
        return Arrays.stream(logRatios).map(l -> 1 / (rest + s * StrictMath.exp(logZ - (l - shift)))).toArray();
    }

    /** Z / (s' l + s Z), bounded by 1 / s. */
    private static double[] fromPosterior(double[] logRatios, double shift, double logZ, double s, double rest) {
        return Arrays.stream(logRatios).map(l -> 1 / (rest * StrictMath.exp(l - shift - logZ) + s)).toArray();
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).sum() / x.length;
    }

    private static double relativeVariance(double[] x) {
        double mean = mean(x);
        return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1) / (mean * mean);
    }
}

package org.fluvia.vi.judge;

import org.fluvia.vi.density.BrokenDraws;

/**
 * The ELBO of an approximation q from log ratios r = log p - log q at draws of it: that of q cut to where the density is
 * positive and finite, {@code mean(r over those draws) + log(their share)}.
 *
 * <p>Draws where the density is zero belong to the target: with q cut to the rest and renormalised, the KL divergence is finite and this is a lower
 * bound of the log evidence (Jensen's inequality); importance weights do the cutting. Without such draws it is the mean of r.
 *
 * @param draws all of them
 * @param possible those with a finite ratio
 * @param broken those where it is NaN or plus infinity, so that nothing is known of the density there
 * @param mean of the finite ratios, nats; NaN where there are none
 * @param variance of the finite ratios; 0 where there are fewer than two
 */
public record Elbo(int draws, int possible, int broken, double mean, double variance) {
    /**
     * Of the first ratios of an array.
     *
     * @param constant added to each
     */
    public static Elbo of(double[] ratios, int draws, double constant) {
        int possible = 0;
        int broken = 0;
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            if (Double.isFinite(ratios[i])) {
                possible++;
                sum += ratios[i];
            } else if (BrokenDraws.isBroken(ratios[i])) {
                broken++;
            }
        }
        double average = sum / possible;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double deviation = ratios[i] - average;
            if (Double.isFinite(ratios[i])) squares += deviation * deviation;
        }
        return new Elbo(draws, possible, broken, average + constant, squares / Math.max(1, possible - 1));
    }

    /** In nats; minus infinity where no draw is possible. */
    public double value() {
        return possible == 0 ? Double.NEGATIVE_INFINITY : mean + logShare();
    }

    private double logShare() {
        return StrictMath.log((double) possible / draws);
    }

    /** Of {@link #value}, with that of the share by the delta method. */
    public double standardError() {
        return possible == 0 ? Double.POSITIVE_INFINITY : Math.sqrt((variance + (double) (draws - possible) / draws) / possible);
    }

    /**
     * What candidates are compared by: what the ELBO is at least but for noise, so that luck is not taken for merit.
     *
     * @param leastShare a q that has less of its draws than this where the density is positive is worse by the log of what is missing
     */
    public double score(double leastShare) {
        if (possible == 0) return Double.NEGATIVE_INFINITY;
        return value() - standardError() + Math.min(0, logShare() - StrictMath.log(leastShare));
    }
}

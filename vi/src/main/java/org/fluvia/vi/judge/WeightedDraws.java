package org.fluvia.vi.judge;

import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.diagnostics.Resampling;

/**
 * Draws of an approximation q and of its defence, weighted as draws of the mixture m of both. Immutable.
 *
 * @param proposals draws of q, then of its defence
 * @param logOwnShares log q - log m of each
 * @param weights from log p - log m of each, smoothed
 * @param ownEss the effective number of all draws for q itself
 */
public record WeightedDraws(Proposals proposals, double[] logOwnShares, ParetoSmoothedWeights weights, double ownEss) {
    /** @param share defensive draws for each of q's own */
    public static WeightedDraws of(Proposals proposals, double share) {
        double[] shares = proposals.logOwnShares(share);
        return new WeightedDraws(proposals, shares, ParetoSmoothedWeights.of(mixtureRatios(proposals, shares)), Resampling.effective(shares));
    }

    /** log p - log m of each draw. */
    public double[] mixtureRatios() {
        return mixtureRatios(proposals, logOwnShares);
    }

    /**
     * log p - log m of draws from anywhere.
     *
     * @param logOwnShares log q - log m of each
     */
    public static double[] mixtureRatios(Proposals p, double[] logOwnShares) {
        double[] ratios = p.logRatios();
        for (int j = 0; j < ratios.length; j++) ratios[j] += logOwnShares[j];
        return ratios;
    }

    double khatLimit() {
        return limit(weights);
    }

    /** Whether the shape of the tail says that weights are not to be trusted. */
    boolean hasHeavyTail() {
        return weights.khat() > khatLimit();
    }

    static double limit(ParetoSmoothedWeights weights) {
        return ParetoSmoothedWeights.khatThreshold(weights.draws());
    }
}

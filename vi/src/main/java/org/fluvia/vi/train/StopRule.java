package org.fluvia.vi.train;

import org.fluvia.vi.judge.Elbo;

/**
 * When training ends.
 *
 * @param mostSteps at the latest after so many
 * @param judgeEvery so many steps
 * @param progressErrors standard errors of a gain on common draws, above which there is progress
 * @param goodEnough the variance of log ratios below which there is nothing left to gain
 */
public record StopRule(int mostSteps, int judgeEvery, double progressErrors, double goodEnough) {
    boolean isGoodEnough(Elbo elbo) {
        return elbo.possible() == elbo.draws() && elbo.variance() < goodEnough;
    }
}

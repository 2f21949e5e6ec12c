package org.fluvia.vi.judge;

/**
 * What draws that training never sees say of an approximation.
 *
 * @param ratios log p - log q of each, but for a constant; not modified
 * @param elbo of them
 * @param value what candidates are compared by: see {@link Elbo#score}
 */
public record Score(double[] ratios, Elbo elbo, double value) implements org.fluvia.flows.training.Score<Score> {
    /** The ELBO in nats. */
    @Override
    public double estimate() {
        return elbo.value();
    }

    /** By gains on common draws. */
    @Override
    public boolean isBeyond(Score other, double errors) {
        return Gain.onCommonDraws(this, other).isBeyond(errors);
    }

    /** Whether the variance of log ratios is below the bound, and no draw impossible. */
    @Override
    public boolean isGoodEnough(double goodEnough) {
        return elbo.possible() == elbo.draws() && elbo.variance() < goodEnough;
    }
}

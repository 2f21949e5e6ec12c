package org.fluvia.flows.bijection;

/**
 * y = shift + exp(log scale) x, with weights for each element or each channel, that start where data have mean 0 and variance 1 (Kingma and
 * Dhariwal 2018, section 3.1). log |det| = the sum of log scales, shared.
 *
 * <p>Without data it starts as the identity. {@code org.fluvia.flows.Normalisation} starts it from data: in whichever direction they pass,
 * they come out with mean 0 and variance 1. From there on its weights are trained as any others.
 *
 * <p>Numerics: finite wherever exp(log scale) x + shift is, and its inverse.
 */
public final class ActNorm extends ShiftAndScale {
    private ActNorm(int channels, int positions) {
        super("ActNorm", channels, positions, false);
    }

    /** With weights for each element. */
    public static ActNorm of(int dimension) {
        return ofChannels(dimension, 1);
    }

    /** For vectors that hold one channel after the other, each at so many positions, with weights for each channel. */
    public static ActNorm ofChannels(int channels, int positions) {
        return new ActNorm(channels, positions);
    }
}

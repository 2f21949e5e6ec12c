package org.fluvia.flows.bijection;

/**
 * x = (y - m) / sd, with running moments m and sd of each element or each channel of the data that pass (Dinh et al. 2017, appendix E;
 * inverse and place in a flow as Papamakarios et al. 2017, appendix B). log |det| = the sum of log sd, shared. The scale and shift that are trained
 * behind it are a layer of their own, such as {@code Elementwise}.
 *
 * <p>m and log sd are weights that no gradient moves: {@code org.fluvia.flows.Normalisation} moves them towards the moments of a batch, at
 * the start or after each step of training. The layer always uses the running moments, never those of the batch it is given: the
 * density of a draw is then a number of that draw alone, the same in any batch, which path gradients, judgements on held-out
 * draws and results that do not depend on threads all need, and a program has the sums over draws only after it has gone through the draws.
 * What is lost is that the gradient goes through a batch's moments.
 *
 * <p>Numerics: as {@link ActNorm}. Elements that do not vary have an sd of 1, in place of a small number added to each variance.
 */
public final class BatchNorm extends ShiftAndScale {
    private BatchNorm(int channels, int positions) {
        super("BatchNorm", channels, positions, true);
    }

    /** With moments of each element. */
    public static BatchNorm of(int dimension) {
        return ofChannels(dimension, 1);
    }

    /** For vectors that hold one channel after the other, each at so many positions, with moments of each channel. */
    public static BatchNorm ofChannels(int channels, int positions) {
        return new BatchNorm(channels, positions);
    }
}

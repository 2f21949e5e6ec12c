package org.fluvia.flows.bijection;

import org.fluvia.autodiff.Expr;

/**
 * A bijection whose weights can be set from data, so that these leave it with mean 0 and variance 1: {@code org.fluvia.flows.Normalisation}
 * does it for all of a flow.
 */
public interface Normalising extends Bijection {

    /**
     * Moves the weights towards those with which data of some moments leave it with mean 0 and variance 1. Elements that do not vary, but
     * for rounding, are moved to 0 and keep their scale: theirs is 1.
     *
     * @param weights of this bijection alone, one after the other as {@link #weights} has them; overwritten
     * @param mean of each element, finite
     * @param variance of each element, finite
     * @param inverse whether the data go through {@link #inverse}, or through {@link #forward}
     * @param share of the new moments, 1 to forget the old ones
     */
    void towards(double[] weights, double[] mean, double[] variance, boolean inverse, double share);

    /** Whether training moves the weights towards the moments of each batch, instead of against a gradient. */
    boolean followsData();

    /**
     * One that a vector meets on its way through a bijection.
     *
     * @param given what it is given there, per draw
     * @param inverse whether it is given to {@link #inverse}
     */
    record Met(Normalising layer, Expr given, boolean inverse) {}
}

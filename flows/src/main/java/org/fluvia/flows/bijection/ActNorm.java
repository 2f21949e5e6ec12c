package org.fluvia.flows.bijection;

import java.util.List;
import org.fluvia.autodiff.Expr;

/**
 * y = shift + exp(log scale) x, with weights for each element or each channel, that start where data have mean 0 and variance 1 (Kingma and
 * Dhariwal 2018, section 3.1). log |det| = the sum of log scales, shared.
 *
 * <p>Without data it starts as the identity. {@code org.fluvia.flows.Normalisation} starts it from data: in whichever direction they pass,
 * they come out with mean 0 and variance 1. From there on its weights are trained as any others.
 *
 * <p>Numerics: finite wherever exp(log scale) x + shift is, and its inverse.
 */
public final class ActNorm implements Normalising {
    private final ShiftAndScale map;

    private ActNorm(ShiftAndScale map) {
        this.map = map;
    }

    /** With weights for each element. */
    public static ActNorm of(int dimension) {
        return ofChannels(dimension, 1);
    }

    /** For vectors that hold one channel after the other, each at so many positions, with weights for each channel. */
    public static ActNorm ofChannels(int channels, int positions) {
        return new ActNorm(new ShiftAndScale("ActNorm", channels, positions, false));
    }

    @Override
    public int dimension() {
        return map.dimension();
    }

    @Override
    public List<Expr> weights() {
        return map.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        return map.forward(this, x);
    }

    @Override
    public Transformed inverse(Expr y) {
        return map.inverse(this, y);
    }

    @Override
    public void towards(double[] weights, double[] mean, double[] variance, boolean inverse, double share) {
        map.towards(weights, mean, variance, inverse, share);
    }

    @Override
    public boolean followsData() {
        return false;
    }

    @Override
    public List<Met> normalising(Expr given, boolean inverse) {
        return List.of(new Met(this, given, inverse));
    }

    @Override
    public String toString() {
        return "ActNorm" + map.sizes();
    }
}

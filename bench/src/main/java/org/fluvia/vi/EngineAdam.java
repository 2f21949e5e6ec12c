package org.fluvia.vi;

/** The engine's own optimiser, lent to the benchmarks so that they measure it and not a copy. */
public final class EngineAdam {
    private final Adam adam;

    public EngineAdam(int size) {
        adam = new Adam(size);
    }

    /** See {@link Adam#step}. */
    public void step(double[] weights, double[] gradient, double scale, double rate) {
        adam.step(weights, gradient, scale, rate);
    }
}

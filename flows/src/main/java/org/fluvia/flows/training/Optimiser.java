package org.fluvia.flows.training;

/** Moves weights against a gradient. Its state belongs to one thread; the weights are no part of it. */
public interface Optimiser extends Resumable {
    /**
     * Takes one step.
     *
     * @param weights moved
     * @param gradient of what is to be made small, but for the scale; not modified
     * @param scale that the gradient is multiplied by
     * @param rate the step size
     */
    void step(double[] weights, double[] gradient, double scale, double rate);
}

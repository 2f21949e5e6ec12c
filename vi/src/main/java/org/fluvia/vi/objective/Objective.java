package org.fluvia.vi.objective;

/**
 * What training makes small: a function of a flow's weights, known by its gradient on draws. Implementations are immutable and
 * thread-safe; those that Fluvia has are in {@link Objectives}.
 */
@FunctionalInterface
public interface Objective {
    /** Records what is needed to train a flow. Called once, before the first step. */
    Step prepare(Setting setting);

    /** Gradients, one a step. Belongs to one thread. */
    @FunctionalInterface
    interface Step {
        /**
         * The gradient at some weights, summed over draws.
         *
         * @param weights not modified
         * @param step counted from 0: each has noise of its own
         * @param gradient overwritten, laid out as the weights are
         * @return the number of draws: the gradient is the sum divided by it
         */
        int gradient(double[] weights, int step, double[] gradient);
    }
}

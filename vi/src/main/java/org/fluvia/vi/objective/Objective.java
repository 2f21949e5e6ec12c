package org.fluvia.vi.objective;

import org.fluvia.flows.training.Slope;

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
    interface Step extends Slope {}
}

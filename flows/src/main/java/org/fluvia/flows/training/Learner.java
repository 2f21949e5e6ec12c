package org.fluvia.flows.training;

/**
 * What is trained: weights, and a way to take a step with them. Its state has the weights that were kept, too. Belongs to one thread.
 *
 * @param <S> what its weights are judged by
 */
public interface Learner<S extends Score<S>> extends Resumable {
    /**
     * Takes a step.
     *
     * @param step counted from 0
     * @return false if there is none to take
     */
    boolean step(int step, double rate);

    /** What the weights are worth on held-out draws, the same each time. */
    S score();

    /** Keeps the weights: they are the best so far. */
    void keep();

    /** Goes back to the weights that were kept, and forgets the steps before. */
    void startOver();
}

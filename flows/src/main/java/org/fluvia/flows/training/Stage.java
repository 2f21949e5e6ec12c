package org.fluvia.flows.training;

/** What training is a part of, as the loop sees it: told how it goes on, and asked whether it may. */
public interface Stage {
    /**
     * Says how far it is.
     *
     * @param steps the most there can be
     * @param estimate the best so far: see {@link Score#estimate}; NaN while there is none
     */
    void report(int step, int steps, double estimate);

    /** Whether another step may begin; false once the time is up. What it throws ends the training. */
    boolean goOn();

    /** Says that training was stopped within a step or a judgement. */
    void cut();

    /**
     * Before the first step of some work: puts back the state that it had in an earlier process, if that was kept.
     *
     * @return whether it was put back
     */
    default boolean resume(Resumable work) {
        return false;
    }

    /**
     * Between steps, and after the last: work that a later process may want to go on with.
     *
     * @param hasEnded whether there is no step to follow
     */
    default void keep(Resumable work, boolean hasEnded) {
        // nobody comes back
    }

    /** One that is not told anything and goes on to the end. */
    static Stage unwatched() {
        return new Stage() {
            @Override
            public void report(int step, int steps, double estimate) {
                // nobody asks
            }

            @Override
            public boolean goOn() {
                return true;
            }

            @Override
            public void cut() {
                // nobody asks
            }
        };
    }
}

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

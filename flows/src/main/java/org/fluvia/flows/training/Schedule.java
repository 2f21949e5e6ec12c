package org.fluvia.flows.training;

/** Step sizes, and when there is no further one. Its state belongs to one thread. */
public interface Schedule extends Resumable {
    /** What to do after a judgement. */
    enum Next {
        /** Go on from where the weights are. */
        GO_ON,
        /** Go back to the best weights, and on with another step size. */
        START_OVER,
        /** There is nothing more to try. */
        STOP
    }

    /** The size of a step, counted from 0. */
    double rate(int step);

    /** Told after each judgement whether it showed progress. */
    Next afterJudgement(boolean progress);
}

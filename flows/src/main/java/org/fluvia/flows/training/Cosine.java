package org.fluvia.flows.training;

/**
 * The step sizes of another schedule times (1 + cos(pi step / steps)) / 2, so that they fall to 0 by the last step (Loshchilov and Hutter
 * 2017, eq. 5, without restarts): what noise keeps apart at a large step size comes together.
 *
 * @param schedule the other one, which also says when to stop
 * @param steps how many there are at most
 */
public record Cosine(Schedule schedule, int steps) implements Schedule {
    @Override
    public void state(State state) {
        schedule.state(state);
    }

    @Override
    public double rate(int step) {
        return schedule.rate(step) * (1 + StrictMath.cos(StrictMath.PI * step / steps)) / 2;
    }

    @Override
    public Next afterJudgement(boolean progress) {
        return schedule.afterJudgement(progress);
    }
}

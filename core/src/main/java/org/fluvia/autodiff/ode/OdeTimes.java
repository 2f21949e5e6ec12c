package org.fluvia.autodiff.ode;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;

/**
 * Takes what a run's lanes reach to the result: the solution (T x n), its sensitivities (T x n x columns), and why and when a
 * lane could go no further.
 */
@SuppressWarnings("NullAway.Init") // what belongs to a tile is set when one begins
final class OdeTimes implements OdeOutput {
    private final int times;
    private OdeRun run;
    private double[] timeValues;
    private int timesAt;
    private double[] result;
    private int resultAt;
    /** The next time of each lane. */
    private int[] next = new int[0];

    OdeTimes(int times) {
        this.times = times;
    }

    @Override
    public void begin(OdeRun run, Frame f, Slot[] in, Slot out) {
        this.run = run;
        timeValues = f.array(in[2]);
        timesAt = f.at(in[2]);
        result = f.array(out);
        resultAt = f.at(out);
        if (next.length < run.w) next = new int[run.w];
        int statusAt = times * run.m;
        f.kernels.fill(0, result, resultAt + statusAt * run.w, 2 * run.w);
    }

    @Override
    public boolean isDone(int lane) {
        return next[lane] == times;
    }

    @Override
    public double next(int lane) {
        return timeValues[timesAt + next[lane]];
    }

    @Override
    public double last() {
        return timeValues[timesAt + times - 1];
    }

    @Override
    public boolean start(int lane, double time) {
        for (next[lane] = 0; next[lane] < times && next(lane) <= time; next[lane]++) {
            for (int e = 0; e < run.m; e++) put(e, lane, run.a[run.z + e * run.w + lane]);
        }
        return next[lane] < times;
    }

    @Override
    public boolean deliver(OdeStepper stepper, int lane, double before, double time) {
        int first = next[lane];
        for (; next[lane] < times && next(lane) <= time; next[lane]++) {
            stepper.to((next(lane) - before) / run.a[run.step + lane]);
            for (int e = 0; e < run.m; e++) put(e, lane, stepper.at(run, e, lane));
        }
        return next[lane] > first;
    }

    @Override
    public void fail(int lane, double time, int reason) {
        for (; next[lane] < times; next[lane]++) {
            for (int e = 0; e < run.m; e++) put(e, lane, Double.NaN);
        }
        int at = resultAt + times * run.m * run.w + lane;
        result[at] = reason;
        result[at + run.w] = time;
    }

    /** Puts an element of the state, or of its sensitivities, at the lane's next time. */
    private void put(int element, int lane, double value) {
        int row = element < run.n ? next[lane] * run.n + element
                : times * run.n + next[lane] * (run.m - run.n) + element - run.n;
        result[resultAt + row * run.w + lane] = value;
    }
}

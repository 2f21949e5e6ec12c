package org.fluvia.autodiff.ode;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;

/**
 * Takes a run's lanes to one time, and keeps the way: the state there (n); why and when a lane could go no further; the number of
 * steps; and for each of them the state before it (n), its time and its length.
 */
@SuppressWarnings("NullAway.Init") // what belongs to a tile is set when one begins
final class OdePath implements OdeOutput {
    private OdeRun run;
    private double end;
    private double[] result;
    private int resultAt;
    private boolean[] done = new boolean[0];

    /** Rows of the result. */
    static int rows(int n, long steps) {
        return Math.toIntExact(step(n, steps));
    }

    static int reason(int n) {
        return n;
    }

    static int count(int n) {
        return n + 2;
    }

    /** The first row of a step. */
    static long step(int n, long i) {
        return n + 3 + i * (n + 2);
    }

    @Override
    public void begin(OdeRun run, Frame f, Slot[] in, Slot out) {
        this.run = run;
        end = f.array(in[2])[f.at(in[2])];
        result = f.array(out);
        resultAt = f.at(out);
        if (done.length < run.w) done = new boolean[run.w];
        f.kernels.fill(0, result, resultAt + reason(run.n) * run.w, 3 * run.w);
    }

    @Override
    public boolean isDone(int lane) {
        return done[lane];
    }

    @Override
    public double next(int lane) {
        return end;
    }

    @Override
    public double last() {
        return end;
    }

    @Override
    public boolean start(int lane, double time) {
        done[lane] = !(time < end);
        if (done[lane]) copy(run.z, lane, 0);
        return !done[lane];
    }

    @Override
    public boolean deliver(OdeStepper stepper, int lane, double before, double time) {
        int count = resultAt + count(run.n) * run.w + lane;
        int row = (int) step(run.n, (long) result[count]);
        copy(run.z, lane, row);
        result[resultAt + (row + run.n) * run.w + lane] = before;
        result[resultAt + (row + run.n + 1) * run.w + lane] = run.a[run.step + lane];
        result[count]++;
        done[lane] = end <= time;
        if (done[lane]) copy(run.zNew, lane, 0);
        return done[lane];
    }

    private void copy(int state, int lane, int row) {
        for (int e = 0; e < run.n; e++) result[resultAt + (row + e) * run.w + lane] = run.a[state + e * run.w + lane];
    }

    @Override
    public void fail(int lane, double time, int reason) {
        for (int e = 0; e < run.n; e++) result[resultAt + e * run.w + lane] = Double.NaN;
        int at = resultAt + reason(run.n) * run.w + lane;
        result[at] = reason;
        result[at + run.w] = time;
        result[at + 2 * run.w] = 0;
        done[lane] = true;
    }
}

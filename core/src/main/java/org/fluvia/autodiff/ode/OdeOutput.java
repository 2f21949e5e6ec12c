package org.fluvia.autodiff.ode;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;

/** Takes what a run's lanes reach to the result, and says where they go. */
interface OdeOutput {

    /** @param in y0, t0, times, ... */
    void begin(OdeRun run, Frame f, Slot[] in, Slot out);

    boolean isDone(int lane);

    /** The time that a lane is on its way to. */
    double next(int lane);

    double last();

    /** Delivers the initial state where it is asked for; whether there are times left. */
    boolean start(int lane, double time);

    /** Delivers the solution at the times that a step reaches; whether there were any. */
    boolean deliver(OdeStepper stepper, int lane, double before, double time);

    /** The lane goes no further. */
    void fail(int lane, double time, int reason);
}

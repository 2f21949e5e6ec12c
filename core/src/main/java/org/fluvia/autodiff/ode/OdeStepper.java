package org.fluvia.autodiff.ode;

/** A one-step method with an estimate of its error, for all lanes of a run at once. Its memory is rows of the run's. */
interface OdeStepper {

    /** Rows that {@link #place} takes. */
    int rows(OdeBlocks blocks);

    void place(OdeRun r);

    /** Proposes the first step of each lane; {@code zNew} is {@code z} and {@code step} is 0. */
    void first(OdeRun r);

    /** From the run's {@code z}, {@code rate} (the derivative there), {@code t} and {@code step}: its {@code zNew} and {@code error}. */
    void attempt(OdeRun r);

    /** What errors are compared with, to {@code scale}: the size of the state. */
    void scale(OdeRun r, int scale);

    /** The factor of the next step of each lane, to {@code factor}, from the error of the last, where 1 is the most allowed. */
    void change(OdeRun r, int norm, int factor);

    /** Whether steps go past the times asked for, and the solution there is interpolated; else they end there. */
    boolean interpolates();

    /** An element of the solution within an accepted step of a lane. */
    double at(OdeRun r, int element, int lane);

    /** Says where: at a fraction of the step, for {@link #at}. */
    void to(double fraction);

    /** After a step: its accepted lanes have moved on. */
    void moved(OdeRun r, boolean all);
}

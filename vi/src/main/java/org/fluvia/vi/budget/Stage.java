package org.fluvia.vi.budget;

/** A stage of a fit as what runs in it sees it: told how it goes on, and asked whether it may. */
public interface Stage {
    /**
     * Says how far it is.
     *
     * @param steps the most there can be
     * @param elbo the best so far, nats
     */
    void report(int step, int steps, double elbo);

    /**
     * Whether another step may begin; false once the time is up.
     *
     * @throws java.util.concurrent.CancellationException if the fit was interrupted
     */
    boolean goOn();

    /** Says that the stage was stopped on the way. */
    void cut();

    /** Says since when so many draws have been evaluated, as those are that will be judged. */
    void judged(int draws, double since);

    /** Since the fit began. */
    double seconds();
}

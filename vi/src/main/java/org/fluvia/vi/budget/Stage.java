package org.fluvia.vi.budget;

/** A stage of a fit as what runs in it sees it. What it is told of progress is the ELBO, in nats. */
public interface Stage extends org.fluvia.flows.training.Stage {
    /**
     * Whether another step may begin; false once the time is up.
     *
     * @throws java.util.concurrent.CancellationException if the fit was interrupted
     */
    @Override
    boolean goOn();

    /** Says since when so many draws have been evaluated, as those are that will be judged. */
    void judged(int draws, double since);

    /** Since the fit began. */
    double seconds();
}

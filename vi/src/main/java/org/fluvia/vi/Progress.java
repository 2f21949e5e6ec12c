package org.fluvia.vi;

/** Told how a fit goes on. Called on the thread that runs the fit, often: return soon. */
@FunctionalInterface
public interface Progress {
    /** The stage of the last event of a fit that comes to its end. */
    String DONE = "done";

    /** The stage of the first event of a fit that goes on from a {@link Checkpoint}. */
    String RESUMED = "resumed";

    /**
     * @param stage what is under way, for people: "starts", "full-rank", "flow"; then {@link #DONE}
     * @param step steps done in this stage
     * @param steps the most steps this stage can take; it may stop earlier
     * @param elbo the current estimate of the ELBO in nats; NaN where there is none yet; the result's with {@link #DONE}
     * @param secondsLeft an upper estimate for this stage; NaN where there is none yet; 0 with {@link #DONE}
     */
    record Event(String stage, int step, int steps, double elbo, double secondsLeft) {}

    void report(Event event);

    /** Says nothing. */
    static Progress none() {
        return event -> { };
    }

    /** Keeps one line of standard error up to date, and clears it at the end. For terminals. */
    static Progress console() {
        return new ConsoleProgress(System.err);
    }
}

package org.fluvia.flows.training;

/**
 * What weights are worth on data or draws that training never sees. The higher, the better.
 *
 * @param <S> the kind of score that this can be compared with: its own
 */
public interface Score<S extends Score<S>> {
    /** What weights are compared by; NaN or minus infinity where they are worth nothing. */
    double value();

    /** The estimate that is shown while training goes on, such as nats. */
    double estimate();

    /** Whether this is higher by more than so many standard errors of the difference. */
    boolean isBeyond(S other, double errors);

    /** Whether there is nothing left to gain, by the bound of {@link StopRule#goodEnough}. */
    boolean isGoodEnough(double goodEnough);
}

package org.fluvia.flows.training;

/** Work whose state can be noted between its steps, and put back into the same work before its first step: it then goes on as it would have. */
@FunctionalInterface
public interface Resumable {
    /** Passes all that later steps depend on. */
    void state(State state);
}

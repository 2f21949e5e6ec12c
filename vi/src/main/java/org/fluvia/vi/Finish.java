package org.fluvia.vi;

/** Where the draws of a fit come from. */
public enum Finish {
    /** From the approximation: as they are, or resampled by importance weights. */
    WEIGHTS,
    /** From Markov chains in the approximation's base space where its own draws, weighted or not, fall short; from the approximation elsewhere. */
    AS_NEEDED,
    /** From Markov chains wherever they agree. */
    EXACT
}

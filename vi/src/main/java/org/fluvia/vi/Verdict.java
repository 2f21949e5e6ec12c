package org.fluvia.vi;

/** Whether the draws of a fit can be used. */
public enum Verdict {
    /** The flow itself is accurate: its draws are passed on as they are. */
    PASS,
    /** The flow is close enough that resampling by Pareto-smoothed importance weights corrects it. */
    RESAMPLED,
    /** The draws are those of Markov chains that agree: R-hat is at most 1.01. */
    EXACT,
    /** The draws are not to be trusted; the reasons say why and what to do. */
    FAIL
}

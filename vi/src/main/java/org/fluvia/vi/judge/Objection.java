package org.fluvia.vi.judge;

/** Why draws are not trusted. */
public enum Objection {
    /** The ELBO or the log evidence is infinite. */
    NO_EVIDENCE,
    /** The log-density is so large that its rounding error hides differences. */
    ROUNDING,
    /** The tail of the importance weights is too heavy. */
    TAIL,
    /** There are too few effective draws. */
    FEW_EFFECTIVE,
    /** Too much of the posterior may lie where the log-density is not known. */
    HIDDEN,
    /** There is a mode that the approximation does not reach. */
    MISSED_MODE,
    /** Tempered particles found more mass. */
    MORE_MASS,
    /** Weights would move something too far. */
    FAR_MOVE
}

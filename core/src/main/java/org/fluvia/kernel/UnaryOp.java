package org.fluvia.kernel;

/** The elementwise functions of one argument. */
public enum UnaryOp {
    NEG, ABS, SQUARE, RECIPROCAL, SQRT, EXP, LOG, LOG1P, EXPM1, TANH, SIGMOID, SOFTPLUS,
    /** log Gamma(x), x > 0. */
    LGAMMA,
    /** The derivative of LGAMMA. */
    DIGAMMA,
    /** The derivative of DIGAMMA. */
    TRIGAMMA,
    /** 1 where x is finite, 0 elsewhere. */
    IS_FINITE
}

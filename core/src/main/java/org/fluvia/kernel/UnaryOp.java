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
    IS_FINITE,
    ERF, ERFC,
    /** Phi(x), the standard normal distribution function. */
    NORMAL_CDF,
    /** log Phi(x). */
    LOG_NORMAL_CDF,
    /** The derivative of LOG_NORMAL_CDF, phi(x) / Phi(x). */
    NORMAL_HAZARD,
    /** The inverse of NORMAL_CDF. */
    NORMAL_QUANTILE,
    /** log(1 - exp(x)), x &lt;= 0. */
    LOG1M_EXP,
    SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, CBRT,
    /** The largest whole number that is not larger than x. */
    FLOOR,
    /** The logarithm of Mills' ratio, (1 - Phi(x)) / phi(x). */
    LOG_MILLS,
    /** log(exp(-x) I0(x)), x >= 0, of the modified Bessel function of order 0. */
    LOG_SCALED_BESSEL_I0,
    /** The derivative of LOG_SCALED_BESSEL_I0, I1(x) / I0(x) - 1. */
    BESSEL_SLOPE;

    /** Whether it is one instruction of the processor. */
    boolean isInstruction() {
        return switch (this) {
            case NEG, ABS, SQUARE, RECIPROCAL, SQRT -> true;
            default -> false;
        };
    }

    /** Whether there is but one implementation, a number at a time: the functions that few models need. */
    boolean scalarOnly() {
        return this == LGAMMA || this == DIGAMMA || this == TRIGAMMA || compareTo(ERF) >= 0;
    }
}

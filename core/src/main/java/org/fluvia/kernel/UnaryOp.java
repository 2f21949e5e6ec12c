package org.fluvia.kernel;

/** The elementwise functions of one argument. */
public enum UnaryOp {
    NEG(Kind.INSTRUCTION), ABS(Kind.INSTRUCTION), SQUARE(Kind.INSTRUCTION), RECIPROCAL(Kind.INSTRUCTION), SQRT(Kind.INSTRUCTION),
    EXP(Kind.VECTORS), LOG(Kind.VECTORS), LOG1P(Kind.VECTORS), EXPM1(Kind.VECTORS), TANH(Kind.VECTORS), SIGMOID(Kind.VECTORS),
    SOFTPLUS(Kind.VECTORS),
    /** log Gamma(x), x > 0. */
    LGAMMA(Kind.NUMBERS),
    /** The derivative of LGAMMA. */
    DIGAMMA(Kind.NUMBERS),
    /** The derivative of DIGAMMA. */
    TRIGAMMA(Kind.NUMBERS),
    /** 1 where x is finite, 0 elsewhere. */
    IS_FINITE(Kind.VECTORS),
    ERF(Kind.NUMBERS), ERFC(Kind.NUMBERS),
    /** Phi(x), the standard normal distribution function. */
    NORMAL_CDF(Kind.NUMBERS),
    /** log Phi(x). */
    LOG_NORMAL_CDF(Kind.NUMBERS),
    /** The derivative of LOG_NORMAL_CDF, phi(x) / Phi(x). */
    NORMAL_HAZARD(Kind.NUMBERS),
    /** The inverse of NORMAL_CDF. */
    NORMAL_QUANTILE(Kind.NUMBERS),
    /** log(1 - exp(x)), x &lt;= 0. */
    LOG1M_EXP(Kind.NUMBERS),
    SIN(Kind.NUMBERS), COS(Kind.NUMBERS), TAN(Kind.NUMBERS), ASIN(Kind.NUMBERS), ACOS(Kind.NUMBERS), ATAN(Kind.NUMBERS),
    SINH(Kind.NUMBERS), COSH(Kind.NUMBERS), CBRT(Kind.NUMBERS),
    /** The largest whole number that is not larger than x. */
    FLOOR(Kind.NUMBERS),
    /** The logarithm of Mills' ratio, (1 - Phi(x)) / phi(x). */
    LOG_MILLS(Kind.NUMBERS),
    /** log(exp(-x) I0(x)), x >= 0, of the modified Bessel function of order 0. */
    LOG_SCALED_BESSEL_I0(Kind.NUMBERS),
    /** The derivative of LOG_SCALED_BESSEL_I0, I1(x) / I0(x) - 1. */
    BESSEL_SLOPE(Kind.NUMBERS);

    private enum Kind {
        /** One instruction of the processor. */
        INSTRUCTION,
        /** A polynomial and the like, on vectors too. */
        VECTORS,
        /** A number at a time: the functions that few models need. */
        NUMBERS
    }

    private final Kind kind;

    UnaryOp(Kind kind) {
        this.kind = kind;
    }

    /** Whether it is one instruction of the processor. */
    public boolean isInstruction() {
        return kind == Kind.INSTRUCTION;
    }

    /** Whether there is but one implementation, a number at a time. */
    public boolean scalarOnly() {
        return kind == Kind.NUMBERS;
    }
}

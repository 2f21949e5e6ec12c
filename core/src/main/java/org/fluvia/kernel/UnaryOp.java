package org.fluvia.kernel;

import org.fluvia.kernel.special.BesselFunctions;
import org.fluvia.kernel.special.GammaFunctions;
import org.fluvia.kernel.special.NormalFunctions;
import org.fluvia.kernel.special.ScalarFunctions;
import org.fluvia.kernel.special.Trigonometry;

/** The elementwise functions of one argument. */
public enum UnaryOp {
    NEG(Kind.INSTRUCTION), ABS(Kind.INSTRUCTION), SQUARE(Kind.INSTRUCTION), RECIPROCAL(Kind.INSTRUCTION), SQRT(Kind.INSTRUCTION),
    EXP(Kind.VECTORS), LOG(Kind.VECTORS), LOG1P(Kind.VECTORS), EXPM1(Kind.VECTORS), TANH(Kind.VECTORS), SIGMOID(Kind.VECTORS),
    SOFTPLUS(Kind.VECTORS),
    /** log Gamma(x), x > 0. */
    LGAMMA,
    /** The derivative of LGAMMA. */
    DIGAMMA,
    /** The derivative of DIGAMMA. */
    TRIGAMMA,
    /** 1 where x is finite, 0 elsewhere. */
    IS_FINITE(Kind.VECTORS),
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
    SIN, COS, TAN, ASIN, ACOS, ATAN,
    SINH, COSH, CBRT,
    /** The largest whole number that is not larger than x. */
    FLOOR,
    /** The logarithm of Mills' ratio, (1 - Phi(x)) / phi(x). */
    LOG_MILLS,
    /** log(exp(-x) I0(x)), x >= 0, of the modified Bessel function of order 0. */
    LOG_SCALED_BESSEL_I0,
    /** The derivative of LOG_SCALED_BESSEL_I0, I1(x) / I0(x) - 1. */
    BESSEL_SLOPE;

    private enum Kind {
        /** One instruction of the processor. */
        INSTRUCTION,
        /** A polynomial and the like, on vectors too. */
        VECTORS,
        /** A number at a time: the functions that few models need. */
        NUMBERS
    }

    private final Kind kind;

    UnaryOp() {
        this(Kind.NUMBERS);
    }

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

    /** The function of one number, of those that have but one implementation. */
    public double of(double x) {
        return switch (this) {
            case LGAMMA -> GammaFunctions.logGamma(x);
            case DIGAMMA -> GammaFunctions.digamma(x);
            case TRIGAMMA -> GammaFunctions.trigamma(x);
            case ERF -> NormalFunctions.erf(x);
            case ERFC -> NormalFunctions.erfc(x);
            case NORMAL_CDF -> NormalFunctions.normalCdf(x);
            case LOG_NORMAL_CDF -> NormalFunctions.logNormalCdf(x);
            case NORMAL_HAZARD -> NormalFunctions.normalHazard(x);
            case NORMAL_QUANTILE -> NormalFunctions.normalQuantile(x);
            case LOG1M_EXP -> ScalarFunctions.log1mExp(x);
            case SIN -> Trigonometry.sin(x);
            case COS -> Trigonometry.cos(x);
            case TAN -> Trigonometry.tan(x);
            case ASIN -> StrictMath.asin(x);
            case ACOS -> StrictMath.acos(x);
            case ATAN -> StrictMath.atan(x);
            case SINH -> Trigonometry.sinh(x);
            case COSH -> Trigonometry.cosh(x);
            case CBRT -> StrictMath.cbrt(x);
            case FLOOR -> Math.floor(x);
            case LOG_MILLS -> NormalFunctions.logMills(x);
            case LOG_SCALED_BESSEL_I0 -> BesselFunctions.logScaledI0(x);
            case BESSEL_SLOPE -> BesselFunctions.slope(x);
            default -> throw new IllegalArgumentException(this + ": it has loops only");
        };
    }
}

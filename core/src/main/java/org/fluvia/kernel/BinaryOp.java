package org.fluvia.kernel;

import org.fluvia.kernel.special.GammaFunctions;
import org.fluvia.kernel.special.GammaRatios;
import org.fluvia.kernel.special.IncompleteGamma;
import org.fluvia.kernel.special.Power;
import org.fluvia.kernel.special.ScalarFunctions;

/** The elementwise functions of two arguments. Comparisons give 1 or 0; a comparison with NaN gives 0. */
public enum BinaryOp {
    ADD(true), SUB(true), MUL(true), DIV(true),
    /** As {@link Math#min(double, double)}: NaN if either is NaN, -0 below +0. */
    MIN(true),
    /** As {@link Math#max(double, double)}. */
    MAX(true),
    /** x to the power y within 1 ulp, special cases as {@link Math#pow(double, double)}. */
    POW,
    LT(true), LE(true), EQ(true),
    /** x - (x y) y, by fma: what the adjoint x of y = tanh(u) gives to that of u. */
    TANH_ADJOINT(true),
    /** log(exp(x) + exp(y)). */
    LOG_ADD_EXP,
    /** log Beta(x, y), x and y > 0. */
    LBETA,
    /** The angle of the point (y, x), as {@link StrictMath#atan2}: the ordinate comes first. */
    ATAN2,
    /** log Gamma(x + y) - log Gamma(x), x and x + y > 0. */
    LOG_RISING,
    /** The derivative of LOG_RISING in x. */
    RISING_SLOPE,
    /** log P(x, y) of the regularised lower incomplete gamma function, x > 0, y >= 0. */
    LOG_GAMMA_P,
    /** log Q(x, y) of the regularised upper incomplete gamma function, x > 0, y >= 0. */
    LOG_GAMMA_Q,
    /** The derivative of LOG_GAMMA_P in x. */
    GAMMA_P_SLOPE,
    /** The derivative of LOG_GAMMA_Q in x. */
    GAMMA_Q_SLOPE,
    /** The derivative of LOG_GAMMA_P in y. */
    GAMMA_P_HAZARD,
    /** The derivative of LOG_GAMMA_Q in y, but for its sign. */
    GAMMA_Q_HAZARD;

    private final boolean vectors;

    BinaryOp() {
        this(false);
    }

    /** @param vectors whether it has an implementation on vectors */
    BinaryOp(boolean vectors) {
        this.vectors = vectors;
    }

    /** Whether there is but one implementation, a number at a time. */
    public boolean scalarOnly() {
        return !vectors;
    }

    /** The function of two numbers, of those that have but one implementation and TANH_ADJOINT. */
    public double of(double x, double y) {
        return switch (this) {
            case POW -> Power.pow(x, y);
            case LOG_ADD_EXP -> ScalarFunctions.logAddExp(x, y);
            case LBETA -> GammaFunctions.logBeta(x, y);
            case ATAN2 -> StrictMath.atan2(x, y);
            case LOG_RISING -> GammaRatios.logRising(x, y);
            case RISING_SLOPE -> GammaRatios.risingSlope(x, y);
            case LOG_GAMMA_P -> IncompleteGamma.logP(x, y);
            case LOG_GAMMA_Q -> IncompleteGamma.logQ(x, y);
            case GAMMA_P_SLOPE -> IncompleteGamma.slopeP(x, y);
            case GAMMA_Q_SLOPE -> IncompleteGamma.slopeQ(x, y);
            case GAMMA_P_HAZARD -> IncompleteGamma.hazardP(x, y);
            case GAMMA_Q_HAZARD -> IncompleteGamma.hazardQ(x, y);
            case TANH_ADJOINT -> ScalarFunctions.tanhAdjoint(x, y);
            default -> throw new IllegalArgumentException(this + ": it has loops only");
        };
    }
}

package org.fluvia.kernel;

import org.fluvia.kernel.special.IncompleteBeta;

/** The elementwise functions of three arguments. */
public enum TernaryOp {
    /** log I_p(x, y) of the regularised incomplete beta function with p = z / (1 + z), x and y > 0, z >= 0. */
    LOG_INC_BETA,
    /** The derivative of LOG_INC_BETA in x. */
    INC_BETA_SLOPE_A,
    /** The derivative of LOG_INC_BETA in y. */
    INC_BETA_SLOPE_B,
    /** The derivative of LOG_INC_BETA in z. */
    INC_BETA_HAZARD;

    /** The function of three numbers. */
    public double of(double x, double y, double z) {
        return switch (this) {
            case LOG_INC_BETA -> IncompleteBeta.of(x, y, z, IncompleteBeta.Part.LOG);
            case INC_BETA_SLOPE_A -> IncompleteBeta.of(x, y, z, IncompleteBeta.Part.SLOPE_A);
            case INC_BETA_SLOPE_B -> IncompleteBeta.of(x, y, z, IncompleteBeta.Part.SLOPE_B);
            case INC_BETA_HAZARD -> IncompleteBeta.of(x, y, z, IncompleteBeta.Part.HAZARD);
        };
    }
}

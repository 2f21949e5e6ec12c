package org.fluvia.kernel;

/** The elementwise functions of three arguments. */
public enum TernaryOp {
    /** log I_p(x, y) of the regularised incomplete beta function with p = z / (1 + z), x and y > 0, z >= 0. */
    LOG_INC_BETA,
    /** The derivative of LOG_INC_BETA in x. */
    INC_BETA_SLOPE_A,
    /** The derivative of LOG_INC_BETA in y. */
    INC_BETA_SLOPE_B,
    /** The derivative of LOG_INC_BETA in z. */
    INC_BETA_HAZARD
}

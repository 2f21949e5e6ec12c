package org.fluvia.kernel;

/** The elementwise functions of two arguments. Comparisons give 1 or 0; a comparison with NaN gives 0. */
public enum BinaryOp {
    ADD, SUB, MUL, DIV,
    /** As {@link Math#min(double, double)}: NaN if either is NaN, -0 below +0. */
    MIN,
    /** As {@link Math#max(double, double)}. */
    MAX,
    /** x to the power y within 1 ulp, special cases as {@link Math#pow(double, double)}. */
    POW,
    LT, LE, EQ
}

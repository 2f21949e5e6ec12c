package org.fluvia.kernel.special;

/** Numbers that formulas need, rounded once: the home of them all in this library. */
public final class Constants {
    private Constants() {}

    public static final double LOG_2 = 0x1.62e42fefa39efp-1;
    public static final double LOG_10 = 0x1.26bb1bbb55516p+1;
    public static final double LOG_PI = 0x1.250d048e7a1bdp+0;
    /** log(2 pi) / 2. */
    public static final double HALF_LOG_2PI = 0x1.d67f1c864beb5p-1;
    /** log(2 / pi) / 2. */
    public static final double HALF_LOG_2_OVER_PI = -0x1.ce6bb25aa1316p-3;
    /** 1 / sqrt(2 pi), the density of the standard normal distribution at 0. */
    public static final double INVERSE_SQRT_2PI = 0x1.9884533d43651p-2;
}

package org.fluvia.kernel.special;

/**
 * The constants of {@link ScalarFunctions} and of the vector loops.
 *
 * <p>Polynomials are minimax fits by the Remez algorithm at 200 bits (mpmath), rounded to double; the errors given are
 * those of the rounded coefficients.
 */
public final class Coefficients {
    private Coefficients() {}

    /** Adding this to |v| &lt; 2^51 rounds v to an integer, which then stands in the low bits of the sum. */
    public static final double ROUND = 0x1.8p52;
    /** The bits of 1.0; adding k &lt;&lt; 52 gives the bits of 2^k. */
    public static final long ONE_BITS = 0x3ff0_0000_0000_0000L;
    public static final long SIGN_BIT = 0x8000_0000_0000_0000L;
    public static final int EXPONENT_SHIFT = 52;

    public static final double LOG2_E = 0x1.71547652b82fep+0;
    /** log 2 in 42 bits, so that its product with an exponent is exact, and the rest. */
    public static final double LN2_HIGH = 0x1.62e42fefa3800p-1;
    public static final double LN2_LOW = 0x1.ef35793c76730p-45;

    /** exp(x) is infinite above and zero below; both are rounded outwards, exact decisions are left to the arithmetic. */
    public static final double EXP_OVERFLOW = 710;
    public static final double EXP_UNDERFLOW = -746;
    /** expm1(x) rounds to -1 below. */
    public static final double EXPM1_MINUS_ONE = -40;
    /** expm1(x) rounds to x below, in absolute value. */
    public static final double EXPM1_IDENTITY = 0x1p-54;
    /** tanh(x) rounds to 1 above. */
    public static final double TANH_ONE = 22;

    // expm1(r) = r + r^2 (1/2 + r E(r)), |r| <= log(2)/2; error 2^-60.1 relative to r.
    public static final double E0 = 0x1.5555555555559p-3;
    public static final double E1 = 0x1.5555555555559p-5;
    public static final double E2 = 0x1.111111110f6e2p-7;
    public static final double E3 = 0x1.6c16c16c14a7ap-10;
    public static final double E4 = 0x1.a01a01afd34ebp-13;
    public static final double E5 = 0x1.a01a01af65ffbp-16;
    public static final double E6 = 0x1.71ddf87cc7214p-19;
    public static final double E7 = 0x1.27e4c7c116d35p-22;
    public static final double E8 = 0x1.af5e7bd57f28fp-26;
    public static final double E9 = 0x1.1f92c31e471b6p-29;

    // log((1 + s) / (1 - s)) = 2 s + s z L(z), z = s^2, |s| <= (sqrt 2 - 1) / (sqrt 2 + 1); error 2^-59.0 relative to 2 s.
    public static final double L0 = 0x1.5555555555592p-1;
    public static final double L1 = 0x1.999999997fdbcp-2;
    public static final double L2 = 0x1.24924941f0f06p-2;
    public static final double L3 = 0x1.c71c5209828b8p-3;
    public static final double L4 = 0x1.74663ee189930p-3;
    public static final double L5 = 0x1.39a1bb5a92ba4p-3;
    public static final double L6 = 0x1.2f055d8380cc2p-3;

    /** Subnormal numbers are scaled by 2^54 before their exponent is read. */
    public static final double SUBNORMAL_SCALE = 0x1p54;
    public static final double SUBNORMAL_EXPONENT = -54;
    /** Added to the bits of x, makes the exponent field change at sqrt(1/2) and not at 1. */
    public static final long SQRT_HALF_BITS = 0x3fe6_a09e_667f_3bcdL;
    public static final long LOG_SHIFT_BITS = ONE_BITS - SQRT_HALF_BITS;
    public static final long MANTISSA_MASK = 0x000f_ffff_ffff_ffffL;
    /** The bits of 2^52, under which a small integer becomes a double; and what must be taken off. */
    public static final long TWO_52_BITS = 0x4330_0000_0000_0000L;
    public static final double TWO_52_AND_BIAS = 0x1p52 + 1023;
}

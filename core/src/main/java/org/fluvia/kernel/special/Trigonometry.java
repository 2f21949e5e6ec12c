package org.fluvia.kernel.special;

import static org.fluvia.kernel.special.Arithmetic.fma;

/**
 * Sine, cosine and tangent, one number at a time; both kernels use them. {@link StrictMath} has them too and serves for
 * huge arguments, but some JVMs make it allocate.
 *
 * <p>x = n pi/2 + r + rest, |r| &lt;= pi/4, by Cody and Waite's reduction; polynomials are Chebyshev fits at 260 bits (mpmath).
 */
public final class Trigonometry {
    private Trigonometry() {}

    private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    /** pi/2 in three parts. */
    private static final double HALF_PI = 0x1.921fb54442d18p+0;
    private static final double HALF_PI_2 = 0x1.1a62633145c07p-54;
    private static final double HALF_PI_3 = -0x1.f1976b7ed8fbcp-110;
    private static final double LARGE = 0x1p20;
    /** sin(x) and tan(x) round to x below. */
    private static final double SMALL = 0x1p-27;

    /** (sin(r) / r - 1) / r^2 in powers of r^2; error 2^-56.6. */
    private static final double[] SIN = {
        -0x1.5555555555555p-3, 0x1.1111111111110p-7, -0x1.a01a01a019937p-13, 0x1.71de3a54607a5p-19, -0x1.ae64541295cdfp-26,
        0x1.61217ee5cca1bp-33, -0x1.ab17bdcbd3414p-41
    };
    /** (cos(r) - 1 + r^2/2) / r^4 in powers of r^2; error 2^-58.5. */
    private static final double[] COS = {
        0x1.5555555555555p-5, -0x1.6c16c16c16c16p-10, 0x1.a01a01a019d0ap-16, -0x1.27e4fb7712ca2p-22, 0x1.1eed8deb82809p-29,
        -0x1.9394b9eb4d56dp-37, 0x1.ab78473be59d7p-45
    };

    public static double sin(double x) {
        if (!(Math.abs(x) < LARGE)) return StrictMath.sin(x);
        if (Math.abs(x) < SMALL) return x;
        double n = Math.rint(x * TWO_OVER_PI);
        double r = reduce(x, n);
        double rest = rest(x, n, r);
        double value = ((int) n & 1) == 0 ? sinReduced(r, rest) : cosReduced(r, rest);
        return ((int) n & 2) == 0 ? value : -value;
    }

    public static double cos(double x) {
        if (!(Math.abs(x) < LARGE)) return StrictMath.cos(x);
        double n = Math.rint(x * TWO_OVER_PI);
        double r = reduce(x, n);
        double rest = rest(x, n, r);
        double value = ((int) n & 1) == 0 ? cosReduced(r, rest) : sinReduced(r, rest);
        return ((int) n + 1 & 2) == 0 ? value : -value;
    }

    public static double tan(double x) {
        if (!(Math.abs(x) < LARGE)) return StrictMath.tan(x);
        if (Math.abs(x) < SMALL) return x;
        double n = Math.rint(x * TWO_OVER_PI);
        double r = reduce(x, n);
        double rest = rest(x, n, r);
        double sin = sinReduced(r, rest);
        double cos = cosReduced(r, rest);
        return ((int) n & 1) == 0 ? sin / cos : -cos / sin;
    }

    /** (e^x - e^-x) / 2. */
    public static double sinh(double x) {
        double size = Math.abs(x);
        if (size > 22) {
            double half = ScalarFunctions.exp(0.5 * size);
            return Math.copySign(0.5 * half * half, x);
        }
        double t = ScalarFunctions.expm1(size);
        return Math.copySign(0.5 * (t + t / (t + 1)), x);
    }

    /** (e^x + e^-x) / 2. */
    public static double cosh(double x) {
        double size = Math.abs(x);
        if (size > 22) {
            double half = ScalarFunctions.exp(0.5 * size);
            return 0.5 * half * half;
        }
        double e = ScalarFunctions.exp(size);
        return 0.5 * e + 0.5 / e;
    }

    /** x - n pi/2. */
    private static double reduce(double x, double n) {
        double product = n * HALF_PI;
        double first = (x - product) - fma(n, HALF_PI, -product);
        return first - n * HALF_PI_2;
    }

    /** What rounding has lost of it. */
    private static double rest(double x, double n, double r) {
        double product = n * HALF_PI;
        double exact = x - product;
        double low = fma(n, HALF_PI, -product);
        double first = exact - low;
        double firstRest = exact - first - low;
        double second = n * HALF_PI_2;
        double secondRest = fma(n, HALF_PI_2, -second);
        double back = first - r;
        double rounded = back - second + (first - (r + back));
        return rounded + (firstRest - secondRest - n * HALF_PI_3);
    }

    /** sin(r + rest). */
    private static double sinReduced(double r, double rest) {
        double square = r * r;
        double cubic = square * r * Polynomial.value(SIN, square);
        return r + (cubic + fma(-0.5 * square, rest, rest));
    }

    /** cos(r + rest). */
    private static double cosReduced(double r, double rest) {
        double square = r * r;
        double half = 0.5 * square;
        double w = 1 - half;
        return w + (((1 - w) - half) + fma(square * square, Polynomial.value(COS, square), -r * rest));
    }
}

package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.fluvia.kernel.special.Power;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerTest {
    private static final double[] EDGES = {
        0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL,
        Double.MAX_VALUE, -Double.MAX_VALUE, 1e300, -1e300, 1e-300, 0x1p52, 0x1p53, 0x1p53 + 2, -0x1p53, 0x1p52 + 1,
        -0x1p52 - 1, 0x1p52 + 0.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, Math.nextUp(1.0),
        Math.nextDown(1.0), Math.nextUp(-1.0), 10, -10, 1e16
    };

    /** One ulp of ours and one of StrictMath's; NaN, infinities and zeros with their signs are equal. */
    private static void assertNear(double x, double y) {
        double expected = StrictMath.pow(x, y);
        double actual = Power.pow(x, y);
        boolean near = Double.compare(expected, actual) == 0
                || expected != 0 && Math.abs(expected - actual) <= 2 * Math.ulp(expected);
        assertTrue(near, x + " to the power " + y + " must be " + expected + ", but was " + actual);
    }

    @Test
    void hasTheSpecialCasesOfMath() {
        for (double x : EDGES) {
            for (double y : EDGES) {
                assertNear(x, y);
            }
        }
    }

    /** By mpmath 1.4.1 at 300 bits: float(mpf(x) ** mpf(y)). */
    @ParameterizedTest
    @CsvSource({
        "0.9999999095268263, -2962040144.698945, 2.423745191545711e+116", "1.0000000000000002, 3e+18, 1.98719262165461e+289",
        "0.9999999999999999, -6e+18, 1.987192621654831e+289", "1.3917456435862154, -1919.3526620046905, 2.8706502378046115e-276",
        "1e-300, -1.02, 1.0000000000000122e+306", "5e-324, 0.97, 2.471559768e-314", "1.0009765625, 720000.0, 1.637952910331829e+305",
        "7.3, -360.25, 9.72612040432e-312", "1e+300, -1.0723, 2.03e-322"})
    void agreesWithHighPrecision(double x, double y, double expected) {
        assertEquals(expected, Power.pow(x, y), Math.ulp(expected));
    }

    @Test
    void isExactWhereAnIntegerPowerIsADouble() {
        for (int x = -1500; x <= 1500; x++) {
            double expected = 1;
            for (int y = 0; Math.abs(expected) < 0x1p53; y++) {
                assertEquals(expected, Power.pow(x, y), x + " to the power " + y);
                expected *= x;
                if (Math.abs(x) < 2 && y > 3) {
                    break;
                }
            }
        }
    }

    @Test
    void agreesWithStrictMathAlongTheWholeRange() {
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 60_000; i++) {
            double x = switch (i % 3) {
                case 0 -> 10 * random.nextDouble();
                case 1 -> Math.scalb(1 + random.nextDouble(), random.nextInt(2040) - 1060);
                default -> 1 + (random.nextDouble() - 0.5) * Math.scalb(1.0, -random.nextInt(45));
            };
            // Up to and a little beyond overflow and underflow.
            double y = i % 2 == 0 ? 10 * random.nextDouble() - 5 : (1500 * random.nextDouble() - 750) / Math.log(x);
            // Beyond, JDK 17 is a hundred ulp wrong; see the reference below.
            if (Math.abs(y) < 0x1p31) {
                assertNear(x, y);
            }
        }
    }
}

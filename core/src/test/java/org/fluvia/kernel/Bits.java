package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.fail;

/** Comparison of arrays bit by bit; all NaN are one, since no result of Fluvia's depends on which NaN it is. */
final class Bits {
    private Bits() {}

    static void assertSame(double[] expected, double[] actual, String what) {
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
                fail(what + ": element " + i + " must be " + Double.toHexString(expected[i]) + ", but was "
                        + Double.toHexString(actual[i]));
            }
        }
    }
}

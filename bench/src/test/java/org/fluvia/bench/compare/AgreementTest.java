package org.fluvia.bench.compare;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.fluvia.bench.compare.Agreement.Differs;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void valuesWithinRoundingAgree() {
        Agreement.require("x", new double[] {1, 2, 1000}, new double[] {1, 2, 1000.0000001}, TOLERANCE);
    }

    @Test
    void aDifferenceBeyondRoundingIsRefused() {
        assertThrows(Differs.class, () -> Agreement.require("x", new double[] {1, 2}, new double[] {1, 2.00000001}, TOLERANCE));
    }

    @Test
    void whatIsNotANumberIsRefused() {
        assertThrows(Differs.class, () -> Agreement.require("x", new double[] {1, 2}, new double[] {1, Double.NaN}, TOLERANCE));
        assertThrows(Differs.class, () -> Agreement.require("x", new double[] {1, Double.NaN}, new double[] {1, 2}, TOLERANCE));
    }

    @Test
    void anotherNumberOfValuesIsRefused() {
        assertThrows(Differs.class, () -> Agreement.require("x", new double[] {1, 2}, new double[] {1}, TOLERANCE));
        assertThrows(Differs.class, () -> Agreement.requireUpToConstant("x", new double[] {1, 2}, new double[] {1}, TOLERANCE));
    }

    @Test
    void logDensitiesMayDifferByAConstantOnly() {
        Agreement.requireUpToConstant("lp", new double[] {-1, -3, -6}, new double[] {9, 7, 4}, TOLERANCE);
        assertThrows(Differs.class,
                () -> Agreement.requireUpToConstant("lp", new double[] {-1, -3, -6}, new double[] {9, 7, 4.1}, TOLERANCE));
    }
}

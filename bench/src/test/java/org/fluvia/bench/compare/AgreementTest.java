package org.fluvia.bench.compare;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.fluvia.bench.compare.Agreement.Differs;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void valuesWithinRoundingAgree() throws IOException {
        Agreement.require("x", new double[] {1, 2, 1000}, json("[[1, 2], [1000.0000001]]"), TOLERANCE);
    }

    @Test
    void aDifferenceBeyondRoundingIsRefused() {
        assertThrows(Differs.class, () -> Agreement.require("x", new double[] {1, 2}, json("[1, 2.00000001]"), TOLERANCE));
    }

    @Test
    void whatIsNotANumberIsRefused() {
        assertThrows(Differs.class, () -> Agreement.require("x", new double[] {1, 2}, json("[1, \"NaN\"]"), TOLERANCE));
        assertThrows(Differs.class, () -> Agreement.require("x", new double[] {1, Double.NaN}, json("[1, 2]"), TOLERANCE));
    }

    @Test
    void anotherNumberOfValuesIsRefused() {
        assertThrows(Differs.class, () -> Agreement.require("x", new double[] {1, 2}, json("[1]"), TOLERANCE));
        assertThrows(Differs.class, () -> Agreement.requireUpToConstant("x", new double[] {1, 2}, json("[1]"), TOLERANCE));
    }

    @Test
    void logDensitiesMayDifferByAConstantOnly() throws IOException {
        Agreement.requireUpToConstant("lp", new double[] {-1, -3, -6}, json("[9, 7, 4]"), TOLERANCE);
        assertThrows(Differs.class,
                () -> Agreement.requireUpToConstant("lp", new double[] {-1, -3, -6}, json("[9, 7, 4.1]"), TOLERANCE));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}

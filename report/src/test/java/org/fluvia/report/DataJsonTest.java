package org.fluvia.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fluvia.autodiff.Shape;
import org.fluvia.model.Data;
import org.junit.jupiter.api.Test;

class DataJsonTest {
    @Test
    void whatIsReadAgainHasTheSameBits() {
        double[] hostile = {0.1, -0.0, Double.MIN_VALUE, 1e300, 1L << 53, (1L << 53) + 2, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        Data data = Data.empty().with("N", 3).with("hostile", hostile).with("one", new double[] {2}).with("none", new double[0])
                .with("cube", Shape.of(2, 1, 3), 1, 2, 3, 4, 5, 6).with("zero", new double[] {-0.0, 1}).with("empty", Shape.of(2, 0));
        Data again = Data.jsonText(DataJson.of(data).text());
        assertEquals(data.names(), again.names());
        for (String name : data.names()) {
            assertEquals(data.shape(name), again.shape(name), name);
            assertArrayEquals(data.values(name), again.values(name), name);
        }
    }

    @Test
    void wholeNumbersAreWrittenAsStansIntegersMustBe() {
        String text = DataJson.of(Data.empty().with("N", 3).with("y", 1, -2, 1e6).with("x", 1, 2.5).with("quote\"", 1)).text();
        assertTrue(text.contains("\"N\": 3,"), text);
        assertTrue(text.contains("[1, -2, 1000000]"), text);
        assertTrue(text.contains("[1.0, 2.5]"), text);
    }
}

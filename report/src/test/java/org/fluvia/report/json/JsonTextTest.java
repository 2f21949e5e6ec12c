package org.fluvia.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Numbers as text. */
class JsonTextTest {
    @Test
    void numbersAreTheShortestOnEveryJdk() {
        // before JDK 19, Double.toString gives 1.9999999999999998E23, 9.999999999999999E22 and 8.409999999999999E21 (JDK-4511638)
        assertEquals("2.0E23", JsonText.decimal(2.0E23));
        assertEquals("1.0E23", JsonText.decimal(1.0E23));
        assertEquals("4.9E-324", JsonText.decimal(Double.MIN_VALUE));
        assertEquals("1.7976931348623157E308", JsonText.decimal(Double.MAX_VALUE));
        assertEquals("2.2250738585072014E-308", JsonText.decimal(Double.MIN_NORMAL));
        assertEquals("8.41E21", JsonText.decimal(8.41E21));
        assertEquals("-0.0", JsonText.decimal(-0.0));
    }

    @Test
    void numbersReadBackAsThemselves() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            double x = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(x)) assertEquals(x, Double.parseDouble(JsonText.decimal(x)));
        }
    }
}

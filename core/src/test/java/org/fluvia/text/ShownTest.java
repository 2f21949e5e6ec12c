package org.fluvia.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What others wrote, in messages. */
class ShownTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        assertEquals("theta[1] \u00e9 \u4e2d \ud83d\ude00", Shown.text("theta[1] \u00e9 \u4e2d \ud83d\ude00"));
        assertEquals("a\n\tb", Shown.lines("a\n\tb"));
        assertEquals("a\r\nb", Shown.lines("a\r\nb"));
    }

    @Test
    void nothingThatATerminalObeysIsLeft() {
        for (int c = 0; c < 0x10000; c++) {
            boolean obeyed = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT && c >= 0x2028 && c <= 0x2069;
            if (!obeyed) continue;
            String escaped = String.format("\\u%04x", c);
            assertEquals("a" + escaped + "b", Shown.text("a" + (char) c + "b"));
            if (c != '\n' && c != '\t') assertEquals("a" + escaped + "b", Shown.lines("a" + (char) c + "b"));
        }
    }

    @Test
    void longTextIsCutInItsMiddle() {
        String shown = Shown.text("a".repeat(1 << 20) + "end");
        assertTrue(shown.length() < 160, shown);
        assertTrue(shown.startsWith("aaaa") && shown.endsWith("aend") && shown.contains("characters left out"), shown);
        String lines = Shown.lines("fluvia: " + "a".repeat(1 << 20) + "\nsecond");
        assertTrue(lines.length() < 2_100 && lines.endsWith("a\nsecond"), lines);
    }

    @Test
    void longListsAreCounted() {
        assertEquals("a, b", Shown.list(List.of("a", "b")));
        assertTrue(Shown.list(IntStream.range(0, 50_000).mapToObj(i -> "x" + i).toList()).endsWith("x18, x19 and 49980 more"));
    }
}

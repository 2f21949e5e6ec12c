package org.fluvia.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleLineTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void aShorterLineLeavesNothingOfALongerOne() throws InterruptedException {
        ConsoleLine line = ConsoleLine.on(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        line.show(() -> "a long one");
        Thread.sleep(150);
        line.show(() -> "short");
        line.show(() -> {
            throw new AssertionError("so soon after the last it is not even made");
        });
        line.clear();
        assertEquals("\ra long one\r\rshort     \r\r     \r", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void nowhereNothingIsShown() {
        ConsoleLine.none().show(() -> {
            throw new AssertionError("not made");
        });
        ConsoleLine.none().clear();
    }
}

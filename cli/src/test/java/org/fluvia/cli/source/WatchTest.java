package org.fluvia.cli.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final UserCode theirs = new UserCode(name -> name.equals(WatchTest.class.getName()));

    private Watch over(Duration patience) {
        return Watch.over("define in Loop.java", theirs, new PrintStream(text, true), patience);
    }

    @Test
    void codeThatDoesNotEndIsPlaced() throws Exception {
        long end = System.nanoTime() + 10_000_000_000L;
        Watch watch = over(Duration.ofMillis(50));
        try (watch) {
            while (text.size() == 0 && System.nanoTime() < end) Thread.onSpinWait();
        }
        assertTrue(text.toString().matches("fluvia: note: define in Loop\\.java has run for 0 s and is at WatchTest\\.java:\\d+\\. If that is a loop"
                + " that does not end, Ctrl-C ends it\\.\\R"), text.toString());
    }

    @Test
    void codeThatEndsInTimeIsNot() throws Exception {
        over(Duration.ofMillis(200)).close();
        Thread.sleep(400);
        assertEquals(0, text.size());
    }
}

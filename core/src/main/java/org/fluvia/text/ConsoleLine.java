package org.fluvia.text;

import java.io.PrintStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One line of a terminal that tells how work goes on, rewritten at most ten times a second; or none. Belongs to one thread. */
public final class ConsoleLine {
    private static final long EVERY = 100_000_000;

    private final @Nullable PrintStream out;
    private long last = System.nanoTime() - EVERY;
    private int width;

    private ConsoleLine(@Nullable PrintStream out) {
        this.out = out;
    }

    /** On a terminal. */
    public static ConsoleLine on(PrintStream out) {
        return new ConsoleLine(out);
    }

    /** Nowhere. */
    public static ConsoleLine none() {
        return new ConsoleLine(null);
    }

    /** Shows a line in the place of the one before, unless that is too fresh; what is printed next overwrites it. */
    public void show(Supplier<String> line) {
        long now = System.nanoTime();
        if (out == null || now - last < EVERY) return;
        last = now;
        rewrite(out, line.get());
    }

    /** Leaves an empty line. */
    public void clear() {
        if (out != null) rewrite(out, "");
    }

    private void rewrite(PrintStream to, String line) {
        to.print("\r" + line + " ".repeat(Math.max(0, width - line.length())) + "\r");
        to.flush();
        width = line.length();
    }
}

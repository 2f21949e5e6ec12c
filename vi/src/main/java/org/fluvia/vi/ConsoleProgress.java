package org.fluvia.vi;

import java.io.PrintStream;
import java.util.Locale;

/** One line, rewritten at most ten times a second. */
final class ConsoleProgress implements Progress {
    private static final long EVERY = 100_000_000;

    private final PrintStream out;
    private long last = System.nanoTime() - EVERY;
    private int width;

    ConsoleProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void report(Event e) {
        boolean done = e.stage().equals(DONE);
        long now = System.nanoTime();
        if (!done && now - last < EVERY) return;
        last = now;
        String line = done ? "" : e.stage() + " " + e.step() + "/" + e.steps()
                + (Double.isNaN(e.elbo()) ? "" : String.format(Locale.ROOT, "  ELBO %.3f", e.elbo()))
                + (Double.isNaN(e.secondsLeft()) ? "" : String.format(Locale.ROOT, "  at most %.0f s left", e.secondsLeft()));
        out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())) + (done ? "\r" : ""));
        out.flush();
        width = line.length();
    }
}

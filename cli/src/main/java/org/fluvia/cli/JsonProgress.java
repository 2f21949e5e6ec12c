package org.fluvia.cli;

import java.io.PrintWriter;
import org.fluvia.vi.Progress;

/**
 * How a fit goes on, for machines: an object of JSON a line. Every change of stage is told, and what happens within one at most ten times a second; numbers
 * that there are not are null.
 */
final class JsonProgress implements Progress {
    private static final long EVERY = 100_000_000;

    private final PrintWriter out;
    private String stage = "";
    private long last;

    JsonProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void report(Event e) {
        long now = System.nanoTime();
        if (e.stage().equals(stage) && now - last < EVERY) return;
        stage = e.stage();
        last = now;
        out.println("{\"stage\": \"" + stage + "\", \"step\": " + e.step() + ", \"steps\": " + e.steps() + ", \"elbo\": " + number(e.elbo())
                + ", \"seconds_left\": " + number(e.secondsLeft()) + "}");
        out.flush();
    }

    private static String number(double x) {
        return Double.isFinite(x) ? Double.toString(x) : "null";
    }
}

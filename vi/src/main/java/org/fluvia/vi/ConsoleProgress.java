package org.fluvia.vi;

import java.io.PrintStream;
import java.util.Locale;
import org.fluvia.text.ConsoleLine;

/** A line of a terminal with the stage, its steps, the ELBO and the time left. */
final class ConsoleProgress implements Progress {
    private final ConsoleLine line;

    ConsoleProgress(PrintStream out) {
        line = ConsoleLine.on(out);
    }

    @Override
    public void report(Event e) {
        if (e.stage().equals(DONE)) {
            line.clear();
            return;
        }
        line.show(() -> e.stage() + " " + e.step() + "/" + e.steps()
                + (Double.isNaN(e.elbo()) ? "" : String.format(Locale.ROOT, "  ELBO %.3f", e.elbo()))
                + (Double.isNaN(e.secondsLeft()) ? "" : String.format(Locale.ROOT, "  at most %.0f s left", e.secondsLeft())));
    }
}

package org.fluvia.vi.ladder;

import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.budget.Stage;

/** One rung of the ladder. Belongs to one thread. */
@FunctionalInterface
interface Rung {
    /** What it makes of what the rung below found; the best there is by then where the time is up; that itself where it made nothing of it. */
    Approximation climb(Approximation below, Stage stage);
}

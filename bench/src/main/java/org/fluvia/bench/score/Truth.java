package org.fluvia.bench.score;

import org.fluvia.vi.Posterior;

/** What is known of a posterior, to hold a fit against. */
@FunctionalInterface
interface Truth {
    Score score(Posterior posterior);
}

package org.fluvia.vi;

import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.predictive.Predictions;
import org.junit.jupiter.api.Test;

/** A fit to data without elements is one of the prior, and what comes after a fit takes it. */
class EmptyDataFitTest {
    private static final Model MODEL = Model.define("empty", m -> {
        Expr mu = m.sample("mu", normal(1, 2));
        Expr s = m.sample("s", exponential(1));
        m.sample("z", normal(mu, s), 0);
        m.observe("y", normal(mu, s));
        m.predict("later", normal(mu, s), 0);
    });
    private static final Posterior POSTERIOR = Fit.of(MODEL).data(Data.empty().with("y", new double[0])).flow(Flows.fullRank()).draws(2000).run();

    @Test
    void theFitIsThatOfThePrior() {
        assertEquals(1, POSTERIOR.summary("mu").mean(), 5 * 2 / Math.sqrt(2000));
        assertEquals(2, POSTERIOR.summary("mu").sd(), 0.2);
        assertEquals(0, POSTERIOR.assessment().elbo().value(), 0.1);
        assertEquals(List.of("mu", "s"), POSTERIOR.names());
    }

    @Test
    void predictionsAreEmpty() {
        for (String name : List.of("y", "later")) {
            Predictions p = POSTERIOR.predict(name, 1);
            assertEquals(0, p.draws().numRows);
            assertEquals(0, p.unusable());
            assertTrue(p.summaries().isEmpty() && p.notes().isEmpty());
        }
        assertEquals(0, Prior.of(MODEL, Data.empty().with("y", new double[0])).draws(10, 1).predict("y", 2).shape().size());
        assertEquals(0, POSTERIOR.logLikelihood("y").names().size());
    }

    @Test
    void crossValidationOfNothingIsRefused() {
        for (String what : List.of("loo", "waic")) {
            String message = assertThrows(IllegalArgumentException.class, () -> {
                if (what.equals("loo")) POSTERIOR.loo();
                else POSTERIOR.waic();
            }).getMessage();
            assertEquals(what + ": there must be at least one observation, but y of the model empty has no elements", message);
        }
    }
}

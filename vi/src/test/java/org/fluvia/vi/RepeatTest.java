package org.fluvia.vi;

import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.plan.FitPlan;
import org.junit.jupiter.api.Test;

class RepeatTest {
    private static Model at(double mean) {
        return Model.define("normal", m -> m.sample("x", normal(mean, 1)));
    }

    private static Posterior combined(Posterior... fits) {
        return Repeated.combined(List.of(fits), Options.defaults(), Budget.of(Duration.ofMinutes(1), FitPlan.standard().time()));
    }

    @Test
    void fitsThatAgreeAreOne() {
        Model model = Model.define("conjugate", m -> {
            Expr mu = m.sample("mu", normal(0, 2));
            m.observe("y", normal(mu, 1));
        });
        Fit fit = Fit.of(model).data(Data.of(Map.of("y", new double[] {1, 2, 3}))).draws(2000).seed(4);
        Posterior p = fit.repeat(3).run();
        assertEquals(Verdict.PASS, p.verdict(), p::toString);
        assertTrue(p.assessment().reasons().get(0).startsWith("3 independent fits agree: R-hat of their draws is at most 1.0"), p::toString);
        assertEquals(2000, p.drawCount());
        // N(y; 0, I + 4 11')
        double logZ = -1.5 * Math.log(2 * Math.PI) - 0.5 * Math.log(13) - 0.5 * (14 - 4.0 / 13 * 36);
        assertEquals(logZ, p.assessment().logEvidence().value(), 1e-6);
        assertEquals(24.0 / 13, Arrays.stream(p.draws("mu")).average().orElseThrow(), 4 * Math.sqrt(4.0 / 13 / 2000));
        assertArrayEquals(p.draws("mu"), fit.repeat(3).threads(1).run().draws("mu"));
        assertNotEquals(p.draws("mu")[1], fit.seed(5).repeat(3).run().draws("mu")[1]);
        assertArrayEquals(fit.run().draws("mu"), fit.repeat(1).run().draws("mu"));
    }

    /** Each fit may centre the levels in its own way: draws, log-densities and points belong together all the same. */
    @Test
    void drawsOfLevelsStayWithTheirDensities() {
        Model model = Model.define("levels", m -> {
            Expr tau = m.sample("tau", halfNormal(1));
            m.observe("y", normal(m.sample("theta", normal(0, tau), 4), 1));
        });
        Posterior p = Fit.of(model).data(Data.of(Map.of("y", new double[] {1, -2, 3, 0.5}))).draws(400).repeat(2).run();
        for (int j = 0; j < 400; j += 57) {
            double tau = p.draws("tau")[j];
            double expected = -0.5 * tau * tau + Math.log(tau) + 0.5 * Math.log(2 / Math.PI);
            double[] y = {1, -2, 3, 0.5};
            for (int i = 0; i < 4; i++) {
                double theta = p.array("theta")[j][i];
                expected += -0.5 * theta * theta / tau / tau - Math.log(tau) - 0.5 * (y[i] - theta) * (y[i] - theta) - Math.log(2 * Math.PI);
            }
            assertEquals(expected, p.logDensity()[j], 1e-8 * Math.abs(expected));
        }
    }

    @Test
    void fitsThatDoNotAgreeFailWithTheirDistance() {
        Posterior p = combined(Fit.of(at(0)).run(), Fit.of(at(3)).run(), Fit.of(at(0)).seed(2).run());
        assertEquals(Verdict.FAIL, p.verdict());
        String reason = p.assessment().reasons().get(0);
        assertTrue(reason.startsWith("3 independent fits do not agree: R-hat of their draws is at most "), reason);
        assertTrue(reason.contains("(x), means are at most 3.0"), reason);
    }

    @Test
    void evidencesThatDifferFailThoughDrawsAgree() {
        Model more = Model.define("normal", m -> {
            m.sample("x", normal(0, 1));
            m.logDensity(Expr.of(1));
        });
        Posterior p = combined(Fit.of(at(0)).run(), Fit.of(more).seed(2).run());
        assertEquals(Verdict.FAIL, p.verdict());
        assertTrue(p.assessment().reasons().get(0).contains("log evidences 1."), p::toString);
    }

    /** By evidence: a fit with e times the mass has e times the draws. */
    @Test
    void drawsAreSharedByEvidence() {
        Model more = Model.define("normal", m -> {
            m.sample("x", normal(100, 1));
            m.logDensity(Expr.of(1));
        });
        Posterior p = combined(Fit.of(at(0)).run(), Fit.of(more).run());
        double share = Arrays.stream(p.draws("x")).filter(x -> x > 50).count() / (double) p.drawCount();
        assertEquals(Math.E / (1 + Math.E), share, 1e-3);
    }

    @Test
    void failedFitsAreCounted() {
        Posterior good = Fit.of(at(0)).run();
        // ended before it began
        Posterior none = Fit.of(at(0)).within(Duration.ofNanos(1)).run();
        assertEquals(Verdict.FAIL, none.verdict());
        Posterior most = combined(good, Fit.of(at(0)).seed(2).run(), none);
        assertTrue(most.assessment().reasons().stream().anyMatch(r -> r.startsWith("2 of 3 independent fits are trusted, and these agree")), most::toString);
        assertEquals(Verdict.PASS, most.verdict());
        assertEquals(Verdict.FAIL, combined(good, none).verdict());
        Posterior nothing = combined(none, none);
        assertEquals(Verdict.FAIL, nothing.verdict());
        assertTrue(nothing.assessment().reasons().contains("none of 2 independent fits is to be trusted."), nothing::toString);
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        assertThrows(OptionException.class, () -> Fit.of(at(0)).repeat(0));
        assertFalse(assertThrows(OptionException.class, () -> Fit.of(at(0)).repeat(1001)).getMessage().isBlank());
    }
}

package org.fluvia.vi;

import static org.fluvia.dist.Distributions.bernoulli;
import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.poisson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.predictive.Predictions;
import org.junit.jupiter.api.Test;

/** What is derived or predicted and is not finite: kept, counted, left out of its summary, and said by name, line and draw. */
class NotFiniteTest {
    private static final int DRAWS = 2000;

    private static final Model MODEL = Model.define("shaky", m -> {
        Expr mu = m.sample("mu", normal(0, 1));
        m.observe("y", normal(mu, 2));
        m.derive("root", mu.sqrt());
        m.derive("both", Expr.concat(mu.exp(), Expr.of(1).div(mu.max(0)), mu));
        m.derive("fine", mu.times(2));
        Expr odd = mu.times(mu.abs()).named("odd"); // of any sign, which is found out by draws only
        m.predict("count", poisson(Expr.concat(odd.times(3), mu.exp())));
        m.predict("coin", bernoulli(odd));
        m.predict("spread", normal(0, odd));
        m.predict("fair", normal(mu, 1));
    });
    private static final Posterior POSTERIOR = Fit.of(MODEL).data(Data.empty().with("y", 0.5, -0.2, 0.1)).draws(DRAWS).run();

    private static int count(double[] draws) {
        return (int) Arrays.stream(draws).filter(x -> !Double.isFinite(x)).count();
    }

    @Test
    void theFitStands() {
        assertEquals(Verdict.PASS, POSTERIOR.verdict());
        assertEquals(0, POSTERIOR.summary("mu").notFinite());
        assertEquals(0, POSTERIOR.summary("fine").notFinite());
    }

    /** Only proposals far beyond the posterior, of no weight, have a value at all. */
    @Test
    void theFitStandsWhereAValueIsFiniteInNextToNoDraw() {
        Posterior p = Fit.of(Model.define("far", m -> {
            Expr s = m.sample("s", halfNormal(2));
            m.observe("y", normal(m.sample("b", normal(0, s), 3), 1));
            m.derive("far", s.minus(100).log());
        })).data(Data.empty().with("y", 3, -2, 1)).draws(500).run();
        assertFalse(p.verdict() == Verdict.FAIL, p.toString());
        assertEquals(500, p.summary("far").notFinite());
    }

    @Test
    void derivedValuesAreKeptCountedAndLeftOut() {
        double[] mu = POSTERIOR.draws("mu");
        double[] root = POSTERIOR.draws("root");
        double[] divided = POSTERIOR.draws("both[2]");
        int negative = 0;
        double sum = 0;
        for (int j = 0; j < DRAWS; j++) {
            assertEquals(mu[j] < 0, Double.isNaN(root[j]));
            assertEquals(mu[j] <= 0 ? Double.POSITIVE_INFINITY : 1 / mu[j], divided[j], 1e-12 * Math.abs(divided[j]));
            if (mu[j] < 0) negative++;
            else sum += root[j];
        }
        assertTrue(negative > 100 && negative < DRAWS - 100);
        Summary s = POSTERIOR.summary("root");
        assertEquals(negative, s.notFinite());
        assertEquals(sum / (DRAWS - negative), s.mean(), 1e-12);
        assertEquals(s.sd() / Math.sqrt(DRAWS - negative), s.mcse(), 1e-3 * s.mcse());
        assertEquals(negative, POSTERIOR.summaries().get("both[2]").notFinite());
        assertEquals(0, POSTERIOR.summaries().get("both[1]").notFinite());
        assertEquals(s.q50(), POSTERIOR.quantile("root", 0.5));
    }

    @Test
    void derivedValuesAreSaidByNameLineAndDraw() {
        List<String> notes = POSTERIOR.notes();
        assertEquals(2, notes.size(), notes.toString());
        double[] mu = POSTERIOR.draws("mu");
        int first = 0;
        while (mu[first] >= 0) first++;
        int negative = POSTERIOR.summary("root").notFinite();
        assertTrue(notes.get(0).matches("root is not finite in " + negative + " of 2,000 draws, which its summary leaves out: root is NaN in draw "
                + (first + 1) + ": sqrt gives NaN \\(NotFiniteTest\\.java:\\d+\\), with mu = -[0-9.E-]+\\."), notes.get(0));
        assertTrue(notes.get(1).startsWith("both is not finite in " + negative + " of 2,000 draws, which its summary leaves out: both[2] is Infinity in draw "
                + (first + 1) + ": "), notes.get(1));
        for (String note : notes) assertTrue(POSTERIOR.toString().contains("Note: " + note));
    }

    @Test
    void invalidParametersOfSamplersGiveNaNAndAreNamed() {
        Map<String, Predictions> all = POSTERIOR.predict(3, DRAWS);
        double[] mu = POSTERIOR.draws("mu");
        assertTrue(all.get("y").notes().isEmpty() && all.get("fair").notes().isEmpty());
        Predictions count = all.get("count");
        for (int j = 0; j < DRAWS; j++) {
            assertEquals(mu[j] < 0, Double.isNaN(count.draws(0)[j]));
            assertFalse(Double.isNaN(count.draws(1)[j]), "an element whose own parameter is valid");
            assertEquals(mu[j] < 0 || mu[j] > 1, Double.isNaN(all.get("coin").draws(0)[j]));
            assertEquals(mu[j] <= 0, Double.isNaN(all.get("spread").draws(0)[j]));
            if (j > 20) break; // draws are copied each time
        }
        assertEquals(POSTERIOR.summary("root").notFinite(), count(count.draws(0)));
        assertEquals(count(count.draws(0)), count.summaries().get("count[1]").notFinite());
        assertEquals(0, count.summaries().get("count[2]").notFinite());
        assertEquals(count(count.draws(0)), count.unusable());
        says(count,
                "predictions of count are NaN in [0-9,]+ of 2,000 draws, as a parameter of their distribution is invalid: draw \\d+: poisson: rate\\[1] must be"
                + " finite and not negative, but was -[0-9.E-]+ \\(NotFiniteTest\\.java:\\d+\\)\\.");
        says(all.get("coin"), "predictions of coin .* draw \\d+: bernoulli: prob must be from 0 to 1, but was [-0-9.E]+ \\(odd, .*");
        says(all.get("spread"), "predictions of spread .* normal: scale must be positive and finite, but was -[0-9.E-]+ \\(odd, .*");
    }

    private static void says(Predictions p, String regex) {
        assertEquals(1, p.notes().size(), p.notes().toString());
        assertTrue(p.notes().get(0).matches(regex), p.notes().get(0));
        assertTrue(p.toString().contains("Note: " + p.notes().get(0)), p.toString());
    }

    @Test
    void drawsOfThePriorToo() {
        Model model = Model.define("prior", m -> {
            Expr a = m.sample("a", normal(0, 1));
            Expr b = m.sample("b", normal(0, a.minus(0.5).times(a.abs().plus(1))));
            m.derive("log", a.log());
            m.observe("y", normal(b, 1));
        });
        PriorDraws draws = Prior.of(model, Data.empty().with("y", 1.0, 2.0)).draws(500, 1);
        double[] a = draws.draws("a");
        int invalid = (int) Arrays.stream(a).filter(x -> x <= 0.5).count();
        assertEquals(invalid, count(draws.draws("b")));
        assertEquals(invalid, draws.summary("b").notFinite());
        List<String> notes = draws.notes();
        assertEquals(3, notes.size(), notes.toString());
        assertTrue(notes.get(0).startsWith("values of b are NaN in " + invalid
                + " of 500 draws, as a parameter of their distribution is invalid: draw "), notes.get(0));
        assertTrue(notes.get(0).contains("normal: scale must be positive and finite, but was -"), notes.get(0));
        assertTrue(notes.get(1).startsWith("b is not finite in " + invalid) && notes.get(2).startsWith("log is not finite in "), notes.toString());
        Predictions y = draws.predict("y", 2);
        assertEquals(invalid, y.unusable());
        assertTrue(y.notes().get(0).contains("normal: loc must be finite, but was NaN"), y.notes().toString());
        assertTrue(draws.toString().contains("Note: " + notes.get(2)));
    }

    @Test
    void ofOneDrawThereIsNoSpread() {
        Posterior one = Fit.of(MODEL).data(Data.empty().with("y", 0.5, -0.2, 0.1)).draws(1).run();
        Summary s = one.summary("mu");
        assertTrue(Double.isNaN(s.sd()) && Double.isNaN(s.mcse()) && s.mean() == s.q50());
        String text = one.toString();
        assertTrue(text.contains("One draw says nothing of the spread: there is no sd and no mcse."), text);
        assertFalse(text.lines().filter(l -> l.startsWith("mu")).findFirst().orElseThrow().contains("infinite"), text);
    }
}

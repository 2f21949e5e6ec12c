package org.fluvia.vi;

import static org.fluvia.dist.Distributions.bernoulli;
import static org.fluvia.dist.Distributions.beta;
import static org.fluvia.dist.Distributions.gamma;
import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.poisson;
import static org.fluvia.dist.Distributions.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelException;
import org.fluvia.support.Support;
import org.fluvia.vi.predictive.Predictions;
import org.junit.jupiter.api.Test;

class PriorTest {
    private static final int N = 20_000;

    private static Prior prior(Consumer<ModelBuilder> definition) {
        return Prior.of(Model.define("test", definition), Data.empty().with("y", 3, 1, 4).with("x", 0, 1, 2));
    }

    private static void assertMean(double expected, double sd, double[] draws) {
        assertEquals(expected, Arrays.stream(draws).average().orElseThrow(), 5 * sd / Math.sqrt(draws.length));
    }

    /** y = mu + x b + sigma e with mu ~ N(2, 1), b ~ N(mu, 0.5): moments by hand. */
    @Test
    void parametersAreDrawnInOrderAndDataGivenThem() {
        PriorDraws d = prior(m -> {
            Expr mu = m.sample("mu", normal(2, 1));
            Expr b = m.sample("b", normal(mu, 0.5));
            Expr s = m.sample("s", halfNormal(1.5));
            Expr line = m.derive("line", mu.plus(b.times(m.data("x"))));
            m.observe("y", normal(line, s));
        }).draws(N, 7);
        assertMean(2, 1, d.draws("mu"));
        assertMean(2, Math.sqrt(1.25), d.draws("b"));
        assertEquals(Math.sqrt(1.25), d.summary("b").sd(), 0.02);
        double[] mu = d.draws("mu");
        double[] b = d.draws("b");
        double[] line = d.draws("line[3]");
        for (int j = 0; j < 100; j++) assertEquals(mu[j] + 2 * b[j], line[j], 1e-12);
        Predictions y = d.predict("y", 3);
        double variance = 9 + 4 * 0.25 + 1.5 * 1.5;
        assertMean(6, Math.sqrt(variance), y.draws(2));
        assertEquals(Math.sqrt(variance), y.summaries().get("y[3]").sd(), 0.06);
        assertArrayEquals(new double[] {3, 1, 4}, y.observed());
        assertTrue(d.toString().startsWith("test: 20000 draws from the prior"), d.toString());
        assertEquals(List.of("y"), d.observed());
    }

    /** Logarithms of a parameter between 0 and 1 are made of its log-odds. */
    @Test
    void valuesMadeOfLogOddsAreThoseOfTheDraws() {
        PriorDraws d = prior(m -> {
            Expr p = m.sample("p", beta(0.5, 2));
            m.derive("ll", bernoulli(p).logDensity(Expr.of(0)));
            m.derive("lp", beta(3, 4).logDensity(p));
        }).draws(100, 1);
        for (int j = 0; j < 100; j++) {
            double p = d.draws("p")[j];
            assertEquals(Math.log1p(-p), d.draws("ll")[j], 1e-9);
            assertEquals(2 * Math.log(p) + 3 * Math.log1p(-p) + Math.log(60), d.draws("lp")[j], 1e-9);
        }
    }

    /** Of beta(0.001, 0.001) next to all draws round to 0 or 1, and 0 times the logarithm of 0 is 0. */
    @Test
    void drawsOnTheBoundaryHaveTheirDensity() {
        PriorDraws d = prior(m -> {
            Expr p = m.sample("p", beta(0.001, 0.001));
            m.derive("failure", bernoulli(p).logDensity(Expr.of(0)));
            m.derive("success", bernoulli(p).logDensity(Expr.of(1)));
        }).draws(200, 1);
        int onBoundary = 0;
        for (int j = 0; j < 200; j++) {
            double p = d.draws("p")[j];
            if (p != 0 && p != 1) continue;
            onBoundary++;
            assertEquals(0, d.draws(p == 0 ? "failure" : "success")[j]);
            assertTrue(d.draws(p == 0 ? "success" : "failure")[j] < -1e300);
        }
        assertTrue(onBoundary > 50);
    }

    /** A parameter that is declared before those that its prior is made of is drawn after them. */
    @Test
    void aPriorGivenLaterIsDrawnFrom() {
        PriorDraws d = prior(m -> {
            Expr b = m.parameter("b", Support.real(), 2);
            Expr mu = m.parameter("mu", Support.real());
            m.observe(b, normal(mu, 1e-9));
            m.observe(mu, normal(2, 1));
        }).draws(N, 7);
        assertEquals(List.of("b[1]", "b[2]", "mu"), d.names());
        assertMean(2, 1, d.draws("mu"));
        assertArrayEquals(d.draws("mu"), d.draws("b[2]"), 1e-7);
    }

    @Test
    void theSeedDecidesAndTheNumberOfDrawsDoesNot() {
        Prior p = prior(m -> m.observe("y", poisson(m.sample("rate", gamma(2, 1)))));
        assertEquals(p.draws(1000, 3).draws("rate")[9], p.draws(10, 3).draws("rate")[9]);
        assertArrayEquals(p.draws(1000, 3).predict("y", 1).draw(9), p.draws(10, 3).predict("y", 1).draw(9));
    }

    /** Normal cut to x > 0 is half normal; an ordered pair of uniforms has means 1/3 and 2/3. */
    @Test
    void aPriorThatIsCutIsDrawnCut() {
        PriorDraws d = prior(m -> {
            m.sample("x", normal(0, 1), Support.positive(), 2);
            m.sample("u", uniform(0, 1), Support.interval(0.5, 1));
        }).draws(N, 1);
        for (String name : List.of("x[1]", "x[2]")) {
            assertMean(Math.sqrt(2 / Math.PI), 0.6, d.draws(name));
            assertTrue(Arrays.stream(d.draws(name)).allMatch(x -> x > 0));
        }
        assertMean(0.75, 0.15, d.draws("u"));
        Prior hopeless = prior(m -> m.sample("x", normal(0, 1), Support.lower(40)));
        String message = assertThrows(ModelException.class, () -> hopeless.draws(10, 1)).getMessage();
        assertTrue(message.startsWith("prior: x has the prior normal cut to at least 40"), message);
    }

    @Test
    void withoutAProperPriorItIsSaid() {
        assertMessage("prior: a, b of model test must have a proper prior, but are declared flat by m.parameter", m -> {
            m.parameter("a", Support.real());
            m.sample("c", normal(0, 1));
            m.parameter("b", Support.positive());
        });
        assertMessage("prior: the prior of model test must be declared by priors of parameters alone, but there is also a term of logDensity (PriorTest",
                m -> m.logDensity(m.sample("a", normal(0, 1)).times(2)));
        assertMessage("prior: x of model test has the prior normal cut to positive, where one of both depends on other parameters",
                m -> m.sample("x", normal(m.sample("mu", normal(0, 1)), 1), Support.positive()));
    }

    private static void assertMessage(String message, Consumer<ModelBuilder> definition) {
        String actual = assertThrows(ModelException.class, () -> prior(definition)).getMessage();
        assertTrue(actual.startsWith(message), actual);
    }
}

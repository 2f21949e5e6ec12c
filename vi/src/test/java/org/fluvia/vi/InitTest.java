package org.fluvia.vi;

import static org.fluvia.dist.Distributions.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

/** Values given to start from: they are reached, and what is wrong with them is said. */
class InitTest {
    /** All the mass but e^-7 of it is 60,000 standard deviations from where the usual starts lie, and no slope leads there. */
    private static final Model FAR = Model.define("far", m -> {
        Expr x = m.parameter("x", Support.real(), 2);
        Expr here = normal(0, 1).logDensity(x).sum().minus(7);
        Expr there = normal(60_000, 1).logDensity(x).sum();
        m.logDensity(here.max(there));
    });
    /** Zero outside (90, 110). */
    private static final Model ISLAND = Model.define("island", m -> {
        Expr x = m.parameter("x", Support.real());
        m.logDensity(Expr.where(x.minus(100_000).abs().lt(10), normal(100_000, 1).logDensity(x), Expr.of(Double.NEGATIVE_INFINITY)));
    });
    private static final Model BOUNDED = Model.define("bounded", m -> {
        Expr tau = m.sample("tau", exponential(1));
        m.parameter("b", Support.interval(Expr.of(0), tau), 2);
        Expr p = m.parameter("p", Support.simplex(), 3);
        m.sample("L", lkjCorrCholesky(2), 2, 2);
        m.derive("twice", p.times(2));
    });

    @Test
    void aModeOutOfReachOfTheUsualStartsIsFound() {
        Posterior without = Fit.of(FAR).draws(1000).run();
        assertEquals(0, without.summary("x[1]").mean(), 0.2, "within reach after all: choose another model");
        for (Posterior p : List.of(Fit.of(FAR).draws(1000).init(Map.of("x", new double[] {59_998, 60_003})).run(),
                Fit.of(FAR).draws(1000).init(Data.empty().with("x", 59_998, 60_003)).run())) {
            assertEquals(60_000, p.summary("x[1]").mean(), 0.2);
            assertEquals(60_000, p.summary("x[2]").mean(), 0.2);
            assertTrue(p.verdict() != Verdict.FAIL, p.toString());
        }
    }

    @Test
    void aDensityThatIsFiniteNowhereElseIsFittedFromThere() {
        assertThrows(ModelException.class, () -> Fit.of(ISLAND).run());
        Posterior p = Fit.of(ISLAND).draws(1000).init(Map.of("x", new double[] {100_003})).run();
        assertEquals(100_000, p.summary("x").mean(), 0.2);
        assertEquals(1, p.summary("x").sd(), 0.2);
    }

    @Test
    void aPointThatIsNoBetterChangesNothingMuch() {
        Model m = Model.define("normal", b -> b.sample("x", normal(3, 2)));
        Posterior p = Fit.of(m).init(Map.of("x", new double[] {1000})).run();
        assertEquals(Verdict.PASS, p.verdict());
        assertEquals(3, p.summary("x").mean(), 0.1);
    }

    @Test
    void parametersThatAreNotGivenStartAtZeroOnTheUnconstrainedScale() {
        double[] u = BOUNDED.bind(Data.empty()).unconstrain("init", Map.of("b", new double[] {0.25, 0.5}));
        // tau is exp(0) there, so that b lies between 0 and 1
        assertArrayEquals(new double[] {0, Math.log(1.0 / 3), 0, 0, 0, 0}, u, 1e-12);
        assertArrayEquals(new double[6], BOUNDED.bind(Data.empty()).unconstrain("init", Map.of()));
    }

    @Test
    void wrongValuesAreRefusedWithOneMessage() {
        Data none = Data.empty();
        refused("init: the model has no parameter q; it has tau, b, p, L", none.with("q", 1));
        refused("init: the model has no parameter twice; it has tau, b, p, L", none.with("twice", 1));
        refused("init: parameter p must have shape (3), but has (2)", none.with("p", 0.5, 0.5));
        refused("init: parameter tau must have shape scalar, but has (1)", none.with("tau", new double[] {1}));
        refused("init: parameter L must have shape (2 x 2), but has (4)", none.with("L", Shape.of(4), 1, 0, 0, 1));
        refused("init: tau must be at least 0, but is -1", none.with("tau", -1));
        refused("init: parameter tau must lie inside its support, at least 0, and not on its boundary", none.with("tau", 0));
        refused("init: p must sum to 1, but sums to 1.5", none.with("p", 0.5, 0.5, 0.5));
        ModelException e = assertThrows(ModelException.class, () -> Fit.of(BOUNDED).init(Map.of("p", new double[4])).run());
        assertEquals("init: parameter p must have 3 values, but has 4", e.getMessage());
        String message = assertThrows(ModelException.class, () -> Fit.of(ISLAND).init(Map.of("x", new double[] {5})).run()).getMessage();
        assertTrue(message.startsWith("init: the log-density of island must be finite at the values given, but is -Infinity: "), message);
    }

    private static void refused(String message, Data init) {
        assertEquals(message, assertThrows(ModelException.class, () -> Fit.of(BOUNDED).init(init).run()).getMessage());
    }
}

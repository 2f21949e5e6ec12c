package org.fluvia.vi;

import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Markov chains that begin at an approximation give the posterior itself, or nothing: on targets where a Gaussian is wrong. */
@Timeout(120)
class ExactTest {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /** x ~ N(0, 2), y - (x^2 - 4) / 4 ~ N(0, 1), both normalised: log Z = 0. */
    private static final Model BANANA = Model.logDensity("banana", 2, z -> {
        Expr x = z.get(0).div(2);
        Expr y = z.get(1).minus(z.get(0).square().minus(4).times(0.25));
        return x.square().plus(y.square()).times(-0.5).minus(LOG_TWO_PI + Math.log(2));
    });
    /** At distance r from zero exp(-(r - 4)^2 / (2 0.3^2)). */
    private static final Model RING = Model.logDensity("ring", 2, z -> z.dot(z).plus(1e-12).sqrt().minus(4).div(0.3).square().times(-0.5));
    private static final Model LINE = Model.define("line", m -> {
        Expr a = m.sample("a", normal(0, 10));
        Expr b = m.sample("b", normal(0, 10));
        m.observe("y", normal(a.plus(b.times(m.data("x"))), 1));
    });
    private static final Data POINTS = Data.empty().with("x", 1, 2, 3, 4, 5, 6).with("y", 1.1, 1.7, 3.2, 4.4, 4.8, 6.3);

    private static Fit of(Model m, FlowSpec flow) {
        return Fit.of(m).flow(flow).threads(1);
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }

    private static double sd(double[] x) {
        double mean = mean(x);
        return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aBananaThatNoGaussianFits(long seed) {
        Posterior p = of(BANANA, Flows.fullRank()).seed(seed).run();
        assertEquals(Verdict.EXACT, p.verdict(), p::toString);
        assertTrue(p.assessment().rhat() <= 1.01);
        double[] x = p.draws(p.names().get(0));
        double[] y = p.draws(p.names().get(1));
        assertEquals(0, mean(x), 0.12);
        assertEquals(2, sd(x), 0.1);
        assertEquals(0, mean(y), 0.1);
        assertEquals(Math.sqrt(2 + 1), sd(y), 0.12);
        double error = p.assessment().logEvidence().standardError();
        assertEquals(0, p.assessment().logEvidence().value(), 4 * error);
        assertTrue(error < 0.05, p::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRingThatNoGaussianFits(long seed) {
        Posterior p = of(RING, Flows.fullRank()).seed(seed).run();
        assertEquals(Verdict.EXACT, p.verdict(), p::toString);
        // the integral of r exp(-(r - 4)^2 / (2 s^2)) over the plane; the radius has mean 4 + s^2 / 4
        assertEquals(Math.log(2 * Math.PI * 4 * 0.3 * Math.sqrt(2 * Math.PI)), p.assessment().logEvidence().value(),
                4 * p.assessment().logEvidence().standardError());
        double radius = 0;
        double[] x = p.draws(p.names().get(0));
        double[] y = p.draws(p.names().get(1));
        for (int j = 0; j < x.length; j++) radius += Math.hypot(x[j], y[j]) / x.length;
        assertEquals(4 + 0.09 / 4, radius, 0.03);
        assertEquals(0.5, p.probability(d -> d.get(p.names().get(0)) > 0), 0.04);
    }

    /** Chains that begin in one of two modes agree with each other, but not with what else is known. */
    @ParameterizedTest
    @CsvSource({"30, 0.5, 1", "30, 0.1, 2", "9, 0.3, 3", "17, 0.27, 1", "17, 0.27, 2", "17, 0.27, 3"})
    void chainsInOneOfTwoModesAreNotExact(double distance, double share, long seed) {
        Model two = Model.logDensity("two", 2, z -> Functions.logAddExp(z.dot(z).times(-0.5).plus(Math.log1p(-share)),
                z.minus(Expr.vector(distance, 0)).square().sum().times(-0.5).plus(Math.log(share))).minus(LOG_TWO_PI));
        Posterior p = of(two, Flows.fullRank()).seed(seed).run();
        boolean isRight = Math.abs(p.probability(d -> d.get(p.names().get(0)) > distance / 2) - share) < 0.05;
        assertTrue(p.verdict() == Verdict.FAIL || isRight, p::toString);
    }

    /** Wide mass around a core that chains do not leave: where no flow of the fit knows it, one that learns from the chains does. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aWideShellAroundACoreIsFound(long seed) {
        int d = 6;
        double wide = 8;
        Model shell = Model.logDensity("shell", d, z -> Functions.logAddExp(z.dot(z).times(-0.5).plus(Math.log(0.9)),
                z.dot(z).times(-0.5 / (wide * wide)).plus(Math.log(0.1) - d * Math.log(wide))).minus(0.5 * d * LOG_TWO_PI));
        Posterior p = of(shell, Flows.fullRank()).seed(seed).run();
        assertTrue(p.verdict() != Verdict.FAIL, p::toString);
        assertEquals(0, p.assessment().logEvidence().value(), 0.02);
        for (String name : p.names()) assertEquals(Math.sqrt(0.9 + 0.1 * wide * wide), sd(p.draws(name)), 0.25);
    }

    /** 1 / |x| has no integral: draws of chains have no distribution, however well they agree. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTailWithoutEndIsNotExact(long seed) {
        Model improper = Model.logDensity("improper", 1, z -> z.square().sum().plus(1).log().times(-0.5));
        assertEquals(Verdict.FAIL, of(improper, Flows.realNvp()).seed(seed).run().verdict());
    }

    @Test
    void onRequestARightFitIsExactTooAndItsBitsDoNotMove() {
        Posterior usual = of(LINE, Flows.realNvp()).data(POINTS).run();
        Posterior p = of(LINE, Flows.realNvp()).data(POINTS).finish(Finish.EXACT).run();
        assertNotEquals(Verdict.EXACT, usual.verdict());
        assertEquals(Verdict.EXACT, p.verdict(), p::toString);
        assertEquals(usual.assessment().logEvidence().value(), p.assessment().logEvidence().value(), 1e-3);
        for (String name : p.names()) {
            assertEquals(usual.summary(name).mean(), p.summary(name).mean(), 0.06 * usual.summary(name).sd());
            assertEquals(usual.summary(name).sd(), p.summary(name).sd(), 0.05 * usual.summary(name).sd());
        }
        Posterior again = Fit.of(LINE).data(POINTS).finish(Finish.EXACT).threads(2).draws(500).run();
        assertEquals(p.assessment(), again.assessment());
        Posterior same = of(LINE, Flows.realNvp()).data(POINTS).finish(Finish.EXACT).draws(500).run();
        assertArrayEquals(same.draws("a"), again.draws("a"));
    }

    @Test
    void crossValidationIsOfTheChainsDraws() {
        double usual = of(LINE, Flows.realNvp()).data(POINTS).run().loo().elpd().value();
        double exact = of(LINE, Flows.realNvp()).data(POINTS).finish(Finish.EXACT).run().loo().elpd().value();
        assertNotEquals(usual, exact);
        assertEquals(usual, exact, 0.05);
    }

    @Test
    void withoutChainsTheSameFitFails() {
        Posterior p = of(RING, Flows.fullRank()).finish(Finish.WEIGHTS).run();
        assertEquals(Verdict.FAIL, p.verdict());
        assertTrue(Double.isNaN(p.assessment().rhat()));
    }
}

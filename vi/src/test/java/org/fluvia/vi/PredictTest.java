package org.fluvia.vi;

import static org.fluvia.dist.Distributions.beta;
import static org.fluvia.dist.Distributions.binomial;
import static org.fluvia.dist.Distributions.gamma;
import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.poisson;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.gamma.LogBeta;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.support.Support;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.predictive.LogLikelihood;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;
import org.fluvia.vi.predictive.Predictions;
import org.fluvia.vi.predictive.Waic;
import org.junit.jupiter.api.Test;

/** What a posterior says of data, through a whole fit. */
class PredictTest {
    private static final double[] TRIALS = {10, 20, 5, 30, 12};
    private static final double[] HITS = {3, 9, 1, 10, 6};
    private static final Data COUNTS = Data.empty().with("n", TRIALS).with("y", HITS);
    private static final Model BETA_BINOMIAL = Model.define("beta-binomial", m -> {
        Expr p = m.sample("p", beta(2, 3));
        m.observe("y", binomial(m.data("n"), p));
    });

    private static Posterior fit(Model model, Data data) {
        return Fit.of(model).data(data).threads(1).run();
    }

    private static double logChoose(double n, double k) {
        return -Math.log(n + 1) - LogBeta.value(k + 1, n - k + 1);
    }

    /** log of the beta-binomial mass. */
    private static double logMass(double k, double n, double a, double b) {
        return logChoose(n, k) + LogBeta.value(k + a, n - k + b) - LogBeta.value(a, b);
    }

    @Test
    void leaveOneOutOfCountsIsTheBetaBinomial() {
        Posterior p = fit(BETA_BINOMIAL, COUNTS);
        Loo loo = p.loo();
        double hits = Arrays.stream(HITS).sum();
        double misses = Arrays.stream(TRIALS).sum() - hits;
        double sum = 0;
        for (int i = 0; i < HITS.length; i++) {
            double a = 2 + hits - HITS[i];
            double b = 3 + misses - (TRIALS[i] - HITS[i]);
            double exact = logMass(HITS[i], TRIALS[i], a, b);
            PointwiseLoo point = loo.pointwise().get(i);
            assertEquals("y[" + (i + 1) + "]", point.name());
            assertEquals(List.of(HITS[i]), point.observed());
            assertEquals(exact, point.elpd(), 5 * point.monteCarloError());
            assertTrue(point.monteCarloError() < 0.01, point.toString());
            sum += exact;
        }
        assertEquals(sum, loo.elpd().value(), 5 * loo.monteCarloError());
        assertEquals(10_000, loo.draws());
        assertEquals(List.of(), loo.notes());
        Waic waic = p.waic();
        assertEquals(sum, waic.elpd().value(), 0.1, "WAIC is close where leaving one out changes little");
        assertEquals(loo, fit(BETA_BINOMIAL, COUNTS).loo());
    }

    @Test
    void replicationsHaveThePredictiveDistribution() {
        Posterior p = fit(BETA_BINOMIAL, COUNTS);
        Predictions y = p.predict("y", 5);
        assertEquals(Shape.of(5), y.shape());
        assertEquals(p.drawCount(), y.drawCount());
        assertArrayEquals(HITS, y.observed());
        double a = 2 + Arrays.stream(HITS).sum();
        double b = 3 + Arrays.stream(TRIALS).sum() - Arrays.stream(HITS).sum();
        for (int i = 0; i < 5; i++) {
            Summary s = y.summaries().get("y[" + (i + 1) + "]");
            double n = TRIALS[i];
            double variance = n * a * b * (a + b + n) / ((a + b) * (a + b) * (a + b + 1));
            assertEquals(n * a / (a + b), s.mean(), 5 * Math.sqrt(variance / y.drawCount()));
            assertEquals(Math.sqrt(variance), s.sd(), 0.04 * Math.sqrt(variance));
            for (int k = 0; k <= n; k++) {
                int value = k;
                double mass = Math.exp(logMass(k, n, a, b));
                double share = Arrays.stream(y.draws(i)).filter(x -> x == value).count() / (double) y.drawCount();
                assertEquals(mass, share, 5 * Math.sqrt(mass / y.drawCount()) + 1e-3, "y[" + (i + 1) + "] = " + k);
            }
        }
        double below = Arrays.stream(y.draws(1)).map(x -> x > 9 ? 1 : x == 9 ? 0.5 : 0).sum() / y.drawCount();
        assertEquals(below, y.pValue(x -> x[1]), 1e-12);
        assertTrue(y.toString().contains("y[5]"), y.toString());
    }

    @Test
    void theSeedDecidesAndTheNumberOfDrawsDoesNot() {
        Posterior p = fit(BETA_BINOMIAL, COUNTS);
        Predictions all = p.predict("y", 5);
        Predictions some = p.predict("y", 5, 100);
        assertArrayEquals(all.draw(99), some.draw(99));
        assertNotEquals(Arrays.toString(all.draws(3)), Arrays.toString(p.predict("y", 6).draws(3)));
        assertArrayEquals(all.draws().data, p.predict(5, p.drawCount()).get("y").draws().data);
        assertThrows(IllegalArgumentException.class, () -> p.predict("y", 5, 0));
        assertThrows(IllegalArgumentException.class, () -> p.predict("y", 5, p.drawCount() + 1));
        assertThrows(IllegalArgumentException.class, () -> p.loo(99));
    }

    @Test
    void severalObservationsEachHaveTheirPlace() {
        Model m = Model.define("two", b -> {
            Expr mu = b.sample("mu", normal(0, 3), 2);
            Expr s = b.sample("s", halfNormal(2));
            Expr x = b.data("x");
            b.observe(x, normal(mu.get(0), s));
            b.observe(b.data("z").slice(1, 3), normal(mu.get(1), 0.5));
        });
        Data data = Data.empty().with("x", new double[][] {{1, 2, 3}, {2, 3, 4}}).with("z", 9, -1, -2);
        Posterior p = fit(m, data);
        assertEquals(List.of("x", "observed_1"), p.observed());
        Map<String, Predictions> both = p.predict(3, 50);
        assertEquals(List.of("x", "observed_1"), List.copyOf(both.keySet()));
        assertEquals(Shape.of(2, 3), both.get("x").shape());
        assertEquals("x[2,1]", both.get("x").elementNames().get(3));
        assertArrayEquals(new double[] {-1, -2}, both.get("observed_1").observed());

        LogLikelihood all = p.logLikelihood();
        assertEquals(8, all.names().size());
        assertEquals(p.drawCount(), all.drawCount());
        double[] at = all.of("x[2,3]");
        double[] mu = p.draws("mu[1]");
        double[] s = p.draws("s");
        for (int j = 0; j < 10; j++) {
            double z = (4 - mu[j]) / s[j];
            assertEquals(-0.5 * z * z - Math.log(s[j]) - 0.5 * Math.log(2 * Math.PI), at[j], 1e-9);
        }
        assertArrayEquals(all.of("observed_1[2]"), p.logLikelihood("observed_1").of("observed_1[2]"));
        assertEquals(8, p.loo().pointwise().size());
        assertEquals(List.of(-2.0), p.loo().pointwise().get(7).observed());
        String message = assertThrows(IllegalArgumentException.class, () -> p.predict("z", 1)).getMessage();
        assertTrue(message.startsWith("predict: the model observes no z; it observes x, observed_1."), message);
        assertThrows(IllegalArgumentException.class, () -> p.logLikelihood("z"));
    }

    /** A rate with a gamma prior: given the other count, a count is negative binomial. */
    @Test
    void aResampledFitIsCorrectedFromTheFlowsOwnDraws() {
        Model m = Model.define("rate", b -> b.observe("y", poisson(b.sample("rate", gamma(2, 1)))));
        double[] y = {1, 2};
        Posterior gaussian = Fit.of(m).data(Data.empty().with("y", y)).flow(Flows.fullRank()).run();
        assertEquals(Verdict.RESAMPLED, gaussian.verdict());
        for (int i = 0; i < 2; i++) {
            double a = 2 + y[1 - i];
            double exact = a * Math.log(2) - (a + y[i]) * Math.log(3) - LogBeta.value(a, y[i]) - Math.log(y[i]);
            PointwiseLoo point = gaussian.loo().pointwise().get(i);
            assertTrue(point.khat() < 0.7, point.toString());
            assertEquals(exact, point.elpd(), 5 * point.monteCarloError());
            assertTrue(point.monteCarloError() < 0.03, point.toString());
        }
    }

    @Test
    void termsWithoutAnObservationAreSaid() {
        Model m = Model.define("mixed", b -> {
            Expr mu = b.parameter("mu", Support.real());
            b.logDensity(mu.square().times(-0.5));
            b.observe("y", normal(mu, 1));
        });
        Loo loo = fit(m, Data.empty().with("y", 1, 2)).loo();
        assertTrue(loo.notes().get(0).startsWith("the model adds terms that belong to no observation and are not left out with one:"
                + " a term of logDensity (PredictTest.java:"), loo.notes().toString());
        assertTrue(loo.toString().contains("a term of logDensity"), loo.toString());

        Posterior none = fit(Model.logDensity("none", 1, x -> x.square().sum().times(-0.5)), Data.empty());
        String message = assertThrows(IllegalArgumentException.class, none::loo).getMessage();
        assertTrue(message.startsWith("loo: the model none must observe data, but has no observation, only a term of logDensity"), message);
        assertThrows(IllegalArgumentException.class, () -> none.predict("y", 1));
    }

    @Test
    void drawsWithoutADensityGiveNoReplication() {
        Model m = Model.define("hole", b -> {
            Expr x = b.parameter("x", Support.real());
            b.logDensity(x.square().times(-0.5).plus(x.abs().minus(0.04).sqrt().times(1e-9)));
            b.observe("k", poisson(x.exp()));
        });
        Posterior p = Fit.of(m).data(Data.empty().with("k", 1)).flow(Flows.fullRank()).run();
        assertEquals(Verdict.FAIL, p.verdict());
        Predictions k = p.predict("k", 1);
        assertTrue(k.unusable() > 0 && k.unusable() < 1000, "" + k.unusable());
        assertTrue(k.toString().contains("draws without a finite density"), k.toString());
        assertTrue(p.loo().notes().get(0).startsWith("the fit is not to be trusted (FAIL)"));
    }

    /** Derived values are reported like parameters, in any shape. */
    @Test
    void derivedMatricesAreReported() {
        Model m = Model.define("derived", b -> {
            Expr mu = b.sample("mu", normal(0, 1), 2);
            b.derive("outer", Expr.concat(mu.times(mu.get(0)), mu.times(mu.get(1))).reshape(Shape.of(2, 2)));
            b.derive("constant", Expr.of(3));
        });
        Posterior p = Fit.of(m).draws(200).run();
        assertEquals(List.of("mu[1]", "mu[2]", "outer[1,1]", "outer[1,2]", "outer[2,1]", "outer[2,2]", "constant"), p.names());
        DMatrixRMaj draws = p.draws();
        for (int j = 0; j < 200; j++) {
            assertEquals(draws.get(0, j) * draws.get(1, j), draws.get(3, j));
            assertEquals(draws.get(1, j) * draws.get(1, j), draws.get(5, j));
        }
        assertEquals(3, p.summary("constant").mean());
        assertEquals(0, p.summary("constant").sd());
    }
}

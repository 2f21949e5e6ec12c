package org.fluvia.vi;

import static org.fluvia.dist.Distributions.doubleExponential;
import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.gamma;
import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.Flows;
import org.fluvia.model.CompiledModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelException;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FitTest {
    private static final Model EIGHT_SCHOOLS = Model.define("eight schools", m -> {
        Expr sigma = m.data("sigma");
        Expr mu = m.sample("mu", normal(0, 5));
        Expr tau = m.sample("tau", halfCauchy(5));
        Expr z = m.sample("z", normal(0, 1), 8);
        Expr theta = m.derive("theta", mu.plus(tau.times(z)));
        m.observe("y", normal(theta, sigma));
    });
    private static final Data SCHOOLS = Data.empty().with("y", 28, 8, -3, 7, -1, 1, 18, 12)
            .with("sigma", 15, 10, 16, 11, 9, 11, 10, 18);

    /** Means and sd by quadrature over tau: log evidence -31.311347, E mu = 4.3968, E tau = 3.5977. */
    @Test
    void eightSchoolsAgreesWithQuadrature() {
        Posterior p = Fit.of(EIGHT_SCHOOLS).data(SCHOOLS).seed(3).run();
        assertNotEquals(Verdict.FAIL, p.verdict());
        assertEquals(-31.311347, p.assessment().logEvidence().value(), 0.005);
        assertTrue(p.assessment().elbo().value() <= -31.311347 + 0.005);
        assertTrue(p.assessment().elbo().value() > -31.34, "the flow adds what the Gaussian lacks");
        assertEquals(4.3968, p.summary("mu").mean(), 0.05 * p.summary("mu").sd());
        assertEquals(3.5977, p.summary("tau").mean(), 0.05 * p.summary("tau").sd());
        double[] logTau = Arrays.stream(p.draws("tau")).map(Math::log).toArray();
        assertEquals(0.8021, Arrays.stream(logTau).average().orElseThrow(), 0.05 * 1.1712);
        assertEquals(p.probability(d -> d.get("tau") > 5), Arrays.stream(p.draws("tau")).filter(t -> t > 5).count() / 10_000.0);
    }

    @Test
    void aCompiledModelIsFittedToOtherDataAsTheModelIs() {
        CompiledModel compiled = EIGHT_SCHOOLS.compile(SCHOOLS);
        Data other = SCHOOLS.with("y", 2, 3, -3, 17, -11, 1.5, 18, 0);
        Posterior expected = Fit.of(EIGHT_SCHOOLS).data(other).draws(500).run();
        Posterior actual = Fit.of(compiled).data(other).draws(500).run();
        assertArrayEquals(expected.draws().data, actual.draws().data);
        assertArrayEquals(expected.predict("y", 1).draws().data, actual.predict("y", 1).draws().data);
    }

    /** y ~ normal(x b, 1), b ~ normal(0, 10): everything in closed form. */
    @Test
    void aGaussianPosteriorIsExact() {
        Model m = Model.define("conjugate", b -> {
            Expr beta = b.sample("beta", normal(0, 10));
            b.observe("y", normal(beta.times(b.data("x")), 1));
        });
        double[] x = {1, 2, 3, -1};
        double[] y = {1.5, 3.9, 6.2, -2.2};
        double precision = 1 / 100.0;
        double weighted = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            precision += x[i] * x[i];
            weighted += x[i] * y[i];
            squares += y[i] * y[i];
        }
        double mean = weighted / precision;
        double evidence = -2 * Math.log(2 * Math.PI) - 0.5 * Math.log(100 * precision) - 0.5 * (squares - weighted * mean);
        Posterior p = Fit.of(m).data(Data.empty().with("x", x).with("y", y)).run();
        assertEquals(Verdict.PASS, p.verdict());
        assertEquals(evidence, p.assessment().logEvidence().value(), 1e-8);
        assertEquals(evidence, p.assessment().elbo().value(), 1e-8);
        assertEquals(mean, p.summary("beta").mean(), 5 * p.summary("beta").mcse());
        assertEquals(1 / Math.sqrt(precision), p.summary("beta").sd(), 0.05 / Math.sqrt(precision));
        double at = p.logDensity(Map.of("beta", new double[] {mean}));
        assertEquals(0.5 * Math.log(precision / (2 * Math.PI)), at, 1e-6);
    }

    /** The density of a gamma variable on its constrained scale comes back without the Jacobian. */
    @Test
    void theApproximationsDensityIsOnTheConstrainedScale() {
        Posterior p = Fit.of(Model.define("gamma", m -> m.sample("g", gamma(4, 2)))).run();
        assertNotEquals(Verdict.FAIL, p.verdict());
        for (double g : new double[] {0.8, 2, 4}) {
            double exact = Math.log(16 / 6.0) + 3 * Math.log(g) - 2 * g;
            assertEquals(exact, p.logDensity(Map.of("g", new double[] {g})), 0.1, "at " + g);
        }
        assertEquals(2, p.summary("g").mean(), 0.05);
        assertEquals(1, p.summary("g").sd(), 0.05);
    }

    @Test
    void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
        Posterior one = Fit.of(EIGHT_SCHOOLS).data(SCHOOLS).draws(1000).threads(1).run();
        Posterior three = Fit.of(EIGHT_SCHOOLS).data(SCHOOLS).draws(1000).threads(3).run();
        assertArrayEquals(one.draws().data, three.draws().data);
        assertEquals(one.assessment(), three.assessment());
        assertArrayEquals(one.sample(50, 4).data, three.sample(50, 4).data);
        Posterior other = Fit.of(EIGHT_SCHOOLS).data(SCHOOLS).draws(1000).flow(Flows.fullRank()).seed(2).run();
        assertNotEquals(one.draws("mu")[0], other.draws("mu")[0]);
    }

    /** Correlation 0.99999 and scales from 1e-4 to 1e6: whitening is not optional. */
    @Test
    void badScalesAndStrongCorrelationsAreNoTrouble() {
        Model m = Model.logDensity("ill-conditioned", 3, x -> {
            Expr a = x.get(0).div(1e-4);
            Expr b = x.get(1).minus(5e6).div(1e6);
            Expr c = x.get(2);
            double r = 0.99999;
            return a.square().plus(b.square()).minus(a.times(b).times(2 * r)).div(1 - r * r).plus(c.square()).times(-0.5);
        });
        Posterior p = Fit.of(m).run();
        assertEquals(Verdict.PASS, p.verdict());
        assertEquals(1e-4, p.summary("x[1]").sd(), 0.04e-4);
        assertEquals(5e6, p.summary("x[2]").mean(), 0.05e6);
        double evidence = 1.5 * Math.log(2 * Math.PI) + Math.log(1e-4 * 1e6) + 0.5 * Math.log(1 - 0.99999 * 0.99999);
        assertEquals(evidence, p.assessment().logEvidence().value(), 1e-6);
    }

    @Test
    void aModeThatIsNotCoveredIsSaid() {
        Model m = Model.logDensity("two modes", 2, x -> Expr.concat(x.minus(6).square().sum().times(-0.5),
                x.plus(6).square().sum().times(-0.5)).logSumExp());
        Posterior p = Fit.of(m).flow(Flows.fullRank()).finish(Finish.WEIGHTS).run();
        assertEquals(Verdict.FAIL, p.verdict());
        assertTrue(p.assessment().reasons().get(0).startsWith("the posterior has more modes than the approximation reaches"), p.assessment().reasons().get(0));
        Posterior exact = Fit.of(m).flow(Flows.fullRank()).run();
        assertEquals(Verdict.EXACT, exact.verdict());
        double error = exact.assessment().logEvidence().standardError();
        assertTrue(error < 0.02, exact::toString);
        assertEquals(Math.log(4 * Math.PI), exact.assessment().logEvidence().value(), 4 * error);
        assertEquals(0.5, exact.probability(d -> d.get("x[1]") > 0), 0.05);
    }

    /** From zero no gradient leads anywhere, and a few random points may all lie on one side. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void ofTwoModesFarApartOneAloneNeverPasses(long seed) {
        Model m = Model.logDensity("far apart", 2, x -> Expr.concat(x.minus(400).square().sum().times(-0.5),
                x.plus(400).square().sum().times(-0.5)).logSumExp());
        Posterior p = Fit.of(m).flow(Flows.fullRank()).seed(seed).run();
        assertEquals(Verdict.FAIL, p.verdict());
        assertTrue(p.assessment().reasons().get(0).startsWith("the posterior has more modes than the approximation reaches"), p.assessment().reasons().get(0));
    }

    /** A Gaussian's own draws of a Cauchy distribution tell nothing of its tails; the 5 and 95 % quantiles are +-6.314. */
    @Test
    void heavyTailsThatTheFlowCannotReachFailOrAreWeighted() {
        Posterior p = Fit.of(Model.logDensity("cauchy", 2, x -> x.square().log1p().sum().unaryMinus())).flow(Flows.fullRank()).run();
        assertNotEquals(Verdict.PASS, p.verdict());
        if (p.verdict() == Verdict.RESAMPLED) {
            assertEquals(2 * Math.log(Math.PI), p.assessment().logEvidence().value(), 0.05);
            assertEquals(0.1, p.probability(d -> Math.abs(d.get("x[1]")) > 6.314), 0.02);
        }
    }

    @Test
    void drawsWithoutADensityAreCountedAndExplained() {
        Model m = Model.define("hole", b -> {
            Expr x = b.parameter("x", Support.real());
            // a square root that is NaN for the three draws in a hundred nearest to the mode, where no fit can avoid it
            b.logDensity(x.square().times(-0.5).plus(x.abs().minus(0.04).sqrt().times(1e-9)));
        });
        Posterior p = Fit.of(m).flow(Flows.fullRank()).run();
        assertEquals(Verdict.FAIL, p.verdict());
        assertTrue(p.assessment().notFinite() > 0);
        String reason = p.assessment().reasons().stream().filter(r -> r.contains("NaN or infinite at")).findFirst().orElseThrow();
        assertTrue(reason.contains("sqrt gives NaN (FitTest.java:"), reason);
    }

    @Test
    void aDensityThatIsFiniteNowhereSaysWhereAndWhy() {
        Model m = Model.define("nowhere", b -> b.logDensity(b.parameter("x", Support.real()).minus(1000).log()));
        String message = assertThrows(ModelException.class, () -> Fit.of(m).run()).getMessage();
        assertTrue(message.startsWith("fit: the log-density of nowhere is not finite at any of"), message);
        assertTrue(message.contains("log gives NaN (FitTest.java:"), message);
        Model zero = Model.define("zero", b -> {
            b.parameter("x", Support.real());
            b.logDensity(Expr.of(Double.NEGATIVE_INFINITY));
        });
        assertThrows(ModelException.class, () -> Fit.of(zero).run());
    }

    /** A fit would report some draws of it, and trust them. */
    @Test
    void aParameterThatNothingHoldsIsRefusedByName() {
        String end = " is improper, as neither a prior nor the data hold it: the log-density of loose is a straight line along it."
                + " Give it a prior by m.sample, or leave it out.";
        refusesToFit("fit: the posterior of free" + end, b -> b.parameter("free", Support.real()));
        refusesToFit("fit: the posterior of scale" + end, b -> b.parameter("scale", Support.positive()));
        refusesToFit("fit: the posterior of group[3]" + end, b -> {
            Expr group = b.parameter("group", Support.real(), 4);
            b.logDensity(group.get(Expr.vector(0, 1, 3)).square().times(-0.5));
        });
        refusesToFit("fit: the posterior of rate" + end, b ->
                b.logDensity(b.parameter("rate", Support.real()).times(2)));
        // a flat prior between bounds is a prior
        Model m = Model.define("bounded", b -> {
            b.sample("x", normal(0, 1));
            b.parameter("p", Support.interval(0, 1));
            b.parameter("simplex", Support.simplex(), 3);
        });
        assertEquals(0.5, Arrays.stream(Fit.of(m).run().draws("p")).average().orElseThrow(), 0.02);
    }

    @Test
    void aDensityThatIsAStraightLineNearZeroAloneIsFitted() {
        Posterior p = Fit.of(Model.define("far", b -> b.sample("x", doubleExponential(100, 1)))).run();
        assertEquals(100, p.summary("x").q50(), 0.1);
    }

    private static void refusesToFit(String message, Consumer<ModelBuilder> loose) {
        Model m = Model.define("loose", b -> {
            b.sample("x", normal(0, 1));
            loose.accept(b);
        });
        assertEquals(message, assertThrows(ModelException.class, () -> Fit.of(m).run()).getMessage());
    }

    @Test
    void theUsersOwnGradientIsEnough() {
        Model mine = Model.external("mine", 3, (x, g) -> {
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                g[i] = -(i + 1) * (x[i] - i);
                sum -= 0.5 * (i + 1) * (x[i] - i) * (x[i] - i);
            }
            return sum;
        });
        Posterior p = Fit.of(mine).run();
        assertEquals(Verdict.PASS, p.verdict());
        assertEquals(1.5 * Math.log(2 * Math.PI) - 0.5 * Math.log(6), p.assessment().logEvidence().value(), 1e-6);
    }

    @Test
    void theUsersOwnGradientIsComparedWithDifferencesBeforeTheFit() {
        Model mine = Model.external("mine", 2, (x, g) -> {
            g[0] = x[0];
            g[1] = x[1];
            return -0.5 * (x[0] * x[0] + x[1] * x[1]);
        });
        String message = assertThrows(ModelException.class, () -> Fit.of(mine).run()).getMessage();
        assertTrue(message.startsWith("model mine: external: the gradient has the wrong sign: at x = ("), message);
    }

    @Test
    void progressGoesThroughTheStagesAndEnds() {
        List<String> stages = new ArrayList<>();
        AtomicReference<Progress.Event> last = new AtomicReference<>();
        Posterior p = Fit.of(Model.define("exponential", m -> m.sample("x", exponential(1), 2))).progress(e -> {
            last.set(e);
            if (stages.isEmpty() || !stages.get(stages.size() - 1).equals(e.stage())) stages.add(e.stage());
            assertTrue(e.step() <= e.steps());
        }).run();
        assertEquals("starts", stages.get(0));
        assertEquals(List.of("search", "full-rank"), stages.subList(1, 3));
        assertEquals(Progress.DONE, stages.get(stages.size() - 1));
        assertEquals(new Progress.Event(Progress.DONE, 0, 0, p.assessment().elbo().value(), 0), last.get());
    }

    @Test
    void wrongChoicesAreRefusedAtOnce() {
        Fit fit = Fit.of(EIGHT_SCHOOLS);
        assertEquals("fit: draws must be at least 1, but was 0",
                assertThrows(IllegalArgumentException.class, () -> fit.draws(0)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> fit.threads(0));
        assertThrows(IllegalArgumentException.class, () -> fit.batch(1));
        assertThrows(IllegalArgumentException.class, () -> fit.within(Duration.ZERO));
    }

    @Test
    void namesThatAreNotThereAreRefusedWithThoseThatAre() {
        Posterior p = Fit.of(EIGHT_SCHOOLS).data(SCHOOLS).draws(10).flow(Flows.fullRank()).run();
        assertEquals("posterior: theta has shape (8); name one element, for example theta[1]",
                assertThrows(IllegalArgumentException.class, () -> p.draws("theta")).getMessage());
        assertEquals("posterior: there is no element theta[9]; the index is from 1 to 8, as theta has shape (8)",
                assertThrows(IllegalArgumentException.class, () -> p.draws("theta[9]")).getMessage());
        assertEquals("posterior: there is no element mu[1]; mu is a scalar",
                assertThrows(IllegalArgumentException.class, () -> p.draws("mu[1]")).getMessage());
        assertEquals("posterior: there is no parameter phi; there are mu, tau, z, theta",
                assertThrows(IllegalArgumentException.class, () -> p.draws("phi")).getMessage());
        assertEquals(18, p.names().size());
        assertTrue(p.toString().startsWith("eight schools: "), p.toString());
    }
}

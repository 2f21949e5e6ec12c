package org.fluvia.vi;

import static org.fluvia.dist.Distributions.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.Base;
import org.fluvia.flows.Ffjord;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowFamily;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.MonotoneAutoregressive;
import org.fluvia.flows.PlanarFlow;
import org.fluvia.flows.SylvesterFlow;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.Quantity;
import org.fluvia.support.Support;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.draws.Reported;
import org.fluvia.vi.draws.ReportedDraws;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.plan.FitPlan;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Posteriors as files and back: without the model, the same bits. */
@Timeout(120)
class PosteriorFileTest {
    /** Every kind of support, bounds that depend on parameters, levels of both kinds, a loop, and what is derived of them. */
    private static final Model ALL_KINDS = Model.define("all kinds", m -> {
        Expr x = m.data("x");
        Expr mu = m.sample("mu", normal(0, 5));
        Expr tau = m.sample("tau", halfNormal(3));
        Expr theta = m.sample("theta", normal(mu.plus(x), tau), 5);
        Expr low = m.parameter("low", Support.upper(mu));
        Expr between = m.parameter("between", Support.interval(low, mu), 2);
        m.logDensity(low.minus(mu).plus(between.sum().times(0.1)));
        Expr p = m.sample("p", dirichlet(Expr.vector(2, 3, 4)));
        m.sample("sorted", normal(0, 1), Support.ordered(), 3);
        Expr factor = m.sample("L", lkjCorrCholesky(2), 2, 2);
        m.sample("pair", multiNormalCholesky(Expr.vector(0, 0), factor.times(tau)), 3, 2);
        m.observe("y", normal(theta, 1));
        Expr path = Scan.of(mu, x, (s, row) -> s.times(0.5).plus(row.times(tau))).path();
        m.derive("path", path);
        m.derive("ratio", tau.div(mu));
        m.derive("weighted", p.times(Expr.vector(1, 2, 3)).sum());
        m.derive("constant", x.sum());
    });
    private static final Model SMALL = Model.define("small", m -> {
        Expr tau = m.sample("tau", halfNormal(3));
        m.sample("theta", normal(m.data("x").get(0), tau), 3);
        m.derive("twice", tau.times(2));
    });
    private static final Data DATA = Data.empty().with("x", new double[] {0.1, -0.4, 0.7, 1.1, -2}).with("y", new double[] {0.3, 1, -0.5, 2, -1});

    @TempDir
    private Path folder;

    private SavedPosterior saved(Posterior p) throws IOException {
        Path file = folder.resolve("posterior.fluvia");
        p.save(file);
        return PosteriorFile.read(file);
    }

    private static Fit fit(Model model) {
        return Fit.of(model).draws(200).seed(3).flow(Flows.fullRank()).finish(Finish.WEIGHTS);
    }

    /** As if it had been fitted: a flow with weights away from where they begin, in coordinates of its own. */
    private static Posterior made(BoundModel declared, FlowSpec spec) {
        int d = declared.dimension();
        BoundModel model = declared.centred(IntStream.range(0, d).mapToDouble(i -> i % 3 / 2.0).toArray());
        DMatrixRMaj scale = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k <= i; k++) scale.set(i, k, k == i ? 0.3 + 0.01 * i : 0.02 * (i - k));
        }
        Gaussian whitening = new Gaussian(NormalNoise.of(5).values(d), scale);
        Flow flow = spec.build(d, 7, Context.none());
        double[] weights = flow.weights().initial();
        double[] noise = NormalNoise.of(3).values(weights.length);
        for (int i = 0; i < weights.length; i++) weights[i] += 0.02 * noise[i];
        Approximation q = new FlowApproximation(model, whitening, null, flow, weights, FitPlan.standard().defence());
        try (Workers workers = Workers.none()) {
            Proposals drawn = q.sampler(workers).draw(50, new Seeds(3).proposals());
            DMatrixRMaj values = Reported.of(model).values(drawn.z(), 50, workers);
            ReportedDraws draws = ReportedDraws.of(model, drawn.z(), values, drawn.logDensity(), drawn.logApproximation(), workers);
            Estimate unknown = new Estimate(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            Assessment assessment = new Assessment(Verdict.RESAMPLED, List.of("for a test", "a\nline"), Double.NaN, 12.5, 50, unknown, new Estimate(1, 2), 3, 1.01);
            return new Posterior(q, assessment, draws, 17.25, Long.MIN_VALUE, Budget.of(Duration.ofMinutes(2), FitPlan.standard().time()),
                    FitPlan.standard().crossValidation());
        }
    }

    /** All that a posterior says without its model. */
    private static void assertSame(Posterior p, SavedPosterior q) {
        assertEquals(p.toString(), q.toString());
        assertEquals(p.assessment(), q.assessment());
        assertEquals(p.warnings(), q.warnings());
        assertEquals(p.notes(), q.notes());
        assertEquals(p.names(), q.names());
        assertEquals(p.quantities().stream().map(Quantity::shape).toList(), q.quantities().stream().map(Quantity::shape).toList());
        assertArrayEquals(p.draws().data, q.draws().data);
        assertArrayEquals(p.logDensity(), q.logDensity());
        assertArrayEquals(p.logApproximation(), q.logApproximation());
        assertEquals(p.summaries(), q.summaries());
        assertEquals(List.of(p.seed(), p.seconds(), p.limitHit()), List.of(q.seed(), q.seconds(), q.limitHit()));
    }

    private static Map<String, double[]> point(PosteriorDraws p, int parameters, int draw) {
        Map<String, double[]> point = new LinkedHashMap<>();
        p.quantities().subList(0, parameters).forEach(q -> point.put(q.name(), p.array(q.name())[draw]));
        return point;
    }

    @TestFactory
    Stream<DynamicTest> newDrawsAndDensitiesHaveTheSameBitsForEveryFlow() {
        FlowSpec mixture = Flows.fullRank().from(d -> Base.mixture(d, 3, 5)).then(Flows.realNvp().layers(2).hidden(4));
        Stream<FlowSpec> all = Stream.concat(Flows.table().rows().stream().map(FlowFamily::spec).map(Supplier::get),
                Stream.of(mixture, Flows.realNvp().from(d -> Base.studentT(d, 5))));
        return all.filter(spec -> !(spec instanceof Ffjord)).map(PosteriorFileTest::small)
                .map(spec -> DynamicTest.dynamicTest(spec.toString(), () -> assertSameBits(SMALL.bind(DATA), spec)));
    }

    /** Quick to build: fewer layers where these take long. */
    private static FlowSpec small(FlowSpec spec) {
        if (spec instanceof MonotoneAutoregressive m) return m.layers(1).hidden(6);
        if (spec instanceof PlanarFlow p) return p.layers(4);
        return spec instanceof SylvesterFlow s ? s.layers(2) : spec;
    }

    @Test
    void newDrawsAndDensitiesHaveTheSameBitsForEveryKindOfParameter() throws IOException {
        assertSameBits(ALL_KINDS.bind(DATA), Flows.fullRank());
        assertSameBits(ALL_KINDS.bind(DATA), Flows.realNvp().layers(2));
    }

    /** Supports have inverses of their own, and parameters may be empty. */
    @Test
    void newDrawsAndDensitiesHaveTheSameBitsForEverySupport() throws IOException {
        Model model = Model.define("supports", m -> {
            List<Expr> all = List.of(m.parameter("lower", Support.lower(1), 2), m.parameter("upper", Support.upper(-1)),
                    m.parameter("affine", Support.affine(1, 2)), m.parameter("ordered", Support.positiveOrdered(), 3),
                    m.parameter("simplex", Support.simplex(), 2, 3), m.parameter("unit", Support.unitVector(), 3),
                    m.parameter("zero", Support.sumToZero(), 3), m.parameter("zeros", Support.sumToZeroMatrix(), 2, 3),
                    m.parameter("factor", Support.choleskyFactorCorr(), 3, 3), m.parameter("scale", Support.choleskyFactorCov(), 3, 3),
                    m.parameter("corr", Support.corrMatrix(), 3, 3), m.parameter("cov", Support.covMatrix(), 2, 2),
                    m.parameter("none", Support.positive(), 0), m.parameter("few", Support.simplex(), 0, 3));
            all.forEach(x -> m.logDensity(x.square().sum().times(-0.5)));
        });
        assertSameBits(model.bind(Data.empty()), Flows.fullRank());
        assertSameBits(model.bind(Data.empty()), Flows.realNvp().layers(2).hidden(4));
    }

    /** The draws that are kept are, and all else. */
    @Test
    void aFlowThatIsADifferentialEquationGivesNoNewDraws() throws IOException {
        Posterior p = made(SMALL.bind(DATA), Flows.ffjord().hidden(3));
        SavedPosterior q = saved(p);
        assertSame(p, q);
        assertFalse(q.canDraw());
        assertEquals(List.of("tau", "theta", "twice"), List.copyOf(q.lacking().keySet()));
        String message = assertThrows(IllegalStateException.class, () -> q.sample(1, 1)).getMessage();
        assertTrue(message.startsWith("SavedPosterior: there are no new draws and no density, only the draws that were kept: the approximation is made of"
                + " what a file cannot hold, a differential equation ("), message);
    }

    private void assertSameBits(BoundModel model, FlowSpec spec) throws IOException {
        Posterior p = made(model, spec);
        SavedPosterior q = saved(p);
        assertSame(p, q);
        assertEquals(Map.of(), q.lacking());
        assertTrue(q.canDraw());
        assertArrayEquals(p.sample(57, 11).data, q.sample(57, 11).data);
        SavedPosterior.NewDraws again = q.newDraws(50, new Seeds(3).proposals());
        assertArrayEquals(p.draws().data, again.values().data);
        for (int j = 0; j < 50; j++) assertEquals(p.logApproximation()[j], again.logApproximation()[j], 1e-12 * (1 + Math.abs(p.logApproximation()[j])));
        int parameters = p.approximation().model().parameters().size();
        for (int draw = 0; draw < 3; draw++) {
            Map<String, double[]> point = point(p, parameters, draw);
            double expected = p.logDensity(point);
            assertEquals(expected, q.logDensity(point), 1e-9 * (1 + Math.abs(expected)));
        }
    }

    /** log q of new draws is what the fit gives of those that it keeps. */
    @Test
    void logDensitiesOfNewDrawsAreThoseOfTheFit() throws IOException {
        Posterior p = fit(Model.define("normal", m -> m.sample("x", normal(0, 1), 3))).draws(2000).run();
        SavedPosterior q = saved(p);
        SavedPosterior.NewDraws d = q.newDraws(2000, 5);
        assertEquals(Verdict.PASS, p.verdict());
        assertArrayEquals(p.sample(2000, 5).data, d.values().data);
        for (int j = 0; j < 2000; j += 100) {
            double[] x = {d.values().get(0, j), d.values().get(1, j), d.values().get(2, j)};
            assertEquals(p.logDensity(Map.of("x", x)), d.logApproximation()[j], 1e-12);
        }
    }

    @Test
    void theFirstOfManyDrawsAreThoseOfFew() throws IOException {
        SavedPosterior q = saved(made(ALL_KINDS.bind(DATA), Flows.realNvp().layers(2)));
        DMatrixRMaj few = q.sample(10, 4);
        DMatrixRMaj many = q.sample(1000, 4);
        for (int i = 0; i < few.numRows; i++) {
            for (int j = 0; j < few.numCols; j++) assertEquals(few.get(i, j), many.get(i, j));
        }
    }

    @Test
    void pointsOutsideAreNamed() throws IOException {
        SavedPosterior q = saved(fit(Model.define("two", m -> {
            m.sample("tau", halfNormal(1));
            m.sample("p", dirichlet(Expr.vector(1, 1, 1)));
        })).run());
        Map<String, double[]> inside = Map.of("tau", new double[] {0.5}, "p", new double[] {0.2, 0.3, 0.5});
        assertTrue(Double.isFinite(q.logDensity(inside)));
        refused(q, "point: parameter tau must lie in its support, at least 0", "tau", -0.5);
        refused(q, "point: parameter tau must lie in its support, at least 0", "tau", Double.NaN);
        refused(q, "point: every parameter must lie inside its support and not on its boundary, nor so far out that its density is no number",
                "tau", 0);
        refused(q, "point: parameter p must lie in its support, simplex", "p", 0.2, 0.3, 0.6);
        refused(q, "point: parameter p must have 3 values, but has 1", "p", 0.2);
        refused(q, "point: there is no parameter q; there are tau, p", "q", 1);
        assertThrows(IllegalArgumentException.class, () -> q.logDensity(Map.of("tau", new double[] {1})));
        assertThrows(IllegalArgumentException.class, () -> q.sample(0, 1));
    }

    private static void refused(SavedPosterior q, String message, String name, double... value) {
        Map<String, double[]> point = new LinkedHashMap<>(Map.of("tau", new double[] {0.5}, "p", new double[] {0.2, 0.3, 0.5}));
        point.put(name, value);
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> q.logDensity(point)).getMessage());
    }

    /** Where the fit resampled, new draws are resampled too: their spread and tails are the posterior's, as those of the approximation are not. */
    @Test
    void newDrawsAreCorrectedByWeights() throws IOException {
        Model model = Model.define("student", m -> m.sample("x", studentT(10, 0, 1), 2));
        Posterior p = Fit.of(model).flow(Flows.fullRank()).seed(3).draws(500).finish(Finish.WEIGHTS)
                .plan(FitPlan.standard().with("margins.promising", 0)).run();
        assertEquals(Verdict.RESAMPLED, p.verdict(), p::toString);
        SavedPosterior q = saved(p);
        assertTrue(q.canResample());
        SavedPosterior.Resampled r = q.resample(20_000, 5);
        assertArrayEquals(r.draws().values().data, q.resample(20_000, 5).draws().values().data);
        SavedPosterior.Resampled one = q.resample(1, 5); // chosen from as many as can be judged
        assertEquals(4000, SavedPosterior.proposals(1));
        assertTrue(one.ess() > 1000, one::toString);
        double sd = Math.sqrt(10 / 8.0);
        for (int i = 0; i < 2; i++) {
            Summary corrected = Summary.of(r.draws().values().data, i * 20_000, 20_000, r.ess());
            assertEquals(sd, corrected.sd(), 0.02);
            // 2 * scipy.stats.t(10).sf(3.5) of 20,000 is 114
            assertEquals(114, beyond(r.draws().values(), i), 40);
            assertTrue(beyond(q.sample(20_000, 5), i) < 74);
        }
        for (int j = 0; j < 10; j++) { // log p is the density of the model
            double expected = 0;
            for (int i = 0; i < 2; i++) {
                double x = r.draws().values().get(i, j);
                expected += -0.94389735 - 5.5 * Math.log1p(x * x / 10); // lgamma(5.5) - lgamma(5) - log(10 pi) / 2
            }
            assertEquals(expected, r.logDensity()[j], 1e-7);
        }
    }

    private static long beyond(DMatrixRMaj draws, int row) {
        return IntStream.range(0, draws.numCols).filter(j -> Math.abs(draws.get(row, j)) > 3.5).count();
    }

    /** Code of the user's own is not in a file: what is derived by it is kept, and new draws lack it, as they say. */
    @Test
    void whatCannotBeStoredIsSaid() throws IOException {
        Posterior p = fit(Model.define("own", m -> {
            Expr x = m.sample("x", normal(0, 1), 2);
            m.derive("own", x.external((at, gradient) -> at[0] * at[1]));
            m.derive("sum", x.sum());
        })).run();
        SavedPosterior q = saved(p);
        assertSame(p, q);
        assertEquals(List.of("own"), List.copyOf(q.lacking().keySet()));
        assertTrue(q.lacking().get("own").startsWith("code of your own (PosteriorFileTest.java:"), q.lacking().get("own"));
        DMatrixRMaj fresh = q.sample(5, 1);
        for (int j = 0; j < 5; j++) {
            assertTrue(Double.isNaN(fresh.get(2, j)));
            assertEquals(fresh.get(0, j) + fresh.get(1, j), fresh.get(3, j));
        }
    }

    @Test
    void whatIsNotFiniteStaysSo() throws IOException {
        Posterior p = fit(Model.define("logs", m -> m.derive("log", m.sample("x", normal(0, 1)).log()))).run();
        SavedPosterior q = saved(p);
        assertFalse(p.notes().isEmpty());
        assertSame(p, q);
        assertArrayEquals(p.sample(50, 1).data, q.sample(50, 1).data);
    }

    /** With vectors that are one observation each. */
    @Test
    void crossValidationIsKeptWhereItIsGiven() throws IOException {
        Model model = Model.define("m", m -> {
            Expr mu = m.sample("mu", normal(0, 1), 2);
            m.observe("pairs", multiNormal(mu, Expr.vector(1, 0, 0, 1).reshape(Shape.of(2, 2))));
            m.observe("y", normal(mu.get(0), 1));
        });
        Posterior p = fit(model).data(Data.empty().with("pairs", new double[][] {{0, 1}, {1, 0}, {2, 2}}).with("y", new double[] {0.5, 1})).run();
        assertTrue(saved(p).loo().isEmpty());
        Path file = folder.resolve("loo.fluvia");
        PosteriorFile.of(p).loo(p.loo(500)).write(file);
        assertEquals(p.loo(500), PosteriorFile.read(file).loo().orElseThrow());
    }

    @Test
    void hashesAreThoseOfSourceAndData() throws IOException {
        Model model = Model.define("m", m -> m.sample("x", normal(m.data("a"), 1)));
        Path file = folder.resolve("a.fluvia");
        Posterior p = fit(model).data(Data.empty().with("a", 1).with("b", new double[] {2, 3})).run();
        PosteriorFile.of(p).modelSource("abc").write(file);
        SavedPosterior one = PosteriorFile.read(file);
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", one.modelHash().orElseThrow()); // FIPS 180-2
        assertEquals(one.dataHash(), saved(fit(model).data(Data.empty().with("b", new double[] {2, 3}).with("a", 1)).run()).dataHash());
        String other = saved(fit(model).data(Data.empty().with("b", Shape.of(2, 1), 2, 3).with("a", 1)).run()).dataHash();
        assertFalse(one.dataHash().equals(other));
        assertEquals(64, other.length());
        assertTrue(saved(p).modelHash().isEmpty());
    }

    @Test
    void aFitWithoutTimeIsStoredToo() throws IOException {
        Posterior p = Fit.of(ALL_KINDS).data(DATA).within(Duration.ofMillis(1)).run();
        SavedPosterior q = saved(p);
        assertSame(p, q);
        assertEquals(Verdict.FAIL, q.verdict());
    }
}

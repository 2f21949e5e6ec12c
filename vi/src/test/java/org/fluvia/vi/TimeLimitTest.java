package org.fluvia.vi;

import static org.fluvia.dist.Distributions.bernoulliLogit;
import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.support.Support;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.approximation.Proposing;
import org.fluvia.vi.approximation.Sampler;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.plan.FitPlan;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fit takes no longer than it may, wherever the time goes; it says what the limit cut; and an interrupt ends it soon. */
class TimeLimitTest {
    private static final FitPlan PLAN = FitPlan.standard();
    /** Beyond the law's own 10 % or half a second: a cold JVM on a busy machine. */
    private static final double BUSY = 2;

    private record Slow(Model model, Data data, double limit) {}

    /** Each takes its time in another way, and would take many times its limit. */
    private static Map<String, Slow> slow() {
        Map<String, Slow> all = new LinkedHashMap<>();
        all.put("the user's own density, a millisecond a draw", new Slow(external(1_000, 3), Data.empty(), 2));
        all.put("the user's own density, a quarter of a second a draw", new Slow(external(250_000, 3), Data.empty(), 1));
        all.put("1500 dimensions", new Slow(dense(1500), Data.empty(), 3));
        all.put("many rows", manyRows(400_000));
        all.put("a curved posterior, to be trained for long", new Slow(curved(), Data.empty(), 2));
        all.put("a limit of a millisecond", new Slow(schools(), Data.empty(), 0.001));
        return all;
    }

    private static Model external(int microseconds, int dimension) {
        return Model.external("external", dimension, (x, gradient) -> {
            try {
                Thread.sleep(microseconds / 1000, microseconds % 1000 * 1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                gradient[i] = -Math.sinh(x[i]);
                sum -= Math.cosh(x[i]);
            }
            return sum;
        });
    }

    private static Model dense(int d) {
        double[] values = new Random(1).doubles((long) d * d, -0.5, 0.5).toArray();
        return Model.define("dense", m -> {
            Expr x = m.sample("x", normal(0, 1), d);
            m.logDensity(Expr.vector(values).reshape(Shape.of(d, d)).matmul(x).square().sum().times(-0.5));
        });
    }

    private static Slow manyRows(int n) {
        Random random = new Random(1);
        double[][] x = new double[n][4];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 4; k++) x[i][k] = random.nextGaussian();
            y[i] = random.nextDouble() < 1 / (1 + Math.exp(x[i][1] - x[i][0])) ? 1 : 0;
        }
        Model model = Model.define("many rows", m -> {
            Expr b = m.sample("b", normal(0, 2), 4);
            m.observe("y", bernoulliLogit(m.data("x").matmul(b)));
        });
        return new Slow(model, Data.empty().with("x", x).with("y", y), 3);
    }

    /** A funnel, and not by a prior: the fit does not know it for one. */
    private static Model curved() {
        return Model.define("curved", m -> {
            Expr s = m.sample("s", normal(0, 3));
            Expr x = m.parameter("x", Support.real(), 40);
            m.logDensity(normal(Expr.of(0), s.exp()).logDensity(x));
        });
    }

    private static Model schools() {
        return Model.define("eight schools", m -> {
            Expr mu = m.sample("mu", normal(0, 5));
            Expr tau = m.sample("tau", halfCauchy(5));
            Expr z = m.sample("z", normal(0, 1), 8);
            Expr theta = m.derive("theta", mu.plus(tau.times(z)));
            m.observe(Expr.vector(28, 8, -3, 7, -1, 1, 18, 12), normal(theta, Expr.vector(15, 10, 16, 11, 9, 11, 10, 18)));
        });
    }

    @TestFactory
    Stream<DynamicTest> aFitTakesNoLongerThanItMay() {
        return slow().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
            Slow s = e.getValue();
            long begin = System.nanoTime();
            Posterior p = Fit.of(s.model()).data(s.data()).threads(2).within(Duration.ofMillis(Math.round(1000 * s.limit()))).run();
            double seconds = (System.nanoTime() - begin) * 1e-9;
            assertTrue(seconds < s.limit() + Math.max(0.5, 0.1 * s.limit()) + BUSY, seconds + " s");
            assertTrue(p.limitHit().isPresent());
            String reason = p.assessment().reasons().get(0);
            assertTrue(reason.contains("the limit of ") && reason.contains(p.limitHit().get()), reason);
            assertTrue(p.drawCount() >= 1 && p.drawCount() <= Fit.DEFAULT_DRAWS);
            assertFalse(p.summaries().isEmpty());
            if (p.assessment().proposals() < PLAN.proposing().least()) assertEquals(Verdict.FAIL, p.verdict());
        }));
    }

    /** However late a stage sees that the time is up, as where one step of it takes longer than the whole fit may. */
    @Test
    void whatWasJudgedIsKept() {
        Duration limit = Duration.ofSeconds(8);
        Posterior p = Fit.of(curved()).within(limit).progress(e -> {
            if (!e.stage().equals("flow")) return;
            try {
                Thread.sleep(limit.plusSeconds(1).toMillis());
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
            }
        }).run();
        assertTrue(p.limitHit().isPresent());
        assertTrue(p.assessment().proposals() > 0 && Double.isFinite(p.assessment().elbo().value()), p.assessment().toString());
    }

    @Test
    void aFitThatEndsByItselfHitsNoLimit() {
        Posterior p = Fit.of(Model.define("exponential", m -> m.sample("x", exponential(1)))).run();
        assertTrue(p.limitHit().isEmpty());
        assertFalse(String.join(" ", p.assessment().reasons()).contains("the limit"));
    }

    /** Draws of a judgement that was cut are the first of those that a whole one has. */
    @Test
    void proposalsAreTheSameHoweverManyThereIsTimeFor() {
        Flow flow = Flows.realNvp().build(10, 3);
        Approximation q = new FlowApproximation(schools().bind(Data.empty()), Gaussian.isotropic(new double[10], 0.5), null, flow,
                new Random(1).doubles(flow.weights().size(), -0.1, 0.1).toArray(), PLAN.defence());
        try (Workers workers = Workers.of(2)) {
            int n = 3 * PLAN.proposing().least() + 5;
            Sampler sampler = q.sampler(workers);
            Proposals whole = sampler.draw(n, 7);
            Proposals pieces = Proposing.within(Budget.of(Duration.ofHours(1), PLAN.time()), PLAN.proposing(), sampler, n, 7);
            assertEquals(n, pieces.count());
            assertSame(whole, pieces);
            Proposals cut = Proposing.within(Budget.of(Duration.ofNanos(1), PLAN.time()), PLAN.proposing(), sampler, n, 7);
            assertTrue(cut.count() >= PLAN.proposing().least() && cut.count() < n, cut.count() + " draws");
            assertSame(whole, cut);
        }
    }

    private static void assertSame(Proposals whole, Proposals part) {
        int n = part.count();
        assertArrayEquals(CommonOps_DDRM.extract(whole.z(), 0, 10, 0, n).data, part.z().data);
        assertArrayEquals(Arrays.copyOf(whole.logDensity(), n), part.logDensity());
        assertArrayEquals(Arrays.copyOf(whole.logApproximation(), n), part.logApproximation());
        assertArrayEquals(Arrays.copyOf(whole.logStretch(), n), part.logStretch());
    }

    /** After so many milliseconds, or so many after the first word of a stage. At 3.3 of 4 seconds the last judgement is under way. */
    @ParameterizedTest
    @CsvSource({"'', 10, starts", "'', 600, starts", "full-rank, 0, full-rank", "full-rank, 300, full-rank", "flow, 0, flow", "flow, 500, flow",
        "'', 3300, judgement"})
    void anInterruptEndsAFitWithinASecond(String stage, int milliseconds, String name) throws InterruptedException {
        Model model = name.equals("starts") ? dense(1200) : name.equals("flow") ? curved() : external(name.equals("judgement") ? 1_000 : 100, 3);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Long> interruptedAt = new AtomicReference<>();
        AtomicReference<Long> endedAt = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        Thread fit = new Thread(() -> {
            try {
                Fit.of(model).within(Duration.ofSeconds(name.equals("judgement") ? 4 : 120)).progress(e -> {
                    if (e.stage().equals(stage)) interruptSoon(threads.get(0), milliseconds, interruptedAt);
                }).run();
            } catch (Throwable e) {
                thrown.set(e);
            }
            endedAt.set(System.nanoTime());
        });
        threads.add(fit);
        fit.start();
        if (stage.isEmpty()) interruptSoon(fit, milliseconds, interruptedAt);
        fit.join(120_000);
        assertEquals(CancellationException.class, thrown.get() == null ? null : thrown.get().getClass());
        double seconds = (endedAt.get() - interruptedAt.get()) * 1e-9;
        assertTrue(seconds < 1 + BUSY, seconds + " s");
    }

    private static void interruptSoon(Thread fit, int milliseconds, AtomicReference<Long> at) {
        Thread other = new Thread(() -> {
            try {
                Thread.sleep(milliseconds);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (at.compareAndSet(null, System.nanoTime())) fit.interrupt();
        });
        other.setDaemon(true);
        other.start();
    }
}

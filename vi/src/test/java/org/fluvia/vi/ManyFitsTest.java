package org.fluvia.vi;

import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.CompiledModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.support.Support;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that fits many models to many data, side by side. */
@Timeout(120)
class ManyFitsTest {
    /** Beyond the second that is promised, on a machine that does other things. */
    private static final double BUSY = 4;
    private static final CompiledModel LINE = Model.define("line", m -> {
        Expr a = m.sample("a", normal(0, 10));
        Expr b = m.sample("b", normal(0, 10));
        m.observe("y", normal(a.plus(b.times(m.data("x"))), 1));
    }).compile(data(0));
    /** Its fit goes on for minutes. */
    private static final Model FUNNEL = Model.define("funnel", m -> {
        Expr s = m.sample("s", normal(0, 3));
        Expr x = m.parameter("x", Support.real(), 40);
        m.logDensity(normal(Expr.of(0), s.exp()).logDensity(x));
    });

    private final ExecutorService pool = Executors.newFixedThreadPool(3);

    @AfterEach
    void endThePool() {
        pool.shutdownNow();
    }

    private static Data data(int number) {
        return Data.empty().with("x", 1, 2, 3).with("y", number, 2 + number, 3);
    }

    private static Fit fit(int number) {
        return Fit.of(LINE).data(data(number)).seed(number).draws(50).threads(1 + number % 2);
    }

    @Test
    void fitsSideBySideHaveTheBitsOfFitsOneAfterTheOther() throws Exception {
        List<Future<Posterior>> together = new ArrayList<>();
        for (int k = 0; k < 6; k++) together.add(pool.submit(fit(k)::run));
        for (int k = 0; k < 6; k++) assertArrayEquals(fit(k).run().draws().data, together.get(k).get().draws().data);
    }

    @Test
    void cancellingEndsAllWithinASecondAndLeavesNoThread() throws Exception {
        CountDownLatch underWay = new CountDownLatch(3);
        List<Future<Posterior>> fits = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            boolean[] told = new boolean[1];
            Fit fit = Fit.of(FUNNEL).seed(k).threads(2).within(Duration.ofMinutes(10)).progress(e -> {
                if (!told[0]) underWay.countDown();
                told[0] = true;
            });
            fits.add(pool.submit(fit::run));
        }
        underWay.await();
        long asked = System.nanoTime();
        pool.shutdownNow();
        for (Future<Posterior> fit : fits) {
            Throwable cause = assertThrows(ExecutionException.class, fit::get).getCause();
            assertEquals("fit: interrupted", assertInstanceOf(CancellationException.class, cause).getMessage());
        }
        double seconds = (System.nanoTime() - asked) * 1e-9;
        assertTrue(seconds < 1 + BUSY, seconds + " s");
        assertTrue(pool.awaitTermination(1, TimeUnit.SECONDS));
        for (int k = 0; k < 100 && workers() > 0; k++) Thread.sleep(10);
        assertEquals(0, workers(), "threads of fits that have ended");
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("fluvia-worker") && t.isAlive()).count();
    }

    /** Nothing holds what a fit made, neither the model nor the threads that it ran on. */
    @Test
    void aPosteriorThatIsLetGoIsCollected() throws Exception {
        List<WeakReference<Posterior>> gone = new ArrayList<>();
        for (int k = 0; k < 3; k++) gone.add(new WeakReference<>(pool.submit(fit(k)::run).get()));
        for (WeakReference<Posterior> p : gone) {
            for (int k = 0; k < 100 && p.get() != null; k++) {
                System.gc();
                Thread.sleep(20);
            }
            assertNull(p.get());
        }
    }

    @Test
    void progressIsAFlow() throws Exception {
        List<String> stages = new ArrayList<>();
        CompletableFuture<Void> heard;
        try (SubmissionPublisher<Progress.Event> events = new SubmissionPublisher<>()) {
            heard = events.consume(e -> stages.add(e.stage()));
            fit(1).progress(events::submit).run();
        }
        heard.get(10, TimeUnit.SECONDS);
        assertEquals(Progress.DONE, stages.get(stages.size() - 1));
    }
}

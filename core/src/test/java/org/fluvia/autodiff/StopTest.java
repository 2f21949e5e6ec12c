package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fluvia.autodiff.ode.OdeSettings;
import org.fluvia.autodiff.ode.Trajectory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay ends soon after its workers are told to stop, whatever takes long in it. */
class StopTest {
    private static final double ASKED_AT = 0.1;
    /** Of the calling thread's own time: a busy machine takes its time from it. */
    private static final double SOON = 0.5;
    /** Of the clock's time, on a busy machine. */
    private static final double AT_LAST = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Programs that would run for many seconds, each in its own way. */
    private static Map<String, Supplier<Expr>> longPrograms() {
        Expr z = Expr.perDraw("z", Shape.of(3));
        Expr one = z.get(0);
        Map<String, Supplier<Expr>> all = new LinkedHashMap<>();
        all.put("many draws", () -> z.square().sum());
        all.put("many rows", () -> numbers(3_000_000).times(one).exp().sum().plus(numbers(3_000_000).times(z.get(1)).tanh().sum()));
        all.put("wide regression", () -> numbers(100_000, 300).matmul(Expr.concat(repeat(z, 100))).square().sum());
        all.put("scan", () -> Scan.of(one, Expr.vector(new double[500_000]), (h, x) -> h.plus(x).tanh().exp().tanh().exp()).last());
        all.put("long steps", () -> Scan.of(one, Expr.vector(new double[1000]),
                (h, x) -> numbers(20_000).times(h).exp().sum()).last());
        all.put("ode", () -> ode(false, one));
        all.put("stiff ode", () -> ode(true, one));
        all.put("cholesky", () -> Matrices.cholesky(spd(800, one)).sum());
        all.put("derivative of cholesky", () -> Gradient.of(Matrices.cholesky(spd(500, one)).square().sum(), z).sum());
        all.put("solve lower", () -> Matrices.solveLower(spd(600, one), spd(600, one)).sum());
        all.put("solve", () -> Matrices.solve(spd(400, one), spd(400, one)).sum());
        all.put("product of matrices", () -> Matrices.matmul(spd(800, one), spd(800, one)).sum());
        all.put("eigenvalues", () -> Matrices.eigenvaluesSymmetric(spd(120, one)).sum());
        all.put("matrix exponential", () -> Matrices.matrixExponential(spd(300, one)).sum());
        all.put("shared product", () -> {
            Expr a = Expr.shared("a", Shape.of(4000, 4000), new double[16_000_000]);
            return a.matmul(a).matmul(a).sum().plus(one);
        });
        all.put("shared cholesky", () -> {
            double[] identity = new double[3000 * 3000];
            for (int i = 0; i < 3000; i++) identity[i * 3001] = 1;
            return Matrices.cholesky(Expr.shared("a", Shape.of(3000, 3000), identity)).sum().plus(one);
        });
        all.put("the user's own code", () -> z.external((x, gradient) -> {
            sleep(20);
            return x[0];
        }));
        return all;
    }

    private static Expr numbers(int... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Expr.shared("numbers", Shape.of(shape), new Random(1).doubles(size, -1, 1).toArray());
    }

    private static Expr[] repeat(Expr x, int times) {
        Expr[] all = new Expr[times];
        Arrays.fill(all, x);
        return all;
    }

    private static Expr spd(int n, Expr x) {
        return Matrices.addToDiagonal(numbers(n, n).times(x.tanh()), Expr.of(100));
    }

    private static Expr ode(boolean stiff, Expr k) {
        return Trajectory.of((t, y) -> Functions.sin(y.times(k).plus(t.times(1e5))), k, Expr.of(0), Expr.vector(1),
                new OdeSettings(stiff, 1e-12, 1e-12, Long.MAX_VALUE)).sum();
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @TestFactory
    Stream<DynamicTest> aReplayEndsSoonAfterItIsToldTo() {
        return longPrograms().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
            Program program = Program.of(e.getValue().get().sumDraws());
            int draws = e.getKey().equals("many draws") ? 2_000_000_000 : 1_000;
            for (int threads : new int[] {1, 2}) {
                long[] begin = new long[1];
                try (Workers workers = Workers.of(threads, () -> System.nanoTime() - begin[0] > ASKED_AT * 1e9)) {
                    Workspace w = program.workspace(workers);
                    program.drawInputs.forEach(input -> w.set(input, NormalNoise.of(1)));
                    long own = THREADS.getCurrentThreadCpuTime();
                    begin[0] = System.nanoTime();
                    assertThrows(Stopped.class, () -> w.run(draws));
                    double seconds = (THREADS.getCurrentThreadCpuTime() - own) * 1e-9;
                    double clock = (System.nanoTime() - begin[0]) * 1e-9;
                    assertTrue(seconds < ASKED_AT + SOON && clock < ASKED_AT + AT_LAST, threads + " threads: " + seconds + " s of " + clock);
                }
            }
        }));
    }

    @Test
    void interruptingTheCallingThreadIsASignalToo() {
        Expr z = Expr.perDraw("z", Shape.of(3));
        try (Workers workers = Workers.of(2, () -> false)) {
            Workspace w = Program.of(z.square().sum().sumDraws()).workspace(workers);
            w.set(z, NormalNoise.of(1));
            w.run(1000);
            Thread caller = Thread.currentThread();
            Thread other = new Thread(() -> {
                sleep(100);
                caller.interrupt();
            });
            other.start();
            assertThrows(Stopped.class, () -> w.run(2_000_000_000));
            assertTrue(Thread.interrupted(), "the interrupt is the caller's to deal with");
            w.run(1000);
        }
    }

    @Test
    void withoutASignalAnInterruptChangesNothing() {
        Expr z = Expr.perDraw("z", Shape.of(3));
        Workspace w = Program.of(z.square().sum().sumDraws()).workspace();
        w.set(z, NormalNoise.of(1));
        Thread.currentThread().interrupt();
        w.run(100_000);
        assertTrue(Thread.interrupted());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aWorkspaceThatWasStoppedGivesTheSameBitsAsAnyOther(int threads) {
        RandomGraph g = new RandomGraph(200, 3, 40);
        Expr loss = g.loss();
        List<Expr> outputs = new ArrayList<>(Gradient.of(loss, List.of(g.weights, g.matrix)));
        outputs.add(loss);
        outputs.add(loss.sumDraws());
        Program program = Program.of(outputs);
        double[] expected = results(program.workspace(), g, outputs);
        AtomicInteger asked = new AtomicInteger();
        int[] stopAt = {Integer.MAX_VALUE};
        try (Workers workers = Workers.of(threads, () -> asked.incrementAndGet() > stopAt[0])) {
            Workspace w = program.workspace(workers);
            assertArrayEquals(expected, results(w, g, outputs), "never stopped");
            int questions = asked.get();
            assertTrue(questions > 4, questions + " questions");
            for (int after = 0; after < questions - threads; after += Math.max(1, questions / 4)) {
                asked.set(0);
                stopAt[0] = after;
                assertThrows(Stopped.class, () -> results(w, g, outputs));
                stopAt[0] = Integer.MAX_VALUE;
                assertArrayEquals(expected, results(w, g, outputs), "stopped after " + after);
            }
        }
    }

    private static double[] results(Workspace w, RandomGraph g, List<Expr> outputs) {
        w.set(g.z, NormalNoise.of(2));
        w.set(g.weights, new Random(4).doubles(g.weights.shape().size()).toArray(), 0);
        w.run(1000);
        List<Double> all = new ArrayList<>();
        for (Expr x : outputs) {
            double[] v = new double[x.shape().size()];
            if (x.isPerDraw()) {
                v = Arrays.copyOf(w.perDraw(x).data, x.shape().size() * 1000);
            } else {
                w.shared(x, v, 0);
            }
            for (double d : v) all.add(d);
        }
        return all.stream().mapToDouble(d -> d).toArray();
    }

    @Test
    void allWorkersHaveComeToRestWhenAReplayIsStopped() {
        Expr z = Expr.perDraw("z", Shape.of(2));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        Expr y = z.external((x, gradient) -> {
            inside.incrementAndGet();
            sleep(5);
            calls.incrementAndGet();
            inside.decrementAndGet();
            return 0;
        });
        try (Workers workers = Workers.of(4, () -> calls.get() > 20)) {
            Workspace w = Program.of(y.sumDraws()).workspace(workers);
            w.set(z, NormalNoise.of(1));
            assertThrows(Stopped.class, () -> w.run(10_000));
            assertEquals(0, inside.get());
            int then = calls.get();
            sleep(50);
            assertEquals(then, calls.get());
        }
    }

    @Test
    void aStopIsNoFaultAndHasNoTrace() {
        try (Workers workers = Workers.of(1, () -> true)) {
            Stopped stopped = assertThrows(Stopped.class, workers::check);
            assertEquals(0, stopped.getStackTrace().length);
        }
        Workers.none().check();
        assertFalse(Thread.currentThread().isInterrupted());
    }
}

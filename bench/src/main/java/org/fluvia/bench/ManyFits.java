package org.fluvia.bench;

import static org.fluvia.dist.Distributions.normal;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.CompiledModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;

/**
 * Whether a process can go on fitting for ever: small fits of a compiled model to new data, two at a time, and what the heap holds after every tenth of
 * them, garbage collected. Then whether fits that begin together end together, and how soon all of them end when they are cancelled.
 *
 * <p>{@code bench/run --many [N]}; 10,000 fits unless N is given.
 */
public final class ManyFits {
    private static final double NANO = 1e-9;
    private static final double MEBI = 1 << 20;
    private static final int AT_ONCE = 2;
    private static final int TOGETHER = 4;

    private ManyFits() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        int fits = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        Model line = Model.define("line", m -> {
            Expr a = m.sample("a", normal(0, 10));
            Expr b = m.sample("b", normal(0, 10));
            m.observe("y", normal(a.plus(b.times(m.data("x"))), 1));
        });
        CompiledModel model = line.compile(data(0));
        long begin = System.nanoTime();
        int part = Math.max(1, fits / 10);
        for (int done = 0; done < fits; done += part) {
            List<Future<?>> some = new ArrayList<>();
            for (int k = done; k < Math.min(fits, done + part); k++) {
                int number = k;
                some.add(pool.submit(() -> Fit.of(model).data(data(number)).seed(number).draws(100).threads(1).run()));
            }
            for (Future<?> f : some) f.get();
            some.clear();
            System.gc();
            System.out.printf(Locale.ROOT, "%6d fits, %5.0f s: %.1f MiB of heap, %d threads, %d classes%n", Math.min(fits, done + part),
                    (System.nanoTime() - begin) * NANO, heap() / MEBI, Thread.activeCount(),
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        }
        pool.shutdown();
        together();
    }

    private static Data data(int number) {
        double[] x = {1, 2, 3, 4, 5, 6};
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) y[i] = number % 17 + x[i] * (number % 5) + Math.sin(number + i);
        return Data.empty().with("x", x).with("y", y);
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Fits that take a while, with all threads each. */
    private static void together() throws InterruptedException, ExecutionException {
        Model banana = Model.logDensity("banana", 2, z -> {
            Expr y = z.get(1).minus(z.get(0).square().minus(4).times(0.25));
            return z.get(0).div(2).square().plus(y.square()).times(-0.5);
        });
        ExecutorService pool = Executors.newFixedThreadPool(TOGETHER);
        long begin = System.nanoTime();
        List<Future<Double>> ends = new ArrayList<>();
        for (int k = 0; k < TOGETHER; k++) {
            ends.add(pool.submit(() -> {
                Fit.of(banana).draws(100).run();
                return (System.nanoTime() - begin) * NANO;
            }));
        }
        StringBuilder seconds = new StringBuilder();
        for (Future<Double> end : ends) seconds.append(String.format(Locale.ROOT, " %.1f", end.get()));
        System.out.printf(Locale.ROOT, "%d equal fits that began together ended after%s s%n", TOGETHER, seconds);

        List<Future<?>> cancelled = new ArrayList<>();
        for (int k = 0; k < TOGETHER; k++) cancelled.add(pool.submit(() -> Fit.of(banana).draws(100).seed(7).run()));
        Thread.sleep(1_000);
        long asked = System.nanoTime();
        pool.shutdownNow();
        int ended = 0;
        for (Future<?> f : cancelled) {
            try {
                f.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof CancellationException) ended++;
            }
        }
        System.out.printf(Locale.ROOT, "%d of %d fits that were cancelled after a second ended by that, within %.2f s%n", ended, TOGETHER,
                (System.nanoTime() - asked) * NANO);
    }
}

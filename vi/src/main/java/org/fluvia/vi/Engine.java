package org.fluvia.vi;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Flows;
import org.fluvia.flows.Permutation;
import org.fluvia.model.BoundModel;

/**
 * The ladder: starts, full-rank Gaussian, flow; climbed until the draws can be passed on or the time is up. Each rung starts
 * from the last.
 */
final class Engine {
    private final BoundModel model;
    private final Fit.Options options;
    private final long begin = System.nanoTime();

    Engine(BoundModel model, Fit.Options options) {
        this.model = model;
        this.options = options;
    }

    Posterior run() {
        try (Workers workers = Workers.of(options.threads())) {
            Posterior p = run(workers);
            options.progress().report(new Progress.Event(Progress.DONE, 0, 0, p.assessment().elbo().value(), 0));
            return p;
        }
    }

    private Posterior run(Workers workers) {
        model.checkExternalGradients(new Reporter()::goOn);
        Seeds seeds = new Seeds(options.seed());
        Target target = new Target(model, workers);
        GaussianStage gaussian = new GaussianStage(target, seeds.fullRank());
        double[] init = options.init() == null ? null : options.init().unconstrained(model);
        Starts starts = new Starts(target, gaussian, seeds.starts(), init);
        Gaussian fullRank = gaussian.run(starts.best(new Reporter()), new Reporter());

        Flow identity = Flow.of(Permutation.of(IntStream.range(0, model.dimension()).toArray()));
        Approximation q = new Approximation(model, fullRank, identity, new double[0]);
        Judgement best = new Judgement(q, target, starts.modes(), seeds);
        if (!best.isGoodEnough() && options.flow() != Flows.fullRank()) {
            Approximation wider = new FlowStage(target, fullRank, options.flow(), options.batch(), seeds.flow())
                    .run(new Reporter());
            Judgement second = new Judgement(wider, target, starts.modes(), seeds);
            if (second.isBetterThan(best)) best = second;
        }
        List<String> runaways = starts.runaways().stream().map(q::describe).toList();
        Assessment assessment = new Reasons(best, target, options.flow(), runaways, starts.gradientNote()).assess();
        return new Finish(best, assessment, seeds, workers)
                .posterior(options.draws(), options.seed(), () -> (System.nanoTime() - begin) * 1e-9);
    }

    static void checkInterrupted() {
        if (Thread.currentThread().isInterrupted()) throw new CancellationException("fit: interrupted");
    }

    /** Tells how a stage goes on, and whether it may. */
    final class Reporter {
        private final long stageBegin = System.nanoTime();

        void report(String stage, int step, int steps, double elbo) {
            long now = System.nanoTime();
            double left = (now - stageBegin) * 1e-9 / step * (steps - step);
            double limit = options.within().toNanos() * 1e-9 - (now - begin) * 1e-9;
            options.progress().report(new Progress.Event(stage, step, steps, elbo, Math.max(0, Math.min(left, limit))));
        }

        /** False once the time is up. */
        boolean goOn() {
            checkInterrupted();
            return System.nanoTime() - begin < options.within().toNanos();
        }
    }
}

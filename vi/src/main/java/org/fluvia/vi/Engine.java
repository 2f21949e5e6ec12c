package org.fluvia.vi;

import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Flows;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.budget.Memory;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.ladder.FlowStage;
import org.fluvia.vi.ladder.GaussianStage;
import org.fluvia.vi.ladder.Starts;
import org.fluvia.vi.modes.Modes;
import org.fluvia.vi.target.Target;

/**
 * The ladder: starts, full-rank Gaussian, flow; climbed until the draws can be passed on or the time is up. Each rung starts
 * from the last.
 */
final class Engine {
    private static final String JUDGEMENT = "judgement";
    /** Of the limit: a start is worth little that nothing is made of. */
    private static final double SHARE_OF_STARTS = 0.4;

    private final BoundModel model;
    private final Fit.Options options;
    private final Budget budget;

    Engine(BoundModel model, Fit.Options options, Budget budget) {
        this.budget = budget;
        this.model = model;
        this.options = options;
    }

    Posterior run() {
        try (Workers workers = Workers.of(options.threads(), budget::isUp)) {
            Posterior p = run(workers);
            options.progress().report(new Progress.Event(Progress.DONE, 0, 0, p.assessment().elbo().value(), 0));
            return p;
        }
    }

    private Posterior run(Workers workers) {
        model.checkExternalGradients(new Reporter("gradients")::goOn);
        Seeds seeds = new Seeds(options.seed());
        Memory memory = Memory.ofThisJvm();
        memory.check(model, Judgement.PROPOSALS, options.draws(), options.threads());
        Target target = new Target(model, workers);
        target.check(memory);
        GaussianStage gaussian = new GaussianStage(target, seeds.fullRank());
        double[] init = options.init() == null ? null : options.init().unconstrained(model);
        Modes modes = new Modes(target);
        Starts starts = new Starts(target, gaussian, modes, seeds.starts(), init);
        Gaussian fullRank = gaussian.run(starts.best(new Reporter("starts", SHARE_OF_STARTS)), new Reporter("full-rank"));

        Flow identity = Flow.of(Permutation.of(IntStream.range(0, model.dimension()).toArray()));
        Approximation q = new Approximation(model, fullRank, identity, new double[0]);
        try {
            Judgement best = judge(q, target, modes, seeds);
            Reporter flow = new Reporter("flow");
            if (!best.isGoodEnough() && options.flow() != Flows.fullRank() && flow.goOn()) {
                Approximation wider = new FlowStage(target, fullRank, options.flow(), options.batch(), seeds.flow()).run(flow);
                best = betterOf(best, wider, target, modes, seeds);
            }
            budget.judging(true);
            List<String> runaways = starts.runaways().stream().map(q::describe).toList();
            Assessment assessment = new Reasons(best, target, options.flow(), runaways, starts.gradientNote()).assess();
            return new Finish(best, assessment, seeds, workers, budget).posterior(options.draws(), options.seed());
        } catch (Stopped e) {
            budget.cut(JUDGEMENT);
            return Unjudged.posterior(q, options.draws(), seeds, options.seed(), budget);
        }
    }

    private Judgement judge(Approximation q, Target target, Modes modes, Seeds seeds) {
        budget.judging(true);
        try {
            return new Judgement(q, target, modes, seeds, budget);
        } finally {
            budget.judging(false);
        }
    }

    /** The first, unless there is time to see that a wider approximation is better. */
    private Judgement betterOf(Judgement first, Approximation wider, Target target, Modes modes, Seeds seeds) {
        try {
            Judgement second = judge(wider, target, modes, seeds);
            return second.isBetterThan(first) ? second : first;
        } catch (Stopped e) {
            budget.cut(JUDGEMENT);
            return first;
        }
    }

    /** Tells how a stage goes on, and whether it may. */
    private final class Reporter implements Stage {
        private final String stage;
        private final double share;
        private final double stageBegin = budget.seconds();

        Reporter(String stage) {
            this(stage, 1);
        }

        /** @param share of the limit, after which no further step may begin */
        Reporter(String stage, double share) {
            this.stage = stage;
            this.share = share;
        }

        @Override
        public void report(int step, int steps, double elbo) {
            double left = (budget.seconds() - stageBegin) / step * (steps - step);
            options.progress().report(new Progress.Event(stage, step, steps, elbo, Math.max(0, Math.min(left, budget.secondsLeft()))));
        }

        @Override
        public boolean goOn() {
            if (budget.goOn() && budget.share() < share) return true;
            cut();
            return false;
        }

        @Override
        public void cut() {
            budget.cut(stage);
        }

        @Override
        public void judged(int draws, double since) {
            budget.keepForJudgement(Judgement.PROPOSALS, draws, budget.seconds() - since);
        }

        @Override
        public double seconds() {
            return budget.seconds();
        }
    }
}

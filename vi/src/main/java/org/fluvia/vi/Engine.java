package org.fluvia.vi;

import java.util.List;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.training.Resumable;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.budget.Memory;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.chains.Exact;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.judge.Reasons;
import org.fluvia.vi.ladder.Ground;
import org.fluvia.vi.ladder.Ladder;
import org.fluvia.vi.plan.Effort;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/** One fit: checks, the ladder, the verdict and the draws. */
final class Engine {
    private final BoundModel model;
    private final Options options;
    /** The standard one until it is known what the density costs. */
    private FitPlan plan;
    private final Budget budget;
    private @Nullable Pieces pieces;

    Engine(BoundModel model, Options options, Budget budget) {
        this.budget = budget;
        this.model = model;
        this.options = options;
        plan = options.plan();
    }

    Posterior run() {
        try (Workers workers = Workers.of(options.threads(), budget::isUp)) {
            Posterior p = run(workers);
            options.progress().report(new Progress.Event(Progress.DONE, 0, 0, p.assessment().elbo().value(), 0));
            return p;
        }
    }

    private Posterior run(Workers workers) {
        model.checkExternalGradients(new Reporter("gradients", 1)::goOn);
        Seeds seeds = new Seeds(options.seed());
        Memory memory = Memory.ofThisJvm();
        memory.check(model, plan.judging().proposals(), options.draws(), options.threads());
        // where levels are standard, no spike rises as their scale shrinks
        BoundModel standard = model.levels().length == 0 ? model : model.centred(new double[model.dimension()]);
        Target target = new Target(standard, workers);
        target.check(memory);
        plan = Effort.of(plan, target.work());
        double[] init = options.init() == null ? null : options.init().unconstrained("init", standard);
        Ground ground = Ground.of(target, plan, seeds, options.flow(), options.objective(), options.batch(), init);
        Ladder ladder = new Ladder(ground, budget, Reporter::new);
        try {
            resume(target, seeds);
            Judgement best = ladder.climb();
            budget.judging(true);
            if (budget.isUp()) budget.lastMoment();
            List<String> reasons = new Reasons(best, plan, ladder.ground().target(), ladder.ground().modes(), options.flow()).inWords();
            Exact exact = isForChains(best) ? Exact.of(best, ladder.ground(), budget, new Reporter("chains", 1)) : null;
            Assessment alone = Assessment.of(best, reasons);
            if (exact == null) return new Drawing(best, null, alone, plan, seeds, workers, budget).posterior(options.draws(), options.seed());
            Assessment assessment = exact.judged() == best ? alone.with(exact) : Assessment.of(exact.judged(), reasons).withLearned(exact);
            return new Drawing(exact.judged(), exact, assessment, plan, seeds, workers, budget).posterior(options.draws(), options.seed());
        } catch (Stopped e) {
            budget.cut(Budget.JUDGEMENT);
            return Unjudged.posterior(ladder.unjudged(), options.draws(), plan, seeds, options.seed(), budget);
        }
    }

    /** Takes notice of what an earlier process left, and leaves the like for a later one. */
    private void resume(Target target, Seeds seeds) {
        Checkpoint checkpoint = options.checkpoint();
        if (checkpoint == null) return;
        pieces = new Pieces(checkpoint, FitKey.of(options.ofBits(target.model()), target, seeds), budget, target.broken());
        if (pieces.isResumed()) options.progress().report(new Progress.Event(Progress.RESUMED, 0, 0, Double.NaN, Double.NaN));
    }

    private boolean isForChains(Judgement best) {
        return switch (options.finish()) {
            case WEIGHTS -> false;
            case AS_NEEDED -> best.isForChains();
            case EXACT -> best.isUsable() || best.fallsShort();
        };
    }

    /** Tells how a stage goes on, and whether it may. */
    private final class Reporter implements Stage {
        private final String stage;
        private final double share;
        private final double stageBegin = budget.seconds();

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
        public boolean resume(Resumable work) {
            return pieces != null && pieces.resume(work);
        }

        @Override
        public void keep(Resumable work, boolean hasEnded) {
            if (pieces != null) pieces.keep(work, hasEnded);
        }

        @Override
        public void judged(int draws, double since) {
            budget.keepForJudgement(plan.judging().proposals(), draws, budget.seconds() - since);
        }

        @Override
        public double seconds() {
            return budget.seconds();
        }
    }
}

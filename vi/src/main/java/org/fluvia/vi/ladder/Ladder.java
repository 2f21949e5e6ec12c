package org.fluvia.vi.ladder;

import org.fluvia.autodiff.Stopped;
import org.fluvia.flows.training.Resumable;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.Recentring;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.judge.Judgement;

/**
 * Climbs the rungs, each from what the last one found, until an approximation is good enough or the time is up. Belongs to one thread.
 */
public final class Ladder {
    private Ground ground;
    private final Budget budget;
    private final Stages stages;
    private Approximation unjudged;

    /** Begins stages of a fit. */
    @FunctionalInterface
    public interface Stages {
        /** @param share of the limit, after which no further step may begin */
        Stage begin(String name, double share);
    }

    public Ladder(Ground ground, Budget budget, Stages stages) {
        this.ground = ground;
        this.budget = budget;
        this.stages = stages;
        double[] origin = ground.init() == null ? new double[ground.target().dimension()] : ground.init();
        unjudged = FlowApproximation.of(ground.target().model(), Gaussian.isotropic(origin, ground.plan().starts().lastResort()),
                ground.plan().defence());
    }

    /**
     * The best of the judged approximations.
     *
     * @throws Stopped if there was no time to judge one; see {@link #unjudged}
     */
    public Judgement climb() {
        Approximation below = unjudged;
        Judgement best = null;
        for (Rungs.Row rung : Rungs.table()) {
            if (best != null && best.isGoodEnough()) break;
            if (!rung.isWider().test(ground, best)) continue;
            Stage stage = stages.begin(rung.name(), rung.shareOfTime().applyAsDouble(ground.plan()));
            if (best != null && !stage.goOn()) break;
            Approximation found = rung.isJudged() ? rung.on().apply(ground).climb(below, stage) : found(rung, below, stage);
            if (found.model() != ground.target().model()) settle(found.model(), stage);
            if (best == null) unjudged = found;
            boolean isNew = best == null || found != below;
            if (rung.isJudged() && isNew) best = best == null ? judge(found) : betterOf(best, found);
            // what is wider begins with the best Gaussian, whatever else was found
            if (found.isGaussian()) below = found;
        }
        if (best == null) throw new IllegalStateException("ladder: no rung is judged");
        return best;
    }

    /** What a rung that looks around makes: a Gaussian, and modes. An earlier process may have seen to it. */
    private Approximation found(Rungs.Row rung, Approximation below, Stage stage) {
        Gaussian[] place = {below.whitening()};
        Resumable seen = state -> {
            place[0] = place[0].passedTo(state);
            ground.modes().state(state);
        };
        if (stage.resume(seen)) return FlowApproximation.of(ground.target().model(), place[0], ground.plan().defence());
        Approximation found = rung.on().apply(ground).climb(below, stage);
        place[0] = found.whitening();
        stage.keep(seen, true);
        return found;
    }

    /** Goes on in the coordinates of a model that is centred otherwise. */
    private void settle(BoundModel model, Stage stage) {
        Ground there = ground.in(model);
        try {
            there.modes().take(ground.modes(), new Recentring(ground.target().model(), model).ofPoints(), stage::goOn);
        } catch (Stopped e) {
            stage.cut();
        }
        ground = there;
    }

    /** What it stands on, in the coordinates that were chosen. */
    public Ground ground() {
        return ground;
    }

    /** What the ladder had reached when the first judgement began: all there is where there was no time for one. */
    public Approximation unjudged() {
        return unjudged;
    }

    private Judgement judge(Approximation q) {
        budget.judging(true);
        try {
            return ground.judged(q, budget);
        } finally {
            budget.judging(false);
        }
    }

    /** The first, unless there is time to see that a wider approximation is better. */
    private Judgement betterOf(Judgement first, Approximation wider) {
        try {
            Judgement second = judge(wider);
            return second.isBetterThan(first) ? second : first;
        } catch (Stopped e) {
            budget.cut(Budget.JUDGEMENT);
            return first;
        }
    }
}

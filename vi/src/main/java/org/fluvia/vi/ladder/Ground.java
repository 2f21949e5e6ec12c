package org.fluvia.vi.ladder;

import org.fluvia.flows.FlowSpec;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Recentring;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.modes.Modes;
import org.fluvia.vi.objective.Objective;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * What the ladder stands on: the density, and what the user and the plan say of how to climb. Belongs to one thread.
 *
 * @param modes is told those that paths end at
 * @param gaussians of the target, judged
 * @param init where the user says to start, besides the points chosen here; unconstrained
 */
public record Ground(Target target, FitPlan plan, Seeds seeds, Modes modes, GaussianFamily gaussians, FlowSpec flow, Objective objective,
                     int batch, double @Nullable [] init) {

    public static Ground of(Target target, FitPlan plan, Seeds seeds, FlowSpec flow, Objective objective, int batch,
                            double @Nullable [] init) {
        return new Ground(target, plan, seeds, new Modes(target, plan), new GaussianFamily(target, plan, seeds.fullRank()), flow, objective,
                batch, init);
    }

    /**
     * What fresh draws say of an approximation.
     *
     * @throws org.fluvia.autodiff.Stopped if there is no time for it
     */
    public Judgement judged(Approximation q, Budget budget) {
        return new Judgement(q, target, modes, seeds, budget, plan);
    }

    /** The same in the coordinates of a model that is centred otherwise; no modes are known there. */
    Ground in(BoundModel model) {
        Target there = target.in(model);
        return new Ground(there, plan, seeds, new Modes(there, plan), new GaussianFamily(there, plan, seeds.fullRank()), flow, objective, batch,
                init == null ? null : new Recentring(target.model(), model).ofPoints().apply(init));
    }
}

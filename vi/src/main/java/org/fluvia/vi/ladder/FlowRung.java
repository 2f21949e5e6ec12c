package org.fluvia.vi.ladder;

import org.fluvia.flows.Flow;
import org.fluvia.flows.training.GradientLearner;
import org.fluvia.flows.training.Optimisers;
import org.fluvia.flows.training.Plateaus;
import org.fluvia.flows.training.StopRule;
import org.fluvia.flows.training.Training;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.judge.Score;
import org.fluvia.vi.objective.Objective;
import org.fluvia.vi.plan.FitPlan;

/**
 * Trains a flow inside a Gaussian: the best one, or one around all modes, which it learns to cover first. The flow is the identity at its
 * first step, a mixture near it. Every so many steps the ELBO is estimated on draws that training never sees, the same each time, so that
 * differences are sharp; the best weights are kept, and the step size falls when they stop getting better.
 */
final class FlowRung implements Rung {
    private final Ground ground;
    private final FitPlan.Training plan;
    private final boolean isCovering;

    private FlowRung(Ground ground, boolean isCovering) {
        this.ground = ground;
        this.isCovering = isCovering;
        plan = ground.plan().training();
    }

    static FlowRung plain(Ground ground) {
        return new FlowRung(ground, false);
    }

    static FlowRung covering(Ground ground) {
        return new FlowRung(ground, true);
    }

    @Override
    public Approximation climb(Approximation below, Stage stage) {
        Gaussian whitening = isCovering ? Spread.of(ground, below.whitening()) : below.whitening();
        long seed = ground.seeds().flow();
        Flow flow = ground.flow().build(ground.target().dimension(), seed);
        double[] weights = flow.weights().initial();
        FlowApproximation identity = new FlowApproximation(ground.target().model(), whitening, flow, weights, ground.plan().defence());
        if (weights.length == 0) return identity;
        FlowSetting setting = new FlowSetting(ground, identity);
        FitPlan.Covering covering = ground.plan().covering();
        Objective objective = isCovering ? new Covering(ground.objective(), covering) : ground.objective();
        GradientLearner<Score> learner = new GradientLearner<>(weights, objective.prepare(setting),
                () -> Optimisers.table().named(plan.optimiser()).forWeights().apply(weights.length), setting.scorer(stage), plan.longest(),
                plan.newest());
        if (isCovering) Training.warmUp(learner, covering.steps(), covering.rate(), stage);
        Training.run(learner, new Plateaus(isCovering ? covering.rate() : plan.rate(), plan.shrink(), plan.rates(), plan.patience()),
                new StopRule(plan.mostSteps(), plan.judgeEvery(), plan.progressErrors(), plan.goodEnough()), stage);
        return new FlowApproximation(identity.model(), whitening, flow, learner.best(), identity.defencePlan());
    }
}

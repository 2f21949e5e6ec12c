package org.fluvia.vi.ladder;

import java.util.List;
import java.util.function.Function;
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
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.objective.Objective;
import org.fluvia.vi.plan.FitPlan;

/**
 * Trains a flow inside a Gaussian: the best one, or one around all modes; there it has a part at each, or learns to cover them first. The flow is
 * the identity at its first step, a mixture near it. Every so many steps the ELBO is estimated on draws that training never sees, the same each
 * time, so that differences are sharp; the best weights are kept, and the step size falls when they stop getting better.
 */
final class FlowRung implements Rung {
    private final Ground ground;
    private final FitPlan.Training plan;
    private final boolean isCovering;
    private final Function<Gaussian, Beginning> beginning;

    private FlowRung(Ground ground, boolean isCovering, Function<Gaussian, Beginning> beginning) {
        this.ground = ground;
        this.isCovering = isCovering;
        this.beginning = beginning;
        plan = ground.plan().training();
    }

    static FlowRung plain(Ground ground) {
        return new FlowRung(ground, false, best -> Beginning.of(ground.flow(), best, ground.seeds().flow()));
    }

    static FlowRung atModes(Ground ground) {
        return new FlowRung(ground, false, best -> Beginning.atModes(ground, best));
    }

    static FlowRung covering(Ground ground) {
        List<Mode> modes = ground.modes().within(ground.plan().covering().depth());
        return new FlowRung(ground, true,
                best -> Beginning.of(ground.flow(), Spread.of(ground, modes, best), ground.seeds().flow()));
    }

    @Override
    public Approximation climb(Approximation below, Stage stage) {
        Beginning first = beginning.apply(below.whitening());
        double[] weights = first.weights();
        FlowApproximation untrained = new FlowApproximation(ground.target().model(), first.whitening(), null, first.flow(), weights,
                ground.plan().defence());
        if (weights.length == 0) return untrained;
        FlowSetting setting = new FlowSetting(ground, untrained);
        FitPlan.Covering covering = ground.plan().covering();
        Objective objective = isCovering ? new Covering(ground.objective(), covering) : ground.objective();
        GradientLearner<Score> learner = new GradientLearner<>(weights, objective.prepare(setting),
                () -> Optimisers.table().named(plan.optimiser()).forWeights().apply(weights.length), setting.scorer(stage), plan.longest(),
                plan.newest());
        if (isCovering) Training.warmUp(learner, covering.steps(), covering.rate(), stage);
        Training.run(learner, new Plateaus(isCovering ? covering.rate() : plan.rate(), plan.shrink(), plan.rates(), plan.patience()),
                new StopRule(plan.mostSteps(), plan.judgeEvery(), plan.progressErrors(), plan.goodEnough()), stage);
        return new FlowApproximation(untrained.model(), first.whitening(), null, first.flow(), learner.best(), untrained.defencePlan());
    }
}

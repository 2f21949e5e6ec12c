package org.fluvia.flows.training;

import org.fluvia.autodiff.Stopped;

/**
 * The training loop, whatever is trained: steps, a judgement now and then, the best weights kept, another step size where there is no
 * progress; until the rule, the schedule or the time ends it.
 */
public final class Training {
    private Training() {}

    /** Trains; afterwards what was kept is the best there was, the first weights if nothing was kept. */
    public static <S extends Score<S>> void run(Learner<S> learner, Schedule schedule, StopRule rule, Stage stage) {
        try {
            train(learner, schedule, rule, stage);
        } catch (Stopped e) {
            stage.cut();
        }
    }

    /** Takes steps without judging any, and keeps where they end. */
    public static void warmUp(Learner<?> learner, int steps, double rate, Stage stage) {
        try {
            for (int step = 0; step < steps && stage.goOn(); step++) {
                if (!learner.step(step, rate)) return;
                stage.report(step + 1, steps, Double.NaN);
            }
            learner.keep();
        } catch (Stopped e) {
            stage.cut();
        }
    }

    private static <S extends Score<S>> void train(Learner<S> learner, Schedule schedule, StopRule rule, Stage stage) {
        S best = learner.score();
        for (int step = 0; step < rule.mostSteps() && stage.goOn(); step++) {
            if (!learner.step(step, schedule.rate(step))) return;
            if ((step + 1) % rule.judgeEvery() != 0) continue;
            S score = learner.score();
            boolean progress = score.isBeyond(best, rule.progressErrors());
            if (score.value() > best.value()) {
                learner.keep();
                best = score;
            }
            stage.report(step + 1, rule.mostSteps(), best.estimate());
            if (score.isGoodEnough(rule.goodEnough())) return;
            switch (schedule.afterJudgement(progress)) {
                case GO_ON -> { }
                case START_OVER -> learner.startOver();
                case STOP -> {
                    return;
                }
            }
        }
    }
}

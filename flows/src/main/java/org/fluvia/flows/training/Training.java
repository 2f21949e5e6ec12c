package org.fluvia.flows.training;

import org.fluvia.autodiff.Stopped;

/**
 * The training loop, whatever is trained: steps, a judgement now and then, the best weights kept, another step size where there is no
 * progress; until the rule, the schedule or the time ends it. Where its stage kept its state in an earlier process, it goes on from there, and ends
 * as it would have ended then.
 */
public final class Training {
    private Training() {}

    /** Trains; afterwards what was kept is the best there was, the first weights if nothing was kept. */
    public static <S extends Score<S>> void run(Learner<S> learner, Schedule schedule, StopRule rule, Stage stage) {
        Judged<S> run = new Judged<>(learner, schedule, rule, stage);
        try {
            run.train();
        } catch (Stopped e) {
            stage.cut();
        }
        run.end();
    }

    /** Takes steps without judging any, and keeps where they end. */
    public static void warmUp(Learner<?> learner, int steps, double rate, Stage stage) {
        Plain run = new Plain(learner, stage);
        try {
            run.train(steps, rate);
        } catch (Stopped e) {
            stage.cut();
        }
        run.end();
    }

    /** A loop under way: what its stage keeps. */
    private abstract static class Loop implements Resumable {
        final Learner<?> learner;
        final Stage stage;
        int step;
        private boolean ended;

        Loop(Learner<?> learner, Stage stage) {
            this.learner = learner;
            this.stage = stage;
        }

        @Override
        public void state(State state) {
            step = state.whole(step);
            ended = state.flag(ended);
            learner.state(state);
        }

        final boolean hasEnded() {
            return ended;
        }

        final void end() {
            ended = true;
            stage.keep(this, true);
        }
    }

    private static final class Plain extends Loop {
        Plain(Learner<?> learner, Stage stage) {
            super(learner, stage);
        }

        void train(int steps, double rate) {
            stage.resume(this);
            if (hasEnded()) return;
            while (step < steps && stage.goOn()) {
                stage.keep(this, false);
                if (!learner.step(step++, rate)) return;
                stage.report(step, steps, Double.NaN);
            }
            learner.keep();
        }
    }

    private static final class Judged<S extends Score<S>> extends Loop {
        private final Learner<S> judged;
        private final Schedule schedule;
        private final StopRule rule;
        private double valueOfBest;

        Judged(Learner<S> learner, Schedule schedule, StopRule rule, Stage stage) {
            super(learner, stage);
            judged = learner;
            this.schedule = schedule;
            this.rule = rule;
        }

        @Override
        public void state(State state) {
            super.state(state);
            valueOfBest = state.number(valueOfBest);
            schedule.state(state);
        }

        void train() {
            S best = judged.score();
            valueOfBest = best.value();
            if (stage.resume(this)) {
                if (hasEnded()) return;
                best = scoreOfKept();
            }
            while (step < rule.mostSteps() && stage.goOn()) {
                stage.keep(this, false);
                if (!judged.step(step, schedule.rate(step))) return;
                step++;
                if (step % rule.judgeEvery() != 0) continue;
                S score = judged.score();
                boolean progress = score.isBeyond(best, rule.progressErrors());
                if (score.value() > best.value()) {
                    judged.keep();
                    best = score;
                    valueOfBest = best.value();
                }
                stage.report(step, rule.mostSteps(), best.estimate());
                if (score.isGoodEnough(rule.goodEnough())) return;
                switch (schedule.afterJudgement(progress)) {
                    case GO_ON -> { }
                    case START_OVER -> judged.startOver();
                    case STOP -> {
                        return;
                    }
                }
            }
        }

        /** That of the weights that were kept, which the state has without it. */
        private S scoreOfKept() {
            judged.startOver();
            S score = judged.score();
            stage.resume(this);
            return score;
        }
    }
}

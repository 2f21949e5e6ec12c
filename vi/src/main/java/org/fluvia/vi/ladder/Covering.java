package org.fluvia.vi.ladder;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Weights;
import org.fluvia.vi.objective.Objective;
import org.fluvia.vi.objective.Objectives;
import org.fluvia.vi.objective.Setting;
import org.fluvia.vi.plan.FitPlan;

/**
 * An objective before which a flow learns to cover the density: for so many steps the forward KL, which leaves out nothing that draws reach,
 * with the density to a power that rises to 1, as draws of a wide flow have no weight to speak of at the density itself. Belongs to one fit.
 */
final class Covering implements Objective {
    private final Objective objective;
    private final FitPlan.Covering plan;
    private final Expr power = Expr.shared("power", Shape.scalar(), 1);
    private final List<Workspace> workspaces = new ArrayList<>();

    Covering(Objective objective, FitPlan.Covering plan) {
        this.objective = objective;
        this.plan = plan;
    }

    @Override
    public Step prepare(Setting setting) {
        Step covering = Objectives.forwardKl().prepare(new Flattened(setting));
        Step usual = objective.prepare(setting);
        return (weights, step, gradient) -> {
            if (step >= plan.steps()) return usual.gradient(weights, step, gradient);
            double[] risen = {Math.min(1, plan.lowest() + (1 - plan.lowest()) * step / (plan.rising() * plan.steps()))};
            for (Workspace w : workspaces) w.set(power, risen, 0);
            return covering.gradient(weights, step, gradient);
        };
    }

    /** A setting with the power of the density. */
    private final class Flattened implements Setting {
        private final Setting setting;

        Flattened(Setting setting) {
            this.setting = setting;
        }

        @Override
        public Expr logDensity(Expr point) {
            return setting.logDensity(point).times(power);
        }

        @Override
        public Workspace workspace(List<Expr> outputs) {
            Workspace w = setting.workspace(outputs);
            workspaces.add(w);
            return w;
        }

        @Override
        public Weights weights() {
            return setting.weights();
        }

        @Override
        public Expr noise() {
            return setting.noise();
        }

        @Override
        public Flow.Draw sample() {
            return setting.sample();
        }

        @Override
        public Flow.Draw path() {
            return setting.path();
        }

        @Override
        public Expr logApproximation(Expr point) {
            return setting.logApproximation(point);
        }

        @Override
        public int batch() {
            return setting.batch();
        }

        @Override
        public DrawSource draws(int step) {
            return setting.draws(step);
        }

        @Override
        public void seen(double[] weights, int step, double[] ratios) {
            setting.seen(weights, step, ratios);
        }
    }
}

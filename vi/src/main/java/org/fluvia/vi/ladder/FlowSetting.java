package org.fluvia.vi.ladder;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Weights;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.judge.Judge;
import org.fluvia.vi.judge.Score;
import org.fluvia.vi.objective.Setting;
import org.fluvia.vi.plan.FitPlan;

/** A flow in training: what its objective is made of, and what its weights are worth. Belongs to one thread. */
final class FlowSetting implements Setting {
    /** The step of the noise that is no training step's: what is judged with. */
    private static final long JUDGING = -1;

    private final Target target;
    private final FitPlan.Training plan;
    private final FlowApproximation q;
    private final int batch;
    private final NormalNoise noise;
    private final Expr epsilon;
    private final Flow.Draw path;
    private final Expr pathDensity;
    private final Judge judge;

    FlowSetting(Ground ground, FlowApproximation q) {
        this.q = q;
        target = ground.target();
        plan = ground.plan().training();
        batch = ground.batch();
        noise = NormalNoise.of(ground.seeds().flow());
        epsilon = Expr.perDraw("epsilon", Shape.of(target.dimension()));
        path = q.placed(q.flow().pathSample(epsilon));
        pathDensity = density(path.value());
        // the path's log q has the value of log q: the same expression serves to train and to judge
        judge = new Judge(target, ground.plan().comparing(), "draws of the flow", epsilon,
                pathDensity.minus(path.logDensity()));
    }

    /** What weights are worth, on draws that training never sees, the same each time. */
    Function<double[], Score> scorer(Stage stage) {
        return new Function<>() {
            private boolean isFirst = true;

            @Override
            public Score apply(double[] weights) {
                double begin = stage.seconds();
                Score score = judge.score(w -> weights().set(w, weights), plan.judgingDraws(), noise.step(JUDGING), 0,
                        j -> point(weights, j, JUDGING));
                // nothing is compiled at the first: it does not tell how long the others take
                if (!isFirst) stage.judged(plan.judgingDraws(), begin);
                isFirst = false;
                return score;
            }
        };
    }

    @Override
    public Weights weights() {
        return q.flow().weights();
    }

    @Override
    public Expr noise() {
        return epsilon;
    }

    @Override
    public Flow.Draw sample() {
        return q.placed(q.flow().sample(epsilon));
    }

    @Override
    public Flow.Draw path() {
        return path;
    }

    @Override
    public Expr logApproximation(Expr point) {
        return q.logDensity(point);
    }

    @Override
    public Expr logDensity(Expr point) {
        return point == path.value() ? pathDensity : density(point);
    }

    private Expr density(Expr point) {
        return Expr.substitute(List.of(target.model().logDensityUnconstrained()), Map.of(target.model().unconstrained(), point.guard()))
                .get(0);
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public DrawSource draws(int step) {
        return noise.step(step);
    }

    @Override
    public Workspace workspace(List<Expr> outputs) {
        Workspace w = Program.of(outputs).workspace(target.workers());
        w.expectMuchWork();
        return w;
    }

    @Override
    public void seen(double[] weights, int step, double[] ratios) {
        judge.elbo(ratios, batch, 0, j -> point(weights, j, step));
    }

    private double[] point(double[] weights, int draw, long step) {
        double[] e = new double[target.dimension()];
        noise.step(step).fill(draw, 1, e.length, e, 0, 1);
        Workspace w = Program.of(path.value()).workspace();
        weights().set(w, weights);
        w.set(epsilon, DrawSource.of(DMatrixRMaj.wrap(e.length, 1, e)));
        w.run(1);
        return w.perDraw(path.value()).data.clone();
    }
}

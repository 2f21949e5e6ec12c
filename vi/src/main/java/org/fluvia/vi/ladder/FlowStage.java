package org.fluvia.vi.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Weights;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.judge.Elbo;
import org.fluvia.vi.optimise.Adam;
import org.fluvia.vi.target.BrokenDraws;
import org.fluvia.vi.target.Target;

/**
 * Trains a flow inside the Gaussian by Adam on the reverse KL, with path gradients (Roeder et al. 2017). The flow is the
 * identity at its first step. Every so many steps the ELBO is estimated on draws that training never sees, the same each
 * time, so that differences are sharp; the best weights are kept, and the step size falls when they stop getting better.
 */
public final class FlowStage {
    private static final int JUDGING_DRAWS = 4096;
    private static final int JUDGE_EVERY = 50;
    private static final int MOST_STEPS = 4000;
    private static final double RATE = 5e-3;
    private static final double SHRINK = 0.3;
    private static final int RATES = 3;
    /** Judgements without progress after which a step size is done with. */
    private static final int PATIENCE = 5;
    /** The variance of log p - log q at which there is nothing left to gain: KL is about half of it. */
    private static final double GOOD_ENOUGH = 2e-3;
    /** A gradient longer than this many times the usual is cut to it. */
    private static final double LONGEST = 5;

    private final Target target;
    private final Gaussian whitening;
    private final Flow flow;
    private final int batch;
    private final NormalNoise noise;
    private final NormalNoise judgingNoise;

    public FlowStage(Target target, Gaussian whitening, FlowSpec spec, int batch, long seed) {
        this.target = target;
        this.whitening = whitening;
        this.batch = batch;
        flow = spec.build(target.dimension(), seed);
        noise = NormalNoise.of(seed);
        judgingNoise = NormalNoise.of(seed).step(-1);
    }

    public Approximation run(Stage stage) {
        double[] weights = flow.weights().initial();
        if (weights.length == 0) return new Approximation(target.model, whitening, flow, weights);
        double[] best = weights.clone();
        try {
            train(weights, best, stage);
        } catch (Stopped e) {
            stage.cut();
        }
        return new Approximation(target.model, whitening, flow, best);
    }

    /** @param best overwritten with the best weights there were */
    private void train(double[] weights, double[] best, Stage stage) {
        Training training = new Training();
        Score bestScore = training.judge(weights);
        double rate = RATE;
        int rates = 1;
        int stale = 0;
        Adam adam = new Adam(weights.length);
        for (int step = 0; step < MOST_STEPS && stage.goOn(); step++) {
            training.gradient(weights, step);
            adam.step(weights, training.gradient, training.scale, rate);
            if ((step + 1) % JUDGE_EVERY != 0) continue;
            double begin = stage.seconds();
            Score score = training.judge(weights);
            stage.judged(JUDGING_DRAWS, begin);
            boolean better = score.isBetterThan(bestScore);
            if (score.elbo.score() > bestScore.elbo.score()) {
                System.arraycopy(weights, 0, best, 0, best.length);
                bestScore = score;
            }
            stage.report(step + 1, MOST_STEPS, bestScore.elbo.value());
            if (score.isGoodEnough()) break;
            stale = better ? 0 : stale + 1;
            if (stale < PATIENCE) continue;
            if (rates++ == RATES) break;
            rate *= SHRINK;
            stale = 0;
            System.arraycopy(best, 0, weights, 0, best.length);
            adam = new Adam(weights.length);
        }
    }

    /** The two programs: a step's gradient, and a judgement. */
    private final class Training {
        private final Expr epsilon = Expr.perDraw("epsilon", Shape.of(target.dimension()));
        private final Weights layout = flow.weights();
        private final List<Expr> gradients;
        private final Expr ratio;
        private final Expr z;
        private final Workspace steps;
        private final Workspace judge;
        final double[] gradient = new double[layout.size()];
        double scale;
        private double usualNorm;

        Training() {
            Flow.Draw path = new Approximation(target.model, whitening, flow, layout.initial()).path(epsilon);
            // the path's log q has the value of log q: the same expression serves to train and to judge
            ratio = logDensity(path.value()).minus(path.logDensity());
            // a draw outside the density's support, or where it is unknown, says nothing of where to go
            Expr counted = Expr.where(ratio.isFinite(), ratio, Expr.of(0));
            gradients = Gradient.of(counted.unaryMinus(), layout.inputs());
            List<Expr> outputs = new ArrayList<>(gradients);
            outputs.add(ratio);
            steps = Program.of(outputs).workspace(target.workers);
            steps.expectMuchWork();
            z = path.value();
            judge = Program.of(ratio).workspace(target.workers);
            judge.set(epsilon, judgingNoise);
        }

        private Expr logDensity(Expr z) {
            return Expr.substitute(List.of(target.model.logDensityUnconstrained()),
                    Map.of(target.model.unconstrained(), z.guard())).get(0);
        }

        /** Sets the gradient of the sum over draws, and its scale: of a mean, and cut where it is far longer than usual. */
        void gradient(double[] weights, int step) {
            layout.set(steps, weights);
            NormalNoise drawn = noise.step(step);
            steps.set(epsilon, drawn);
            steps.run(batch);
            count(weights, steps.perDraw(ratio).data, batch, drawn);
            layout.read(steps, gradients, gradient);
            double norm = norm(gradient) / batch;
            if (!Double.isFinite(norm)) {
                scale = 0;
                Arrays.fill(gradient, 0);
                return;
            }
            double limit = LONGEST * usualNorm;
            scale = (usualNorm > 0 && norm > limit ? limit / norm : 1) / batch;
            usualNorm = usualNorm == 0 ? norm : 0.95 * usualNorm + 0.05 * Math.min(norm, limit);
        }

        private void count(double[] weights, double[] ratios, int draws, NormalNoise from) {
            int broken = 0;
            for (int j = 0; j < draws; j++) if (BrokenDraws.isBroken(ratios[j])) broken++;
            target.broken.add("draws of the flow", broken, draws, () -> firstBroken(weights, ratios, from));
        }

        private double[] firstBroken(double[] weights, double[] ratios, NormalNoise from) {
            int j = 0;
            while (!BrokenDraws.isBroken(ratios[j])) j++;
            double[] e = new double[target.dimension()];
            from.fill(j, 1, e.length, e, 0, 1);
            Workspace w = Program.of(z).workspace();
            layout.set(w, weights);
            w.set(epsilon, DrawSource.of(DMatrixRMaj.wrap(e.length, 1, e)));
            w.run(1);
            return w.perDraw(z).data.clone();
        }

        /** The Euclidean norm; four sums by turns, since one would wait for itself. */
        private static double norm(double[] x) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = 0;
            for (; i + 4 <= x.length; i += 4) {
                a += x[i] * x[i];
                b += x[i + 1] * x[i + 1];
                c += x[i + 2] * x[i + 2];
                d += x[i + 3] * x[i + 3];
            }
            for (; i < x.length; i++) a += x[i] * x[i];
            return Math.sqrt((a + b) + (c + d));
        }

        Score judge(double[] weights) {
            layout.set(judge, weights);
            judge.run(JUDGING_DRAWS);
            double[] r = Arrays.copyOf(judge.perDraw(ratio).data, JUDGING_DRAWS);
            count(weights, r, JUDGING_DRAWS, judgingNoise);
            return new Score(r, Elbo.of(r));
        }
    }

    /** The log ratios of the judging draws. */
    private record Score(double[] ratios, Elbo elbo) {
        /** Whether there is nothing left to gain. */
        boolean isGoodEnough() {
            return elbo.possible() == elbo.draws() && elbo.variance() < GOOD_ENOUGH;
        }

        /** Whether it is better beyond the noise of the pairwise differences. */
        boolean isBetterThan(Score other) {
            double gain = elbo.value() - other.elbo.value();
            if (!Double.isFinite(gain)) return gain > 0;
            double mean = elbo.mean() - other.elbo.mean();
            double squares = 0;
            int n = 0;
            for (int i = 0; i < ratios.length; i++) {
                double difference = ratios[i] - other.ratios[i] - mean;
                if (Double.isFinite(difference)) {
                    squares += difference * difference;
                    n++;
                }
            }
            return gain > Math.sqrt(squares) / Math.max(1, n);
        }
    }
}

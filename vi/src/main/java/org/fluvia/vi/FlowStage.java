package org.fluvia.vi;

import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Weights;

/**
 * Trains a flow inside the Gaussian by Adam on the reverse KL, with path gradients (Roeder et al. 2017). The flow is the
 * identity at its first step. Every so many steps the ELBO is estimated on draws that training never sees, the same each
 * time, so that differences are sharp; the best weights are kept, and the step size falls when they stop getting better.
 */
final class FlowStage {
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

    FlowStage(Target target, Gaussian whitening, FlowSpec spec, int batch, long seed) {
        this.target = target;
        this.whitening = whitening;
        this.batch = batch;
        flow = spec.build(target.dimension(), seed);
        noise = NormalNoise.of(seed);
        judgingNoise = NormalNoise.of(seed).step(-1);
    }

    Approximation run(Engine.Reporter reporter) {
        double[] weights = flow.weights().initial();
        if (weights.length == 0) return new Approximation(target.model, whitening, flow, weights);
        Training training = new Training();
        double[] best = weights.clone();
        Training.Score bestScore = training.judge(weights);
        double rate = RATE;
        int rates = 1;
        int stale = 0;
        Adam adam = new Adam(weights.length);
        for (int step = 0; step < MOST_STEPS && reporter.goOn(); step++) {
            training.gradient(weights, step);
            adam.step(weights, training.gradient, training.scale, rate);
            if ((step + 1) % JUDGE_EVERY != 0) continue;
            Training.Score score = training.judge(weights);
            boolean better = score.isBetterThan(bestScore);
            if (score.elbo > bestScore.elbo) {
                System.arraycopy(weights, 0, best, 0, best.length);
                bestScore = score;
            }
            reporter.report("flow", step + 1, MOST_STEPS, bestScore.elbo);
            if (score.variance < GOOD_ENOUGH) break;
            stale = better ? 0 : stale + 1;
            if (stale < PATIENCE) continue;
            if (rates++ == RATES) break;
            rate *= SHRINK;
            stale = 0;
            System.arraycopy(best, 0, weights, 0, best.length);
            adam = new Adam(weights.length);
        }
        return new Approximation(target.model, whitening, flow, best);
    }

    /** The two programs: a step's gradient, and a judgement. */
    private final class Training {
        private final Expr epsilon = Expr.perDraw("epsilon", Shape.of(target.dimension()));
        private final Weights layout = flow.weights();
        private final List<Expr> gradients;
        private final Expr ratio;
        private final Expr fullRatio;
        private final Workspace steps;
        private final Workspace judge;
        final double[] gradient = new double[layout.size()];
        double scale;
        private double usualNorm;

        Training() {
            Flow.Draw path = new Approximation(target.model, whitening, flow, layout.initial()).path(epsilon);
            ratio = logDensity(path.value()).minus(path.logDensity());
            gradients = Gradient.of(ratio.unaryMinus(), layout.inputs());
            List<Expr> outputs = new java.util.ArrayList<>(gradients);
            outputs.add(ratio);
            steps = Program.of(outputs).workspace(target.workers);
            steps.expectMuchWork();
            // the path's log q has the value of log q: the same expression serves to judge
            fullRatio = ratio;
            judge = Program.of(fullRatio).workspace(target.workers);
            judge.set(epsilon, judgingNoise);
        }

        private Expr logDensity(Expr z) {
            return Expr.substitute(List.of(target.model.logDensityUnconstrained()),
                    Map.of(target.model.unconstrained(), z.guard())).get(0);
        }

        /** Sets the gradient of the sum over draws, and its scale: of a mean, and cut where it is far longer than usual. */
        void gradient(double[] weights, int step) {
            layout.set(steps, weights);
            steps.set(epsilon, noise.step(step));
            steps.run(batch);
            layout.read(steps, gradients, gradient);
            double norm = norm(gradient) / batch;
            double limit = LONGEST * usualNorm;
            scale = (usualNorm > 0 && norm > limit ? limit / norm : 1) / batch;
            usualNorm = usualNorm == 0 ? norm : 0.95 * usualNorm + 0.05 * Math.min(norm, limit);
            if (!Double.isFinite(norm)) {
                scale = 0;
                java.util.Arrays.fill(gradient, 0);
            }
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
            double[] r = judge.perDraw(fullRatio).data;
            return new Score(java.util.Arrays.copyOf(r, JUDGING_DRAWS));
        }

        /** The log ratios of the judging draws, and their mean and variance over those that are finite. */
        final class Score {
            private final double[] ratios;
            final double elbo;
            final double variance;

            Score(double[] ratios) {
                this.ratios = ratios;
                double sum = 0;
                int n = 0;
                for (double r : ratios) {
                    if (Double.isFinite(r)) {
                        sum += r;
                        n++;
                    }
                }
                double mean = sum / n;
                double squares = 0;
                for (double r : ratios) if (Double.isFinite(r)) squares += (r - mean) * (r - mean);
                // a draw without a density costs as much as one far out
                elbo = n == 0 ? Double.NEGATIVE_INFINITY : mean - 1e3 * (ratios.length - n) / ratios.length;
                variance = n < ratios.length ? Double.POSITIVE_INFINITY : squares / (n - 1);
            }

            /** Whether the mean of the pairwise differences is positive beyond its noise. */
            boolean isBetterThan(Score other) {
                double mean = elbo - other.elbo;
                if (!Double.isFinite(mean)) return mean > 0;
                double squares = 0;
                int n = 0;
                for (int i = 0; i < ratios.length; i++) {
                    double difference = ratios[i] - other.ratios[i] - mean;
                    if (Double.isFinite(difference)) {
                        squares += difference * difference;
                        n++;
                    }
                }
                return mean > Math.sqrt(squares) / Math.max(1, n);
            }
        }
    }
}

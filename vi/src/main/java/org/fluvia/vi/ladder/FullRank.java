package org.fluvia.vi.ladder;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.training.Decay;
import org.fluvia.flows.training.Learner;
import org.fluvia.flows.training.State;
import org.fluvia.flows.training.StopRule;
import org.fluvia.flows.training.Training;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.judge.Score;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * The full-rank Gaussian that minimises KL(q || p), by natural gradient steps.
 *
 * <p>With z = m + L e and g the gradient of log p at z, r = L'g + e is the path gradient in whitened coordinates ("sticking
 * the landing"): zero for every draw where p is the Gaussian. The optimum has E[r] = 0 and E[r e'] = 0, for by Stein's
 * lemma -E[r e'] is the expected negative Hessian in whitened coordinates minus the identity. So a step replaces the
 * whitened precision I by I - rho E[r e'] and moves the mean by rho times the inverse of that times E[r]: Newton's method
 * on the expected log-density (Khan and Rue 2023, section 1.3; Opper and Archambeau 2009), with an estimate whose noise
 * vanishes as q approaches p.
 */
final class FullRank implements Rung {
    /** Steps of the noise that are no training step's: what is judged with. */
    private static final long JUDGING = -1;

    private final Target target;
    private final GaussianFamily gaussians;
    private final FitPlan.Gaussian plan;
    private final FitPlan.Defence defence;
    private final int d;
    private final Expr residualSum;
    private final Expr residualNoise;
    private final Expr noiseSum;
    private final Workspace steps;

    FullRank(Ground ground) {
        target = ground.target();
        gaussians = ground.gaussians();
        plan = ground.plan().gaussian();
        defence = ground.plan().defence();
        d = target.dimension();
        Expr finite = gaussians.ratio.isFinite();
        Expr whitened = gaussians.scale.transpose().matmul(Gradient.of(gaussians.logDensity, gaussians.z));
        Expr residual = Expr.where(finite, whitened.plus(gaussians.epsilon), Expr.of(0));
        Expr counted = Expr.where(finite, gaussians.epsilon, Expr.of(0));
        residualSum = residual.sumDraws();
        noiseSum = counted.sumDraws();
        residualNoise = residual.outerSumDraws(gaussians.epsilon);
        steps = Program.of(residualSum, noiseSum, residualNoise, gaussians.ratio).workspace(target.workers());
    }

    /** Steps from the start to the optimum; what was best on common draws of their own is kept. */
    @Override
    public Approximation climb(Approximation below, Stage stage) {
        return climb(below, plan.steps(), stage);
    }

    /** As many steps, of the length that they have on the way to the optimum. */
    Approximation climb(Approximation below, int steps, Stage stage) {
        NaturalGradient learner = new NaturalGradient(below.whitening(), stage);
        Training.run(learner, new Decay(plan.length(), plan.fullSteps(), plan.decay(), plan.patience()),
                new StopRule(steps, 1, plan.progressErrors(), plan.goodEnough()), stage);
        return FlowApproximation.of(target.model(), learner.best, defence);
    }

    private final class NaturalGradient implements Learner<Score> {
        private final Stage stage;
        private Gaussian q;
        private Gaussian best;

        NaturalGradient(Gaussian start, Stage stage) {
            this.stage = stage;
            q = start;
            best = start;
        }

        @Override
        public boolean step(int step, double rate) {
            Gaussian next = next(q, step, rate);
            if (next == null) return false;
            q = next;
            return true;
        }

        @Override
        public void state(State state) {
            q = q.passedTo(state);
            best = best.passedTo(state);
        }

        @Override
        public Score score() {
            double begin = stage.seconds();
            Score score = gaussians.score(q, plan.judgingDraws(), JUDGING);
            stage.judged(plan.judgingDraws(), begin);
            return score;
        }

        @Override
        public void keep() {
            best = q;
        }

        @Override
        public void startOver() {
            q = best;
        }
    }

    private @Nullable Gaussian next(Gaussian q, int k, double length) {
        gaussians.set(steps, q, k);
        steps.run(plan.draws());
        double n = gaussians.elbo(q, steps.perDraw(gaussians.ratio).data, plan.draws(), k).possible();
        if (n < plan.leastFinite()) return null;
        double[] r = new double[d];
        double[] e = new double[d];
        DMatrixRMaj precision = new DMatrixRMaj(d, d);
        steps.shared(residualSum, r, 0);
        steps.shared(noiseSum, e, 0);
        steps.shared(residualNoise, precision.data, 0);
        for (int a = 0; a < d; a++) r[a] /= n;
        // covariance of r and e: taking the means off leaves less noise
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) precision.set(a, b, precision.get(a, b) / n - r[a] * e[b] / n);
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double m = (a == b ? 1 : 0) - length * 0.5 * (precision.get(a, b) + precision.get(b, a));
                precision.set(a, b, m);
                precision.set(b, a, m);
            }
        }
        double smallest = 1 / plan.mostChange();
        double change = frobeniusFromIdentity(precision);
        if (!Double.isFinite(change)) return null;
        boolean tame = change < plan.tame();
        if (!tame && !SpdMatrix.clampEigenvalues(precision, smallest, plan.mostChange(), target.workers())) return null;
        DMatrixRMaj half = SpdMatrix.factorOfInverse(precision, target.workers());
        if (half == null) return null;

        double[] whitened = new double[d];
        double[] move = new double[d];
        double longest = 0;
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) whitened[b] += half.get(a, b) * r[a];
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) move[a] += length * half.get(a, b) * whitened[b];
            longest = Math.max(longest, Math.abs(move[a]));
        }
        double shorten = Math.min(1, plan.mostMove() / longest);
        double[] newMean = q.mean().clone();
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) newMean[a] += q.scale().get(a, b) * move[b] * shorten;
        }
        return new Gaussian(newMean, SpdMatrix.product(q.scale(), half, target.workers()));
    }

    private static double frobeniusFromIdentity(DMatrixRMaj a) {
        double sum = 0;
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++) {
                double x = a.get(i, j) - (i == j ? 1 : 0);
                sum += x * x;
            }
        }
        return Math.sqrt(sum);
    }
}

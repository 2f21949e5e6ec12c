package org.fluvia.vi.ladder;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workspace;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.judge.Elbo;
import org.fluvia.vi.target.BrokenDraws;
import org.fluvia.vi.target.Target;
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
public final class GaussianStage {
    private static final int DRAWS = 1024;
    private static final int JUDGING_DRAWS = 4096;
    /** Draws of a step with a finite log-density, below which there is no telling where to go. */
    private static final int LEAST_FINITE = DRAWS / 4;
    private static final int STEPS = 40;
    /** Steps at full length; after them step lengths fall as 1/k, which averages the noise out. */
    private static final int FULL_STEPS = 20;
    private static final double LENGTH = 0.7;
    /** The most a step changes the standard deviation in any direction. */
    private static final double MOST_CHANGE = 4;
    /** The most a step moves the mean in any direction, in standard deviations. */
    private static final double MOST_MOVE = 3;

    private final Target target;
    private final NormalNoise noise;
    private final int d;
    private final Expr epsilon;
    private final Expr mean;
    private final Expr scale;
    private final Expr ratio;
    private final Expr residualSum;
    private final Expr residualNoise;
    private final Expr noiseSum;
    private final Workspace steps;
    private final Workspace judge;

    public GaussianStage(Target target, long seed) {
        this.target = target;
        noise = NormalNoise.of(seed);
        d = target.dimension();
        epsilon = Expr.perDraw("epsilon", Shape.of(d));
        mean = Expr.shared("mean", Shape.of(d), new double[d]);
        scale = Expr.shared("scale", Shape.of(d, d), new double[d * d]);
        Expr z = scale.matmul(epsilon).plus(mean);
        Expr guarded = z.guard();
        Expr logDensity = Expr.substitute(List.of(target.model.logDensityUnconstrained()),
                java.util.Map.of(target.model.unconstrained(), guarded)).get(0);
        // log q without its determinant, which is the same for all draws
        ratio = logDensity.plus(epsilon.square().sum().times(0.5));
        Expr finite = ratio.isFinite();
        Expr whitened = scale.transpose().matmul(Gradient.of(logDensity, z));
        Expr residual = Expr.where(finite, whitened.plus(epsilon), Expr.of(0));
        Expr counted = Expr.where(finite, epsilon, Expr.of(0));
        residualSum = residual.sumDraws();
        noiseSum = counted.sumDraws();
        residualNoise = residual.outerSumDraws(epsilon);
        steps = Program.of(residualSum, noiseSum, residualNoise, ratio).workspace(target.workers);
        judge = Program.of(ratio).workspace(target.workers);
    }

    /** The ELBO of a Gaussian, on draws of their own. */
    Elbo judge(Gaussian q, int draws, long step) {
        set(judge, q);
        judge.set(epsilon, noise.step(step));
        judge.run(draws);
        return elbo(q, judge.perDraw(ratio).data, draws, step);
    }

    private Elbo elbo(Gaussian q, double[] ratios, int draws, long step) {
        Elbo elbo = Elbo.of(ratios, draws, q.logDetScale() + 0.5 * d * StrictMath.log(2 * Math.PI));
        target.broken.add("draws of a Gaussian", elbo.broken(), draws, () -> firstBroken(q, ratios, step));
        return elbo;
    }

    private double[] firstBroken(Gaussian q, double[] ratios, long step) {
        int j = 0;
        while (!BrokenDraws.isBroken(ratios[j])) j++;
        double[] e = new double[d];
        noise.step(step).fill(j, 1, d, e, 0, 1);
        return q.place(e);
    }

    /** Steps from the start to the optimum; what was best on common draws of their own is kept. */
    public Gaussian run(Gaussian start, Stage stage) {
        Gaussian q = start;
        Gaussian best = start;
        try {
            double begin = stage.seconds();
            double bestScore = judge(start, JUDGING_DRAWS, -1).score();
            stage.judged(JUDGING_DRAWS, begin);
            for (int k = 0; k < STEPS && stage.goOn(); k++) {
                double length = k < FULL_STEPS ? LENGTH : LENGTH / (1 + 0.5 * (k - FULL_STEPS + 1));
                Gaussian next = step(q, k, length);
                if (next == null) break;
                q = next;
                begin = stage.seconds();
                Elbo elbo = judge(q, JUDGING_DRAWS, -1);
                stage.judged(JUDGING_DRAWS, begin);
                if (elbo.score() > bestScore) {
                    best = q;
                    bestScore = elbo.score();
                }
                stage.report(k + 1, STEPS, elbo.value());
            }
        } catch (Stopped e) {
            stage.cut();
        }
        return best;
    }

    private @Nullable Gaussian step(Gaussian q, int k, double length) {
        set(steps, q);
        steps.set(epsilon, noise.step(k));
        steps.run(DRAWS);
        double n = elbo(q, steps.perDraw(ratio).data, DRAWS, k).possible();
        if (n < LEAST_FINITE) return null;
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
        double smallest = 1 / MOST_CHANGE;
        double change = frobeniusFromIdentity(precision);
        if (!Double.isFinite(change)) return null;
        boolean tame = change < 0.5;
        if (!tame && !SpdMatrix.clampEigenvalues(precision, smallest, MOST_CHANGE, target.workers)) return null;
        DMatrixRMaj half = SpdMatrix.factorOfInverse(precision, target.workers);
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
        double shorten = Math.min(1, MOST_MOVE / longest);
        double[] newMean = q.mean().clone();
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) newMean[a] += q.scale().get(a, b) * move[b] * shorten;
        }
        return new Gaussian(newMean, SpdMatrix.product(q.scale(), half, target.workers));
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

    private void set(Workspace w, Gaussian q) {
        w.set(mean, q.mean(), 0);
        w.set(scale, q.scale().data, 0);
    }
}

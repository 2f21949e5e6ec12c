package org.fluvia.vi;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
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
final class GaussianStage {
    private static final int DRAWS = 1024;
    private static final int JUDGING_DRAWS = 4096;
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
    private final Expr finite;
    private final Expr residualSum;
    private final Expr residualNoise;
    private final Expr noiseSum;
    private final Workspace steps;
    private final Workspace judge;

    GaussianStage(Target target, long seed) {
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
        finite = ratio.isFinite();
        Expr whitened = scale.transpose().matmul(Gradient.of(logDensity, z));
        Expr residual = Expr.where(finite, whitened.plus(epsilon), Expr.of(0));
        Expr counted = Expr.where(finite, epsilon, Expr.of(0));
        residualSum = residual.sumDraws();
        noiseSum = counted.sumDraws();
        residualNoise = residual.outerSumDraws(epsilon);
        steps = Program.of(residualSum, noiseSum, residualNoise, ratio).workspace(target.workers);
        judge = Program.of(ratio).workspace(target.workers);
    }

    /** Draws with a finite log-density and the mean and variance of log p - log q over them. */
    record Judgement(int draws, int finite, double elbo, double variance) {
        double standardError() {
            return Math.sqrt(variance / Math.max(1, finite));
        }

        /**
         * What candidates are compared by: what the ELBO is at least but for noise, so that luck is not taken for merit;
         * draws without a density count as very bad.
         */
        double score() {
            return finite == 0 ? Double.NEGATIVE_INFINITY : elbo - standardError() - 1e3 * (draws - finite) / draws;
        }
    }

    /** The ELBO of a Gaussian, on draws of their own. */
    Judgement judge(Gaussian q, int draws, long step) {
        set(judge, q);
        judge.set(epsilon, noise.step(step));
        judge.run(draws);
        return judgement(q, judge.perDraw(ratio).data, draws);
    }

    private Judgement judgement(Gaussian q, double[] ratios, int draws) {
        int n = 0;
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            if (Double.isFinite(ratios[i])) {
                n++;
                sum += ratios[i];
            }
        }
        double average = sum / n;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double deviation = ratios[i] - average;
            if (Double.isFinite(ratios[i])) squares += deviation * deviation;
        }
        double constant = q.logDetScale() + 0.5 * d * StrictMath.log(2 * Math.PI);
        return new Judgement(draws, n, average + constant, squares / Math.max(1, n - 1));
    }

    /** Steps from the start to the optimum; what was best on common draws of their own is kept. */
    Gaussian run(Gaussian start, Engine.Reporter reporter) {
        Gaussian q = start;
        Gaussian best = start;
        double bestScore = judge(start, JUDGING_DRAWS, -1).score();
        for (int k = 0; k < STEPS && reporter.goOn(); k++) {
            double length = k < FULL_STEPS ? LENGTH : LENGTH / (1 + 0.5 * (k - FULL_STEPS + 1));
            Gaussian next = step(q, k, length);
            if (next == null) break;
            q = next;
            Judgement j = judge(q, JUDGING_DRAWS, -1);
            if (j.score() > bestScore) {
                best = q;
                bestScore = j.score();
            }
            reporter.report("full-rank", k + 1, STEPS, j.elbo());
        }
        return best;
    }

    private @Nullable Gaussian step(Gaussian q, int k, double length) {
        set(steps, q);
        steps.set(epsilon, noise.step(k));
        steps.run(DRAWS);
        Judgement j = judgement(q, steps.perDraw(ratio).data, DRAWS);
        if (j.finite < DRAWS / 4) return null;
        double n = j.finite;
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
        boolean tame = frobeniusFromIdentity(precision) < 0.5;
        if (!tame && !SpdMatrix.mapEigenvalues(precision, x -> Math.min(MOST_CHANGE, Math.max(smallest, x)))) return null;
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        if (!CommonOps_DDRM.invert(precision, covariance)) return null;
        DMatrixRMaj half = SpdMatrix.cholesky(covariance);
        if (half == null) return null;

        double[] move = new double[d];
        double longest = 0;
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) move[a] += length * covariance.get(a, b) * r[b];
            longest = Math.max(longest, Math.abs(move[a]));
        }
        double shorten = Math.min(1, MOST_MOVE / longest);
        double[] newMean = q.mean().clone();
        DMatrixRMaj newScale = new DMatrixRMaj(d, d);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                newMean[a] += q.scale().get(a, b) * move[b] * shorten;
                double sum = 0;
                for (int c = b; c <= a; c++) sum += q.scale().get(a, c) * half.get(c, b);
                newScale.set(a, b, sum);
            }
        }
        return new Gaussian(newMean, newScale);
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

package org.fluvia.vi.ladder;

import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.judge.Elbo;
import org.fluvia.vi.judge.Judge;
import org.fluvia.vi.judge.Score;
import org.fluvia.vi.plan.FitPlan;

/** All Gaussians as approximations of a target, z = mean + scale epsilon, and what they are worth. Belongs to one thread. */
final class GaussianFamily {
    /** The noise of no step. */
    private static final long CANDIDATES = -2;

    private final NormalNoise noise;
    private final int d;
    private final Judge judge;
    final Expr epsilon;
    final Expr mean;
    final Expr scale;
    final Expr z;
    /** log p at z. */
    final Expr logDensity;
    /** log p - log q without q's constant, which is the same for all draws. */
    final Expr ratio;

    GaussianFamily(Target target, FitPlan plan, long seed) {
        noise = NormalNoise.of(seed);
        d = target.dimension();
        epsilon = Expr.perDraw("epsilon", Shape.of(d));
        mean = Expr.shared("mean", Shape.of(d), new double[d]);
        scale = Expr.shared("scale", Shape.of(d, d), new double[d * d]);
        z = scale.matmul(epsilon).plus(mean);
        logDensity = Expr.substitute(List.of(target.model().logDensityUnconstrained()), Map.of(target.model().unconstrained(), z.guard()))
                .get(0);
        ratio = logDensity.plus(epsilon.square().sum().times(0.5));
        judge = new Judge(target, plan.comparing(), "draws of a Gaussian", epsilon, ratio);
    }

    /** What a Gaussian is worth, on draws of their own. */
    Score score(Gaussian q, int draws, long step) {
        return judge.score(w -> set(w, q), draws, noise.step(step), constant(q), j -> point(q, j, step));
    }

    /** The ELBO of a candidate for the start, on a few draws that are the same for all and of no step. */
    double candidate(Gaussian q, FitPlan.Starts plan) {
        return score(q, plan.draws(), CANDIDATES).value();
    }

    /** The ELBO on the draws of a step, from their ratios. */
    Elbo elbo(Gaussian q, double[] ratios, int draws, long step) {
        return judge.elbo(ratios, draws, constant(q), j -> point(q, j, step));
    }

    /** Sets a program's Gaussian and the noise of a step. */
    void set(Workspace w, Gaussian q, long step) {
        set(w, q);
        w.set(epsilon, noise.step(step));
    }

    private void set(Workspace w, Gaussian q) {
        w.set(mean, q.mean(), 0);
        w.set(scale, q.scale().data, 0);
    }

    private double constant(Gaussian q) {
        return q.logDetScale() + 0.5 * d * StrictMath.log(2 * Math.PI);
    }

    private double[] point(Gaussian q, int draw, long step) {
        double[] e = new double[d];
        noise.step(step).fill(draw, 1, d, e, 0, 1);
        return q.place(e);
    }
}

package org.fluvia.vi.judge;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.approximation.Sampler;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.plan.FitPlan;

/**
 * How much of the posterior may lie where the log-density is NaN or plus infinity. An approximation that keeps away from there shows
 * no draw there, but its defence does. For each such broken draw the last finite point on the line from the centre is found by
 * bisection, the log-density is carried on from there as a straight line that does not rise, and importance weights make a mean of it.
 */
final class HiddenMass {
    private final Sampler sampler;
    private final Target target;
    private final FitPlan.Hidden plan;
    private final int d;

    private HiddenMass(Sampler sampler, Target target, FitPlan.Hidden plan) {
        this.sampler = sampler;
        this.target = target;
        this.plan = plan;
        d = target.dimension();
    }

    /**
     * The share of the posterior that may be hidden, from 0 on; above 1 where more may be hidden than was found.
     *
     * @param noise of the defensive draws
     * @param p the proposals, the last of which are the defensive draws
     */
    static double of(Sampler sampler, Target target, FitPlan.Hidden plan, DMatrixRMaj noise, Proposals p,
            double logEvidence) {
        return new HiddenMass(sampler, target, plan).estimate(noise, p, logEvidence);
    }

    private double estimate(DMatrixRMaj noise, Proposals p, double logEvidence) {
        int draws = noise.numCols;
        int first = p.count() - draws;
        int[] followed = new int[plan.followed()];
        int count = 0;
        int all = 0;
        int anchor = -1;
        for (int j = 0; j < draws; j++) {
            if (p.isBroken(first + j)) {
                if (count < plan.followed()) followed[count++] = j;
                all++;
            } else if (anchor < 0 && Double.isFinite(p.logDensity()[first + j])) {
                anchor = j;
            }
        }
        if (count == 0) return 0;
        if (anchor < 0) return Double.POSITIVE_INFINITY;
        DMatrixRMaj last = lastFinite(noise, followed, count, anchor);
        target.evaluate(last);
        double sum = 0;
        for (int k = 0; k < count; k++) {
            int j = first + followed[k];
            double slope = 0;
            for (int i = 0; i < d; i++) slope += target.gradients().get(i, k) * (p.z().get(i, j) - last.get(i, k));
            double logDensity = target.logDensities()[k] + (slope < 0 ? slope : 0);
            sum += StrictMath.exp(logDensity - logEvidence - p.logApproximation()[j] - p.logStretch()[j]);
        }
        return sum / count * all / draws;
    }

    /** The last points with a finite log-density on the way from the centre, or from a draw that has one, to broken draws. */
    private DMatrixRMaj lastFinite(DMatrixRMaj noise, int[] followed, int count, int anchor) {
        DMatrixRMaj from = new DMatrixRMaj(d, 1);
        if (!Double.isFinite(sampler.at(from).logDensity()[0])) from = columns(noise, new int[] {anchor}, 1);
        double[] low = new double[count];
        double[] high = new double[count];
        Arrays.fill(high, 1);
        for (int h = 0; h < plan.halvings(); h++) {
            double[] middle = new double[count];
            for (int k = 0; k < count; k++) middle[k] = 0.5 * (low[k] + high[k]);
            double[] values = sampler.at(between(from, noise, followed, middle)).logDensity();
            for (int k = 0; k < count; k++) {
                if (Double.isFinite(values[k])) {
                    low[k] = middle[k];
                } else {
                    high[k] = middle[k];
                }
            }
        }
        return sampler.at(between(from, noise, followed, low)).z();
    }

    private DMatrixRMaj between(DMatrixRMaj from, DMatrixRMaj noise, int[] followed, double[] share) {
        DMatrixRMaj e = new DMatrixRMaj(d, share.length);
        for (int k = 0; k < share.length; k++) {
            for (int i = 0; i < d; i++) e.set(i, k, from.get(i, 0) + share[k] * (noise.get(i, followed[k]) - from.get(i, 0)));
        }
        return e;
    }

    private static DMatrixRMaj columns(DMatrixRMaj m, int[] chosen, int count) {
        DMatrixRMaj c = new DMatrixRMaj(m.numRows, count);
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < m.numRows; i++) c.set(i, k, m.get(i, chosen[k]));
        }
        return c;
    }
}

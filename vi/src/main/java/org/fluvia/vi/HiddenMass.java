package org.fluvia.vi;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;

/**
 * How much of the posterior may lie where the log-density is NaN or plus infinity. An approximation that keeps away from there shows
 * no draw there, so draws are taken of a wider one: each is stretched along the direction in which one of the unconstrained parameters
 * varies. For each broken draw the last finite point on the line from the centre is found by bisection, the log-density is
 * carried on from there as a straight line that does not rise, and importance weights make a mean of it.
 */
final class HiddenMass {
    private static final int DRAWS = 4096;
    /** So many broken draws tell as much as all. */
    private static final int FOLLOWED = 256;
    private static final double STRETCH = 3;
    private static final int HALVINGS = 30;

    private final Approximation q;
    private final Target target;
    private final Approximation.Evaluator evaluator;
    private final int d;

    private HiddenMass(Approximation q, Target target) {
        this.q = q;
        this.target = target;
        evaluator = q.new Evaluator(target.workers);
        d = target.dimension();
    }

    /** The share of the posterior that may be hidden, from 0 on; above 1 where more may be hidden than was found. */
    static double of(Approximation q, Target target, double logEvidence, long seed) {
        return new HiddenMass(q, target).estimate(logEvidence, seed);
    }

    private double estimate(double logEvidence, long seed) {
        DMatrixRMaj directions = directions();
        DMatrixRMaj noise = stretched(directions, seed);
        Approximation.Proposals p = evaluator.at(noise);
        target.broken.add("draws of a wider approximation", p.broken(), DRAWS, p::firstBroken);
        int[] followed = new int[FOLLOWED];
        int count = 0;
        int all = 0;
        int anchor = -1;
        for (int j = 0; j < DRAWS; j++) {
            if (!p.isFinite(j)) continue;
            if (Elbo.isBroken(p.logDensity()[j])) {
                if (count < FOLLOWED) followed[count++] = j;
                all++;
            } else if (anchor < 0 && p.logDensity()[j] > Double.NEGATIVE_INFINITY) {
                anchor = j;
            }
        }
        if (count == 0) return 0;
        if (anchor < 0) return Double.POSITIVE_INFINITY;
        DMatrixRMaj z = columns(p.z(), followed, count);
        double[] logApproximation = p.logApproximation().clone();
        DMatrixRMaj last = lastFinite(noise, followed, count, anchor);
        target.evaluate(last);
        double sum = 0;
        for (int k = 0; k < count; k++) {
            double slope = 0;
            for (int i = 0; i < d; i++) slope += target.gradients().get(i, k) * (z.get(i, k) - last.get(i, k));
            double logDensity = target.logDensities()[k] + (slope < 0 ? slope : 0);
            sum += StrictMath.exp(logDensity - logEvidence - logApproximation[followed[k]] - logStretch(directions, noise, followed[k]));
        }
        return sum / count * all / DRAWS;
    }

    /** In each row the direction, in the noise, in which one parameter varies: of length one. */
    private DMatrixRMaj directions() {
        DMatrixRMaj a = q.whitening().scale().copy();
        for (int i = 0; i < d; i++) {
            double squares = 0;
            for (int k = 0; k < d; k++) squares += a.get(i, k) * a.get(i, k);
            for (int k = 0; k < d; k++) a.set(i, k, a.get(i, k) / Math.sqrt(squares));
        }
        return a;
    }

    private DMatrixRMaj stretched(DMatrixRMaj directions, long seed) {
        DMatrixRMaj e = new DMatrixRMaj(d, DRAWS);
        NormalNoise.of(seed).fill(0, DRAWS, d, e.data, 0, DRAWS);
        for (int j = 0; j < DRAWS; j++) {
            double along = (STRETCH - 1) * along(directions, j % d, e, j);
            for (int i = 0; i < d; i++) e.set(i, j, e.get(i, j) + along * directions.get(j % d, i));
        }
        return e;
    }

    private double along(DMatrixRMaj directions, int direction, DMatrixRMaj e, int j) {
        double sum = 0;
        for (int i = 0; i < d; i++) sum += directions.get(direction, i) * e.get(i, j);
        return sum;
    }

    /** log of the density of the stretched noise over the standard normal one: a mean over all directions. */
    private double logStretch(DMatrixRMaj directions, DMatrixRMaj e, int j) {
        double sum = 0;
        for (int k = 0; k < d; k++) {
            double x = along(directions, k, e, j);
            sum += StrictMath.exp(0.5 * x * x * (1 - 1 / (STRETCH * STRETCH))) / STRETCH;
        }
        return StrictMath.log(sum / d);
    }

    /** The last points with a finite log-density on the way from the centre, or from a draw that has one, to broken draws. */
    private DMatrixRMaj lastFinite(DMatrixRMaj noise, int[] followed, int count, int anchor) {
        DMatrixRMaj from = new DMatrixRMaj(d, 1);
        if (!Double.isFinite(evaluator.at(from).logDensity()[0])) from = columns(noise, new int[] {anchor}, 1);
        double[] low = new double[count];
        double[] high = new double[count];
        Arrays.fill(high, 1);
        for (int h = 0; h < HALVINGS; h++) {
            double[] middle = new double[count];
            for (int k = 0; k < count; k++) middle[k] = 0.5 * (low[k] + high[k]);
            double[] values = evaluator.at(between(from, noise, followed, middle)).logDensity();
            for (int k = 0; k < count; k++) {
                if (Double.isFinite(values[k])) {
                    low[k] = middle[k];
                } else {
                    high[k] = middle[k];
                }
            }
        }
        return evaluator.at(between(from, noise, followed, low)).z();
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

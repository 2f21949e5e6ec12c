package org.fluvia.vi.predictive;

import java.util.Arrays;
import java.util.List;

/**
 * Weights of models whose mixture predicts best, by leave-one-out cross-validation: those w on the simplex that make
 * sum over i of log sum over k of w_k exp(elpd_ik) largest (Yao, Vehtari, Simpson and Gelman 2018, eq. 4). The problem is concave; the steps
 * w_k &lt;- mean over i of w_k exp(elpd_ik) / sum over j of w_j exp(elpd_ij), those of expectation and maximisation, never make it worse.
 */
final class Stacking {
    private static final int MOST_STEPS = 10_000;
    /** Weights that no longer move by so much are there. */
    private static final double SETTLED = 1e-10;

    private Stacking() {}

    /**
     * @param models of the same observations
     * @return a weight for each, NaN where an observation is impossible by all of them
     */
    static double[] weights(List<Loo> models) {
        int n = models.get(0).pointwise().size();
        int k = models.size();
        double[][] density = new double[n][k];
        for (int i = 0; i < n; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (Loo model : models) best = Math.max(best, model.pointwise().get(i).elpd());
            for (int j = 0; j < k; j++) density[i][j] = StrictMath.exp(models.get(j).pointwise().get(i).elpd() - best);
        }
        double[] weights = new double[k];
        Arrays.fill(weights, 1.0 / k);
        double moved = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MOST_STEPS && moved > SETTLED; step++) {
            double[] next = new double[k];
            for (double[] p : density) {
                double sum = 0;
                for (int j = 0; j < k; j++) sum += weights[j] * p[j];
                for (int j = 0; j < k; j++) next[j] += weights[j] * p[j] / sum / n;
            }
            moved = 0;
            for (int j = 0; j < k; j++) moved = Math.max(moved, Math.abs(next[j] - weights[j]));
            weights = next;
        }
        return weights;
    }
}

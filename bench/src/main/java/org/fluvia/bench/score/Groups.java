package org.fluvia.bench.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * y[i] is normal(theta[i], s[i]), theta[i] normal(mu, tau), mu normal(0, muSd), tau half-Cauchy: given tau all is normal, so by a
 * quadrature over log tau.
 */
final class Groups {
    private static final int POINTS = 3001;

    private Groups() {}

    static Truth truth(double[] y, double[] s, double muSd, double tauScale) {
        double[] u = Quadrature.points(Math.log(1e-6 * tauScale), Math.log(1e5 * tauScale), POINTS);
        int n = y.length;
        double[] logP = new double[POINTS];
        double[] meanOfMu = new double[POINTS];
        double[] sdOfMu = new double[POINTS];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < POINTS; k++) {
            double tau = Math.exp(u[k]);
            double precision = 1 / (muSd * muSd);
            double weighted = 0;
            for (int i = 0; i < n; i++) {
                double v = s[i] * s[i] + tau * tau;
                precision += 1 / v;
                weighted += y[i] / v;
                logP[k] -= 0.5 * (Math.log(2 * Math.PI * v) + y[i] * y[i] / v);
            }
            meanOfMu[k] = weighted / precision;
            sdOfMu[k] = 1 / Math.sqrt(precision);
            logP[k] += 0.5 * precision * meanOfMu[k] * meanOfMu[k] - Math.log(muSd) - 0.5 * Math.log(precision)
                    + Math.log(2 / (Math.PI * tauScale * (1 + Plane.square(tau / tauScale)))) + u[k];
            most = Math.max(most, logP[k]);
        }
        double[] w = new double[POINTS];
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int k = 0; k < POINTS; k++) {
            w[k] = Math.exp(logP[k] - most);
            sum += w[k];
            first += w[k] * Math.exp(u[k]);
            second += w[k] * Math.exp(2 * u[k]);
        }
        double meanOfTau = first / sum;
        Margin logTau = Margin.grid(u, w);
        Margin tau = new Margin(meanOfTau, Math.sqrt(second / sum - meanOfTau * meanOfTau),
                x -> x <= 0 ? 0 : logTau.cdf().applyAsDouble(Math.log(x)), Margin.Judged.ALL);
        List<Margin> theta = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] mean = new double[POINTS];
            double[] sd = new double[POINTS];
            for (int k = 0; k < POINTS; k++) {
                double t2 = Math.exp(2 * u[k]);
                double shrink = s[i] * s[i] / (s[i] * s[i] + t2);
                mean[k] = (1 - shrink) * y[i] + shrink * meanOfMu[k];
                sd[k] = Math.sqrt(t2 * shrink + Plane.square(shrink * sdOfMu[k]));
            }
            theta.add(Margin.mixture(w, mean, sd));
        }
        double logEvidence = most + Math.log(sum * (u[1] - u[0]));
        return new Exact(Map.of("mu", List.of(Margin.mixture(w, meanOfMu, sdOfMu)), "tau", List.of(tau), "theta", theta), logEvidence);
    }
}

package org.fluvia.vi;

import static org.fluvia.autodiff.Matrices.diagonalTimes;
import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.lkjCorrCholesky;
import static org.fluvia.dist.Distributions.multiNormalCholesky;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.SplittableRandom;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distributions;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Intercepts and slopes of 24 groups that are correlated: an LKJ prior, a scale for each, and vectors in an array. */
@Timeout(120)
class CorrelatedEffectsTest {
    private static final int GROUPS = 24;
    private static final int EACH = 8;
    private static final double SIGMA = 1;

    private static final Model MODEL = Model.define("correlated effects", m -> {
        Expr l = m.sample("L", lkjCorrCholesky(2), 2, 2);
        Expr tau = m.sample("tau", halfNormal(2), 2);
        Expr b = m.sample("b", multiNormalCholesky(0, diagonalTimes(tau, l)), GROUPS, 2);
        Expr group = m.data("group");
        Expr intercept = b.transpose().get(0).get(group);
        Expr slope = b.transpose().get(1).get(group);
        m.observe("y", normal(intercept.plus(slope.times(m.data("x"))), SIGMA));
    });

    private final double[] x = new double[GROUPS * EACH];
    private final double[] y = new double[GROUPS * EACH];
    private final double[] group = new double[GROUPS * EACH];

    private Data simulate() {
        SplittableRandom random = new SplittableRandom(4);
        Expr truth = Expr.shared("L", Shape.of(2, 2), 1.5, 0, -0.42, 0.56);
        double[] b = multiNormalCholesky(0, truth).sample(random, Shape.of(GROUPS, 2));
        double[] noise = Distributions.normal(0, SIGMA).sample(random, Shape.of(y.length));
        for (int i = 0; i < y.length; i++) {
            group[i] = i / EACH;
            x[i] = (i % EACH - 2.5) / 2;
            y[i] = b[2 * (i / EACH)] + b[2 * (i / EACH) + 1] * x[i] + noise[i];
        }
        return Data.empty().with("x", x).with("y", y).with("group", group);
    }

    /** Means and log evidence by integrating the effects out, and a grid over the two scales and the correlation. */
    @Test
    void agreesWithQuadrature() {
        Data data = simulate();
        double[] expected = quadrature();
        Posterior p = Fit.of(MODEL).data(data).batch(64).seed(1).run();
        assertNotEquals(Verdict.FAIL, p.verdict());
        assertEquals(expected[0], p.summary("tau[1]").mean(), 0.06 * p.summary("tau[1]").sd());
        assertEquals(expected[1], p.summary("tau[2]").mean(), 0.06 * p.summary("tau[2]").sd());
        assertEquals(expected[2], p.summary("L[2,1]").mean(), 0.06 * p.summary("L[2,1]").sd());
        assertEquals(expected[3], p.assessment().logEvidence().value(), 0.05);
    }

    /** E tau[1], E tau[2], E correlation, log evidence. */
    private double[] quadrature() {
        double[][] least = new double[GROUPS][];
        double[] v = {0, 0, 0}; // the same design in all groups: their least squares estimates have this covariance
        double constant = 0;
        for (int g = 0; g < GROUPS; g++) {
            double n = EACH;
            double sx = 0;
            double sxx = 0;
            double sy = 0;
            double sxy = 0;
            for (int i = g * EACH; i < (g + 1) * EACH; i++) {
                sx += x[i];
                sxx += x[i] * x[i];
                sy += y[i];
                sxy += x[i] * y[i];
            }
            double det = n * sxx - sx * sx;
            v = new double[] {SIGMA * SIGMA * sxx / det, -SIGMA * SIGMA * sx / det, SIGMA * SIGMA * n / det};
            least[g] = new double[] {(sxx * sy - sx * sxy) / det, (n * sxy - sx * sy) / det};
            for (int i = g * EACH; i < (g + 1) * EACH; i++) {
                double r = y[i] - least[g][0] - least[g][1] * x[i];
                constant += -0.5 * r * r / (SIGMA * SIGMA) - 0.5 * Math.log(2 * Math.PI * SIGMA * SIGMA);
            }
            constant += Math.log(2 * Math.PI) + 0.5 * Math.log(v[0] * v[2] - v[1] * v[1]);
        }
        int steps = 100;
        double top = 3;
        double[] sums = new double[4];
        double shift = 300;
        for (int a = 0; a < steps; a++) {
            for (int b = 0; b < steps; b++) {
                for (int c = 0; c < steps; c++) {
                    double first = top * (a + 0.5) / steps;
                    double second = top * (b + 0.5) / steps;
                    double rho = 2 * (c + 0.5) / steps - 1;
                    double s = first * first + v[0];
                    double t = first * second * rho + v[1];
                    double u = second * second + v[2];
                    double det = s * u - t * t;
                    double log = constant + shift - GROUPS * (Math.log(2 * Math.PI) + 0.5 * Math.log(det));
                    for (double[] e : least) log -= 0.5 * (u * e[0] * e[0] - 2 * t * e[0] * e[1] + s * e[1] * e[1]) / det;
                    log += 2 * (0.5 * Math.log(2 / Math.PI) - Math.log(2)) - (first * first + second * second) / 8;
                    double density = Math.exp(log) * 0.75 * (1 - rho * rho); // LKJ with eta = 2
                    sums[0] += density * first;
                    sums[1] += density * second;
                    sums[2] += density * rho;
                    sums[3] += density;
                }
            }
        }
        double cell = top / steps * top / steps * 2 / steps;
        return new double[] {sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[3], Math.log(sums[3] * cell) - shift};
    }
}

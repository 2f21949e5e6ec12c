package org.fluvia.vi;

import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flows;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.diagnostics.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hierarchical models that are declared centred. */
@Timeout(60)
class LevelsTest {
    private static final Model FUNNEL = Model.define("funnel", m -> {
        Expr v = m.sample("v", normal(0, 3));
        m.sample("x", normal(0, v.div(2).exp()), 9);
    });

    /** Neal's funnel is Gaussian where x is standard. */
    @Test
    void aFunnelIsExact() {
        Posterior p = Fit.of(FUNNEL).flow(Flows.fullRank()).run();
        assertEquals(Verdict.PASS, p.verdict());
        assertEquals(0, p.assessment().elbo().value(), 1e-9);
        Summary v = p.summary("v");
        assertEquals(0, v.mean(), 4 * v.mcse());
        assertEquals(3, v.sd(), 0.1);
    }

    /** Both log-densities of a draw are those of the model as it was declared. */
    @Test
    void logDensitiesAreOnTheUnconstrainedScale() {
        Posterior p = Fit.of(FUNNEL).flow(Flows.fullRank()).draws(100).run();
        BoundModel model = FUNNEL.bind(Data.empty());
        for (int j = 0; j < 100; j += 33) {
            Map<String, double[]> point = new HashMap<>();
            point.put("v", p.array("v")[j]);
            point.put("x", p.array("x")[j]);
            double[] u = model.unconstrain(point);
            Workspace w = Program.of(model.logDensityUnconstrained()).workspace();
            w.set(model.unconstrained(), DrawSource.of(DMatrixRMaj.wrap(u.length, 1, u)));
            w.run(1);
            double expected = w.perDraw(model.logDensityUnconstrained()).data[0];
            assertEquals(expected, p.logDensity()[j], 1e-9 * (1 + Math.abs(expected)));
            assertEquals(p.logDensity(point), p.logApproximation()[j], 1e-9 * (1 + Math.abs(expected)));
        }
    }

    /** Half of the groups have data that leave nothing to the prior, half next to none: no one coordinates are right for all. */
    @Test
    void unbalancedGroupsAgreeWithQuadrature() {
        int groups = 30;
        double[] y = new double[groups];
        double[] s = new double[groups];
        for (int i = 0; i < groups; i++) {
            s[i] = i % 2 == 0 ? 0.05 : 4;
            y[i] = 2 + 1.5 * Math.sin(5 * i) + s[i] * Math.sin(11 * i);
        }
        Model model = Model.define("unbalanced", m -> {
            Expr mu = m.sample("mu", normal(0, 5));
            Expr tau = m.sample("tau", halfNormal(3));
            Expr theta = m.sample("theta", normal(mu, tau), groups);
            m.observe("y", normal(theta, m.data("s")));
        });
        Posterior p = Fit.of(model).data(Data.empty().with("y", y).with("s", s)).run();
        assertNotEquals(Verdict.FAIL, p.verdict(), p::toString);
        double sum = 0;
        double first = 0;
        double second = 0;
        double step = 0.001;
        for (double tau = step / 2; tau < 12; tau += step) {
            double density = StrictMath.exp(logMarginal(y, s, tau) - tau * tau / 18 + StrictMath.log(2 / (3 * Math.sqrt(2 * Math.PI))));
            sum += density * step;
            first += density * step * tau;
            second += density * step * tau * tau;
        }
        double mean = first / sum;
        double sd = Math.sqrt(second / sum - mean * mean);
        assertEquals(StrictMath.log(sum), p.assessment().logEvidence().value(), 0.02);
        assertEquals(mean, p.summary("tau").mean(), 0.06 * sd);
        assertEquals(sd, p.summary("tau").sd(), 0.05 * sd);
    }

    /** Of y, with theta and mu integrated out: y is normal with covariance diag(tau^2 + s^2) + 25. */
    private static double logMarginal(double[] y, double[] s, double tau) {
        double precision = 1 / 25.0;
        double weighted = 0;
        double log = -StrictMath.log(5);
        for (int i = 0; i < y.length; i++) {
            double variance = tau * tau + s[i] * s[i];
            precision += 1 / variance;
            weighted += y[i] / variance;
            log -= 0.5 * (StrictMath.log(2 * Math.PI * variance) + y[i] * y[i] / variance);
        }
        return log + 0.5 * weighted * weighted / precision - 0.5 * StrictMath.log(precision);
    }
}

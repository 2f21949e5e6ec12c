package org.fluvia.examples;

import static org.fluvia.dist.Distributions.bernoulliLogit;
import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.support.Support;
import org.fluvia.vi.Finish;
import org.fluvia.vi.Fit;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.LooComparison;
import org.fluvia.vi.predictive.PointwiseLoo;
import org.fluvia.vi.predictive.Waic;
import org.junit.jupiter.api.Test;

/** Leave-one-out cross-validation of real data, against R's loo package and against the exact values. */
class LooTest {

    private static Loo wells(String name, boolean logArsenic) throws IOException {
        Model m = Model.define(name, b -> {
            Expr arsenic = logArsenic ? b.data("arsenic").log() : b.data("arsenic");
            Expr beta = b.sample("beta", normal(0, 1), 3);
            b.observe("switched", bernoulliLogit(Expr.columns(Expr.of(1), b.data("dist").div(100), arsenic).matmul(beta)));
        });
        return Fit.of(m).data(Data.json(Path.of("data/wells.json"))).finish(Finish.WEIGHTS).run().loo();
    }

    /**
     * The figures that the vignette "Writing Stan programs for use with the loo package" (Vehtari and Gabry) prints for these two
     * models, to their last digit: elpd_loo -1968.5 (15.6), p_loo 3.2 (0.1), looic 3937.0 (31.2); -1952.3 (16.2), 3.1 (0.1), 3904.6
     * (32.4); difference -16.3 (4.4). The vignette on large data prints the first observation: -0.3310342 with p 0.00034872.
     */
    @Test
    void wellsAgreeWithTheLooPackage() throws IOException {
        Loo first = wells("arsenic", false);
        assertEquals(-1968.5, first.elpd().value(), 0.1);
        assertEquals(15.6, first.elpd().standardError(), 0.05);
        assertEquals(3.2, first.effectiveParameters().value(), 0.1);
        assertEquals(0.1, first.effectiveParameters().standardError(), 0.05);
        assertEquals(3937.0, first.looic().value(), 0.2);
        assertEquals(31.2, first.looic().standardError(), 0.1);
        assertEquals(-0.3310342, first.pointwise().get(0).elpd(), 5 * 0.00029);
        assertEquals(0.000349, first.pointwise().get(0).effectiveParameters(), 0.00005);
        assertTrue(first.unreliable().isEmpty(), first.toString());
        Loo second = wells("log arsenic", true);
        assertEquals(-1952.3, second.elpd().value(), 0.1);
        assertEquals(16.2, second.elpd().standardError(), 0.05);
        assertEquals(3.1, second.effectiveParameters().value(), 0.1);
        LooComparison difference = first.compare(second);
        assertEquals(-16.3, difference.difference().value(), 0.1);
        assertEquals(4.4, difference.difference().standardError(), 0.05);
    }

    /**
     * A regression y = a + b x with flat coefficients: given sigma they integrate out, and one integral over sigma is left, with
     * and without each observation.
     */
    @Test
    void kidscoresAgreeWithTheExactValues() throws IOException {
        Data data = Data.json(Path.of("posteriordb/data/kidiq.json"));
        double[] x = data.values("mom_hs");
        double[] y = data.values("kid_score");
        int n = y.length;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < n; i++) {
            sx += x[i];
            sy += y[i];
            sxx += x[i] * x[i];
            sxy += x[i] * y[i];
        }
        double det = n * sxx - sx * sx;
        double slope = (n * sxy - sx * sy) / det;
        double intercept = (sy - slope * sx) / n;
        double rss = 0;
        for (int i = 0; i < n; i++) rss += Math.pow(y[i] - intercept - slope * x[i], 2);
        double all = logIntegral(n - 2, rss) - 0.5 * Math.log(det);

        Model m = Model.define("momhs", b -> {
            Expr beta = b.parameter("beta", Support.real(), 2);
            Expr sigma = b.sample("sigma", halfCauchy(2.5));
            b.observe("kid_score", normal(beta.get(0).plus(beta.get(1).times(b.data("mom_hs"))), sigma));
        });
        Loo loo = Fit.of(m).data(data).run().loo();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double leverage = (sxx - 2 * x[i] * sx + n * x[i] * x[i]) / det;
            double residual = y[i] - intercept - slope * x[i];
            double without = logIntegral(n - 3, rss - residual * residual / (1 - leverage)) - 0.5 * Math.log(det * (1 - leverage));
            double exact = all - without;
            PointwiseLoo point = loo.pointwise().get(i);
            assertEquals(exact, point.elpd(), 5 * point.monteCarloError() + 1e-6, point.toString());
            sum += exact;
        }
        assertEquals(sum, loo.elpd().value(), 5 * loo.monteCarloError());
        assertTrue(loo.monteCarloError() < 0.1);
        assertTrue(loo.unreliable().isEmpty(), loo.toString());
        Waic waic = Fit.of(m).data(data).run().waic();
        assertEquals(sum, waic.elpd().value(), 0.05);
    }

    /** log of the integral over sigma of the prior times (2 pi)^(-f/2) sigma^-f exp(-rss / (2 sigma^2)); sigma is 20 +- 0.7. */
    private static double logIntegral(int f, double rss) {
        double largest = -0.5 * f * Math.log(2 * Math.PI) - f * Math.log(20) - rss / 800;
        double step = 0.005;
        double sum = 0;
        for (double s = 12; s < 32; s += step) {
            double prior = 2 / (Math.PI * 2.5 * (1 + s * s / 6.25));
            sum += prior * Math.exp(-0.5 * f * Math.log(2 * Math.PI) - f * Math.log(s) - rss / (2 * s * s) - largest) * step;
        }
        return largest + Math.log(sum);
    }
}

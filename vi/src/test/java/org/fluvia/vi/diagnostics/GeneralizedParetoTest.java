package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneralizedParetoTest {

    @ParameterizedTest
    @ValueSource(doubles = {-2, -0.5, -1e-14, 0, 1e-14, 0.3, 0.7, 1, 5})
    void quantileInvertsTheDistributionFunction(double k) {
        GeneralizedPareto pareto = new GeneralizedPareto(k, 3);
        for (double p : new double[] {0, 1e-12, 0.25, 0.5, 0.999}) {
            double y = pareto.quantile(p);
            double distribution = -StrictMath.expm1(k == 0 ? -y / 3 : -StrictMath.log1p(k * y / 3) / k);
            assertEquals(p, distribution, 1e-13 * Math.max(p, 1e-3));
        }
    }

    /** n is large, so the quantile grid's fit must lie far inside the asymptotic sd (1 + k) / sqrt(n). */
    @ParameterizedTest
    @ValueSource(doubles = {-0.4, 0, 0.3, 0.7, 1.5})
    void fitRecoversShapeAndScaleInAnyUnit(double k) {
        int n = 2000;
        for (double sigma : new double[] {1e-200, 1, 1e100}) {
            double[] y = new double[n];
            GeneralizedPareto truth = new GeneralizedPareto(k, sigma);
            for (int i = 0; i < n; i++) {
                y[i] = truth.quantile((i + 0.5) / n);
            }
            GeneralizedPareto fit = GeneralizedPareto.fit(y);
            assertTrue(fit.isFinite());
            assertEquals((n * k + 5) / (n + 10), fit.k(), 0.5 * (1 + k) / Math.sqrt(n));
            assertEquals(1, fit.sigma() / sigma, 0.5 * (1 + k) / Math.sqrt(n));
        }
    }

    @Test
    void aFitThatOverflowsIsNotFinite() {
        assertTrue(!new GeneralizedPareto(Double.NaN, 1).isFinite());
        assertTrue(!new GeneralizedPareto(1, Double.POSITIVE_INFINITY).isFinite());
        assertTrue(!new GeneralizedPareto(1, 0).isFinite());
    }
}

package org.fluvia.vi.predictive;

import static org.fluvia.dist.Distributions.bernoulli;
import static org.fluvia.dist.Distributions.beta;
import static org.fluvia.dist.Distributions.multiNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.junit.jupiter.api.Test;

class LooPitTest {
    /** The normal distribution function, by Simpson's rule. */
    private static double phi(double z) {
        double sum = 0;
        for (int i = 0; i <= 1000; i++) {
            double x = i * z / 1000;
            sum += (i == 0 || i == 1000 ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-x * x / 2);
        }
        return 0.5 + sum * z / 3000 / Math.sqrt(2 * Math.PI);
    }

    /** Of a normal mean the predictive distribution without y_i is normal: variances and means by hand. */
    @Test
    void itIsThatOfAClosedForm() {
        double[] y = {0.3, -1.2, 2.5, 0.8, -0.4, 1.1};
        Model mean = Model.define("mean", m -> m.observe("y", normal(m.sample("mu", normal(0, 2)), 1)));
        Posterior p = Fit.of(mean).data(Data.empty().with("y", y)).flow(Flows.fullRank()).run();
        LooPit pit = p.looPit();
        assertEquals(List.of("y[1]", "y[2]", "y[3]", "y[4]", "y[5]", "y[6]"), pit.names());
        for (int i = 0; i < y.length; i++) {
            double variance = 1 / (y.length - 1 + 0.25);
            double others = variance * (Arrays.stream(y).sum() - y[i]);
            double expected = phi((y[i] - others) / Math.sqrt(1 + variance));
            assertEquals(expected, pit.values().get(i), 5 * Math.sqrt(0.25 / 5000), pit.names().get(i));
        }
        assertEquals(pit, p.looPit());
    }

    /** P(y = 1 | others) is (1 + ones among them) / (2 + others); between 0 and that of zero where y is 0, above where it is 1. */
    @Test
    void ofCountsItIsDrawnWithinTheStep() {
        double[] y = {0, 1, 1, 0, 1, 1, 1};
        Model coin = Model.define("coin", m -> m.observe("y", bernoulli(m.sample("p", beta(1, 1)))));
        Posterior p = Fit.of(coin).data(Data.empty().with("y", y)).flow(Flows.fullRank()).run();
        LooPit pit = p.looPit();
        for (int i = 0; i < y.length; i++) {
            double zero = 1 - (1 + 5 - y[i]) / 8;
            double value = pit.values().get(i);
            assertTrue(y[i] == 0 ? value >= 0 && value <= zero + 0.04 : value >= zero - 0.04 && value <= 1, i + ": " + value);
        }
    }

    @Test
    void vectorsAreLeftOut() {
        Model pairs = Model.define("pairs", m -> {
            Expr mu = m.sample("mu", normal(0, 1), 2);
            m.observe("xy", multiNormal(mu, Expr.vector(1, 0, 0, 1).reshape(Shape.of(2, 2))));
            m.observe("z", normal(mu.get(0), 1));
        });
        Posterior p = Fit.of(pairs).data(Data.empty().with("xy", new double[][] {{0, 1}, {1, 0}}).with("z", 0.5)).flow(Flows.fullRank()).run();
        assertEquals(List.of("z"), p.looPit().names());
    }

    /** A replication that is NaN, or a draw without weight, is none. */
    @Test
    void whatIsNoNumberHasNoWeight() {
        List<PointLikelihood> points = List.of(new PointLikelihood("y", List.of(2.0), new double[] {-1, -1, -1, -1}));
        double none = Double.NEGATIVE_INFINITY;
        LooPit pit = LooPit.of(new double[] {0, 0, 0, none}, points, i -> new double[] {1, 3, Double.NaN, 1}, 1);
        assertEquals(0.5, pit.values().get(0), 1e-12);
        assertTrue(LooPit.of(new double[4], points, i -> new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN}, 1).values().get(0).isNaN());
    }
}

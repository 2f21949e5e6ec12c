package org.fluvia.vi;

import static org.fluvia.dist.Distributions.dirichlet;
import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.mixture;
import static org.fluvia.dist.Distributions.multiNormalCholesky;
import static org.fluvia.dist.Distributions.multinomial;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.rightCensored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distributions;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.predictive.Predictions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replications and pointwise log-likelihoods of vectors, counts in categories, mixtures and censored times. */
@Timeout(120)
class EventPredictionTest {
    private static final int ROWS = 40;

    @Test
    void replicationsLookLikeTheData() {
        SplittableRandom random = new SplittableRandom(2);
        Expr factor = Expr.shared("L", Shape.of(2, 2), 1, 0, -0.6, 0.8);
        double[] z = multiNormalCholesky(Expr.vector(3, -1), factor).sample(random, Shape.of(ROWS, 2));
        double[] times = rightCensored(Distributions.exponential(0.7), 2).sample(random, Shape.of(ROWS));
        double[] mixed = mixture(Expr.of(0.3), normal(0, 1), normal(6, 1)).sample(random, Shape.of(ROWS));
        Data data = Data.empty().with("z", Shape.of(ROWS, 2), z).with("times", times).with("mixed", mixed)
                .with("counts", new double[][] {{8, 1, 1}, {30, 6, 4}});
        Model model = Model.define("events", m -> {
            Expr mu = m.sample("mu", normal(0, 5), 2);
            m.observe("z", multiNormalCholesky(mu, factor));
            m.observe("times", rightCensored(exponential(m.sample("rate", exponential(1))), 2));
            m.observe("mixed", mixture(m.sample("share", Distributions.beta(1, 1)), normal(0, 1), normal(6, 1)));
            m.observe("counts", multinomial(m.sample("theta", dirichlet(1), 3)));
        });
        Posterior p = Fit.of(model).data(data).batch(64).seed(5).run();
        assertTrue(p.verdict() != Verdict.FAIL);
        assertEquals(2 + 3 * ROWS, p.logLikelihood().names().size());

        Predictions vectors = p.predict("z", 1, 2000);
        assertEquals(Shape.of(ROWS, 2), vectors.shape());
        double mean = 0;
        for (int i = 0; i < ROWS; i++) mean += z[2 * i] / ROWS;
        double dataMean = mean;
        assertEquals(dataMean, Arrays.stream(vectors.draws(0)).average().orElseThrow(), 5 * Math.sqrt(1.1 / 2000));
        double share = p.summary("share").mean();
        double high = Arrays.stream(p.predict("mixed", 1, 2000).draws(3)).filter(v -> v > 3).count() / 2000.0;
        assertEquals(1 - share, high, 5 * Math.sqrt(0.25 / 2000) + 0.002);
        Predictions censored = p.predict("times", 1, 2000);
        assertEquals(2, Arrays.stream(censored.draws(0)).max().orElseThrow());
        Predictions counts = p.predict("counts", 1, 50);
        for (int i = 0; i < 50; i++) {
            double[] c = counts.draw(i);
            assertEquals(10, c[0] + c[1] + c[2]);
            assertEquals(40, c[3] + c[4] + c[5]);
        }
        assertEquals(2 + 3 * ROWS, p.loo().pointwise().size());
    }

    /** Of a conjugate model: y at new x has the posterior's mean there, and its variance with the noise's. */
    @Test
    void whatIsNotObservedIsPredicted() {
        Data data = Data.empty().with("x", -1, 0, 1, 2).with("y", -2.1, 0.2, 1.9, 4.1).with("xNew", -3, 5);
        Model model = Model.define("line", m -> {
            Expr slope = m.sample("slope", normal(0, 10));
            m.observe("y", normal(m.data("x").times(slope), 0.5));
            m.predict("yNew", normal(m.data("xNew").times(slope), 0.5));
            m.predict("direction", dirichlet(1), 2, 3);
        });
        assertEquals(1, model.bind(data).dimension());
        Posterior p = Fit.of(model).data(data).seed(5).run();
        assertEquals(List.of("y"), p.observed());
        assertEquals(List.of("yNew", "direction"), p.predicted());
        assertEquals(List.of("y", "yNew", "direction"), List.copyOf(p.predict(1, 10).keySet()));
        Predictions predictions = p.predict("yNew", 1);
        assertEquals(Shape.of(2), predictions.shape());
        double precision = 0.01 + 6 / 0.25;
        double mean = (2.1 + 1.9 + 8.2) / 0.25 / precision;
        double n = p.drawCount();
        for (int i = 0; i < 2; i++) {
            double x = i == 0 ? -3 : 5;
            double variance = x * x / precision + 0.25;
            double[] y = predictions.draws(i);
            assertEquals(x * mean, Arrays.stream(y).average().orElseThrow(), 5 * Math.sqrt(variance / n));
            assertEquals(variance, variance(y), 5 * variance * Math.sqrt(2 / n));
        }
        assertEquals(Shape.of(2, 3), p.predict("direction", 1, 5).shape());
        double[] direction = p.predict("direction", 1, 5).draw(3);
        assertEquals(1, direction[0] + direction[1] + direction[2], 1e-12);
        assertTrue(predictions.toString().startsWith("predictions of yNew, "), predictions.toString());
        assertThrows(IllegalStateException.class, predictions::observed);
        assertThrows(IllegalStateException.class, () -> predictions.pValue(y -> y[0]));
        assertEquals(predictions.draws(0)[7], p.predict("yNew", 1, 10).draws(0)[7]);
        assertEquals(2, Prior.of(model, data).draws(100, 1).predict("yNew", 1).shape().size());
    }

    private static double variance(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
    }
}

package org.fluvia.vi.predictive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * y_i ~ normal(mu, sigma) with known sigma and a normal prior of mu, where everything is known in closed form; draws of mu come
 * from approximations that are wrong on purpose.
 */
class LooTest {
    private static final double SIGMA = 1.5;
    private static final double PRIOR_SD = 4;
    private static final double[] Y = {0.3, -1.2, 2.8, 0.9, 1.7, -0.4, 3.1, 0.2};
    private static final int DRAWS = 20_000;

    /** log N(x; mean, variance). */
    private static double logNormal(double x, double mean, double variance) {
        return -0.5 * (x - mean) * (x - mean) / variance - 0.5 * Math.log(2 * Math.PI * variance);
    }

    /** Mean and variance of mu given all observations but one; all if that is -1. */
    private static double[] posterior(double[] y, int without) {
        double precision = 1 / (PRIOR_SD * PRIOR_SD);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            if (i == without) continue;
            precision += 1 / (SIGMA * SIGMA);
            sum += y[i] / (SIGMA * SIGMA);
        }
        return new double[] {sum / precision, 1 / precision};
    }

    private static double exactElpd(double[] y, int i) {
        double[] p = posterior(y, i);
        return logNormal(y[i], p[0], p[1] + SIGMA * SIGMA);
    }

    /** Draws of normal(mean + shift sd, scale sd), with the ratios that correct for shift and scale. */
    private record Draws(double[] mu, double[] logRatios) {
        static Draws of(double[] y, double shift, double scale, int draws, long seed) {
            double[] p = posterior(y, -1);
            double sd = Math.sqrt(p[1]);
            Random random = new Random(seed);
            double[] mu = new double[draws];
            double[] ratios = new double[draws];
            for (int s = 0; s < draws; s++) {
                mu[s] = p[0] + sd * (shift + scale * random.nextGaussian());
                ratios[s] = logNormal(mu[s], p[0], p[1]) - logNormal(mu[s], p[0] + shift * sd, scale * scale * p[1]) + 17;
            }
            return new Draws(mu, ratios);
        }

        List<PointLikelihood> points(double[] y) {
            List<PointLikelihood> points = new ArrayList<>();
            for (int i = 0; i < y.length; i++) {
                double at = y[i];
                points.add(new PointLikelihood("y[" + (i + 1) + "]", List.of(at),
                        Arrays.stream(mu).map(m -> logNormal(at, m, SIGMA * SIGMA)).toArray()));
            }
            return points;
        }
    }

    private static Loo loo(double[] y, double shift, double scale, long seed) {
        Draws draws = Draws.of(y, shift, scale, DRAWS, seed);
        return Loo.of("normal", draws.logRatios, draws.points(y), List.of());
    }

    private static void assertExact(double[] y, Loo loo) {
        double sum = 0;
        double effective = 0;
        double[] p = posterior(y, -1);
        for (int i = 0; i < y.length; i++) {
            PointwiseLoo point = loo.pointwise().get(i);
            assertEquals(exactElpd(y, i), point.elpd(), 5 * point.monteCarloError(), point.name());
            assertTrue(point.monteCarloError() < 0.02 && point.khat() < 0.7, point.toString());
            double all = logNormal(y[i], p[0], p[1] + SIGMA * SIGMA);
            assertEquals(all - exactElpd(y, i), point.effectiveParameters(), 5 * point.monteCarloError());
            sum += exactElpd(y, i);
            effective += all - exactElpd(y, i);
        }
        assertEquals(sum, loo.elpd().value(), 5 * loo.monteCarloError());
        assertEquals(-2 * sum, loo.looic().value(), 10 * loo.monteCarloError());
        assertEquals(effective, loo.effectiveParameters().value(), 5 * loo.monteCarloError());
    }

    @Test
    void drawsOfThePosteriorGiveTheClosedForm() {
        assertExact(Y, loo(Y, 0, 1, 1));
    }

    @Test
    void drawsOfAWrongApproximationAreCorrected() {
        assertExact(Y, loo(Y, 0.7, 1.4, 2));
        Draws wrong = Draws.of(Y, 0.7, 1.4, DRAWS, 2);
        Loo uncorrected = Loo.of("wrong", new double[DRAWS], wrong.points(Y), List.of());
        Loo corrected = loo(Y, 0.7, 1.4, 2);
        assertTrue(Math.abs(uncorrected.elpd().value() - corrected.elpd().value()) > 20 * corrected.monteCarloError(),
                "without the correction the test would fail");
    }

    /** The scatter over 40 sets of draws is what the Monte-Carlo error says: within a factor of 1.35, which 40 sets exceed in one case of a thousand. */
    @Test
    void theMonteCarloErrorIsThatOfRepeatedDraws() {
        int repeats = 40;
        double exact = 0;
        for (int i = 0; i < Y.length; i++) exact += exactElpd(Y, i);
        double squares = 0;
        double errors = 0;
        for (int r = 0; r < repeats; r++) {
            Draws draws = Draws.of(Y, 0.3, 1.3, 2000, 100 + r);
            Loo loo = Loo.of("normal", draws.logRatios, draws.points(Y), List.of());
            squares += (loo.elpd().value() - exact) * (loo.elpd().value() - exact);
            errors += loo.monteCarloError() * loo.monteCarloError();
        }
        double ratio = Math.sqrt(squares / errors);
        assertTrue(ratio > 1 / 1.35 && ratio < 1.35, "observed over stated error: " + ratio);
    }

    @Test
    void standardErrorsAreThoseOfTheSum() {
        Loo loo = loo(Y, 0, 1, 3);
        double mean = loo.elpd().value() / Y.length;
        double squares = loo.pointwise().stream().mapToDouble(p -> (p.elpd() - mean) * (p.elpd() - mean)).sum();
        assertEquals(Math.sqrt(Y.length * squares / (Y.length - 1)), loo.elpd().standardError(), 1e-12);
        assertEquals(2 * loo.elpd().standardError(), loo.looic().standardError(), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, Loo.of("one", new double[200], Draws.of(Y, 0, 1, 200, 1).points(new double[] {1}),
                List.of()).elpd().standardError(), "one observation says nothing of the next");
    }

    @Test
    void anOutlierThatTheDrawsCannotLeaveOutIsNamed() {
        double[] y = Arrays.copyOf(Y, Y.length + 1);
        y[Y.length] = 20;
        Loo loo = loo(y, 0, 1, 4);
        assertEquals(List.of("y[9]"), loo.unreliable().stream().map(PointwiseLoo::name).toList());
        assertTrue(loo.toString().contains("k-hat is above 0.70 for 1 of 9 observations"), loo.toString());
        assertTrue(loo(Y, 0, 1, 4).toString().contains("k-hat is at most 0.70 for all observations"));
    }

    @Test
    void drawsOfDensityZeroHaveNoSay() {
        Draws draws = Draws.of(Y, 0.2, 1.2, DRAWS, 5);
        double[] ratios = draws.logRatios.clone();
        List<PointLikelihood> points = draws.points(Y);
        for (int s = 0; s < DRAWS; s += 3) {
            ratios[s] = Double.NEGATIVE_INFINITY;
            for (PointLikelihood p : points) p.logDensities()[s] = s % 2 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
        }
        assertExact(Y, Loo.of("holes", ratios, points, List.of()));
    }

    @Test
    void comparisonIsThatOfThePointwiseDifferences() {
        Loo a = loo(Y, 0, 1, 6);
        Draws other = Draws.of(Y, 1.5, 1, DRAWS, 7);
        Loo b = Loo.of("shifted", new double[DRAWS], other.points(Y), List.of("a note."));
        LooComparison c = a.compare(b);
        double[] d = new double[Y.length];
        for (int i = 0; i < d.length; i++) d[i] = a.pointwise().get(i).elpd() - b.pointwise().get(i).elpd();
        double sum = Arrays.stream(d).sum();
        double squares = Arrays.stream(d).map(x -> (x - sum / d.length) * (x - sum / d.length)).sum();
        assertEquals(sum, c.difference().value(), 1e-12);
        assertEquals(Math.sqrt(d.length * squares / (d.length - 1)), c.difference().standardError(), 1e-12);
        assertTrue(sum > 0 && c.toString().contains("normal predicts better"), c.toString());
        assertTrue(c.notes().contains("shifted: a note."), c.notes().toString());
        assertEquals(-sum, b.compare(a).difference().value(), 1e-12);
    }

    @Test
    void otherDataAreRefused() {
        Loo a = loo(Y, 0, 1, 8);
        double[] changed = Y.clone();
        changed[2] = 2.9;
        String message = assertThrows(IllegalArgumentException.class, () -> a.compare(loo(changed, 0, 1, 8))).getMessage();
        assertTrue(message.startsWith("Loo.compare: both models must observe the same data, but y[3] is 2.8 in normal and 2.9 in normal"),
                message);
        String count = assertThrows(IllegalArgumentException.class, () -> a.compare(loo(new double[] {1, 2}, 0, 1, 8))).getMessage();
        assertTrue(count.contains("observes 8 values and normal 2"), count);
    }

    @Test
    void wrongArgumentsAreNamed() {
        List<PointLikelihood> points = Draws.of(Y, 0, 1, 50, 1).points(Y);
        String message = assertThrows(IllegalArgumentException.class, () -> Loo.of("x", new double[60], points, List.of())).getMessage();
        assertTrue(message.startsWith("Loo: the log-likelihood of y[1] must have one value for each of the 60 draws, but had 50"), message);
        assertThrows(IllegalArgumentException.class, () -> Loo.of("x", new double[60], List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> Waic.of("x", new double[60], points, List.of()));
    }

    /** lppd is that of the closed form, and Var log p(y_i | mu) = (2 v^2 + 4 d^2 v) / (4 sigma^4) for mu ~ N(y_i - d, v). */
    @Test
    void waicIsTheClosedFormWithTheCorrectionToo() {
        Draws draws = Draws.of(Y, 0.5, 1.3, DRAWS, 9);
        Waic waic = Waic.of("normal", draws.logRatios, draws.points(Y), List.of());
        double[] p = posterior(Y, -1);
        double elpd = 0;
        for (int i = 0; i < Y.length; i++) {
            double d = Y[i] - p[0];
            double variance = (2 * p[1] * p[1] + 4 * d * d * p[1]) / (4 * Math.pow(SIGMA, 4));
            double density = logNormal(Y[i], p[0], p[1] + SIGMA * SIGMA);
            PointwiseWaic point = waic.pointwise().get(i);
            assertEquals(density, point.logPredictiveDensity(), 0.01);
            assertEquals(variance, point.effectiveParameters(), 0.06 * variance + 1e-3, point.name());
            elpd += density - variance;
        }
        assertEquals(elpd, waic.elpd().value(), 0.05);
        assertEquals(-2 * waic.elpd().value(), waic.waic().value(), 1e-12);
        assertTrue(waic.khat() < 0.7);
        assertTrue(waic.toString().contains("elpd_waic"), waic.toString());
    }
}

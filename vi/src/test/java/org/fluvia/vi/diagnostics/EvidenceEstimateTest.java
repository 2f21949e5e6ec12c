package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EvidenceEstimateTest {

    static final List<String> NAMES = PsisReference.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void agreesWithFiftyDigits(String name) {
        PsisReference reference = PsisReference.read(name);
        EvidenceEstimate ours = estimate(reference.ratios());
        assertClose(reference, "log_evidence", ours.raw().value());
        assertClose(reference, "log_evidence_se", ours.raw().standardError());
        assertClose(reference, "elbo", ours.elboOfPossibleDraws().value());
        assertClose(reference, "elbo_se", ours.elboOfPossibleDraws().standardError());
        int impossible = (int) Arrays.stream(reference.ratios()).filter(Double::isInfinite).count();
        assertEquals(impossible, ours.impossibleDraws());
        assertEquals(impossible > 0 ? Estimate.NOTHING_KNOWN : ours.elboOfPossibleDraws(), ours.elbo());
    }

    /**
     * q = N(0, 1), p = 7 N(0, s^2): log Z = log 7, Var(ratio) / Z^2 = 1 / (s sqrt(2 - s^2)) - 1 for s^2 < 2, and the
     * ELBO is log 7 - KL(q, p). Errors of 200 repetitions in units of their standard errors must have mean 0 and sd 1.
     */
    @Test
    void errorsAreAsLargeAsTold() {
        double s = 1.1;
        double logZ = StrictMath.log(7);
        double elbo = logZ - (StrictMath.log(s) + 0.5 / (s * s) - 0.5);
        int draws = 2000;
        double trueError = Math.sqrt((1 / (s * Math.sqrt(2 - s * s)) - 1) / draws);
        SplittableRandom random = new SplittableRandom(42);
        int repetitions = 200;
        double[] z = new double[3 * repetitions];
        for (int r = 0; r < repetitions; r++) {
            double[] ratios = new double[draws];
            for (int i = 0; i < draws; i++) {
                double x = random.nextGaussian();
                ratios[i] = logZ - StrictMath.log(s) - x * x / 2 * (1 / (s * s) - 1);
            }
            EvidenceEstimate estimate = estimate(ratios);
            assertEquals(1, estimate.raw().standardError() / trueError, 0.3);
            z[r] = (estimate.raw().value() - logZ) / estimate.raw().standardError();
            z[repetitions + r] = (estimate.smoothed().value() - logZ) / estimate.smoothed().standardError();
            z[2 * repetitions + r] = (estimate.elbo().value() - elbo) / estimate.elbo().standardError();
        }
        for (int which = 0; which < 3; which++) {
            Moments moments = Moments.of("z", z, which * repetitions, repetitions);
            assertEquals(0, moments.mean(), 4 / Math.sqrt(repetitions), "mean of " + which);
            assertEquals(1, moments.sd(), 4 / Math.sqrt(2.0 * repetitions), "sd of " + which);
        }
    }

    @Test
    void smoothedEvidenceIsTheMeanOfTheSmoothedRatios() {
        double[] ratios = PsisReference.read("pareto_0.7").ratios();
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        double[] smoothed = weights.logWeights();
        double sum = 0;
        for (double weight : smoothed) {
            sum += StrictMath.exp(weight + weights.logSum());
        }
        assertEquals(StrictMath.log(sum / ratios.length), EvidenceEstimate.of(ratios, weights).smoothed().value(), 1e-13);
    }

    @Test
    void aPerfectFitHasNoError() {
        double[] ratios = new double[100];
        Arrays.fill(ratios, 1234.5);
        EvidenceEstimate estimate = estimate(ratios);
        for (Estimate each : List.of(estimate.raw(), estimate.smoothed(), estimate.elbo())) {
            assertEquals(1234.5, each.value(), 1e-11);
            assertEquals(0, each.standardError(), 1e-12);
        }
    }

    @Test
    void impossibleDrawsMakeTheElboMinusInfinityButNotTheEvidence() {
        EvidenceEstimate estimate = estimate(new double[] {0, Double.NEGATIVE_INFINITY, 0, 0});
        assertEquals(StrictMath.log(0.75), estimate.raw().value(), 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, estimate.elbo().value());
        assertEquals(0, estimate.elboOfPossibleDraws().value());
        assertEquals(1, estimate.impossibleDraws());
        assertEquals(4, estimate.draws());
    }

    @Test
    void withoutAnyPossibleDrawOrWithOneTheErrorIsUnknown() {
        double[] none = new double[50];
        Arrays.fill(none, Double.NEGATIVE_INFINITY);
        EvidenceEstimate estimate = estimate(none);
        for (Estimate each : List.of(estimate.raw(), estimate.smoothed(), estimate.elbo(), estimate.elboOfPossibleDraws())) {
            assertEquals(Estimate.NOTHING_KNOWN, each);
        }
        assertEquals(50, estimate.impossibleDraws());
        EvidenceEstimate one = estimate(new double[] {2.5});
        for (Estimate each : List.of(one.raw(), one.smoothed(), one.elbo())) {
            assertEquals(new Estimate(2.5, Double.POSITIVE_INFINITY), each);
        }
    }

    @Test
    void brokenRatiosAndForeignWeightsAreRefused() {
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(new double[3]);
        assertThrows(IllegalArgumentException.class, () -> EvidenceEstimate.of(new double[2], weights));
        String message = assertThrows(IllegalArgumentException.class,
                () -> EvidenceEstimate.of(new double[] {0, 0, Double.NaN}, weights)).getMessage();
        assertTrue(message.contains("NaN at draw 2"), message);
    }

    private static EvidenceEstimate estimate(double[] ratios) {
        return EvidenceEstimate.of(ratios, ParetoSmoothedWeights.of(ratios));
    }

    private static void assertClose(PsisReference reference, String key, double ours) {
        double expected = reference.header().get(key);
        assertEquals(expected, ours, 1e-12 * Math.max(1, Math.abs(expected)), key);
    }
}

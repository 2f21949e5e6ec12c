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
        Estimate ours = EvidenceEstimate.logMeanExp(reference.ratios());
        reference.assertClose("log_evidence", ours.value());
        reference.assertClose("log_evidence_se", ours.standardError());
    }

    /**
     * q = N(0, 1), p = 7 N(0, s^2): log Z = log 7, Var(ratio) / Z^2 = 1 / (s sqrt(2 - s^2)) - 1 for s^2 < 2. Errors of 200 repetitions in units
     * of their standard errors must have mean 0 and sd 1.
     */
    @Test
    void errorsAreAsLargeAsTold() {
        double s = 1.1;
        double logZ = StrictMath.log(7);
        int draws = 2000;
        double trueError = Math.sqrt((1 / (s * Math.sqrt(2 - s * s)) - 1) / draws);
        SplittableRandom random = new SplittableRandom(42);
        int repetitions = 200;
        double[] z = new double[2 * repetitions];
        for (int r = 0; r < repetitions; r++) {
            double[] ratios = new double[draws];
            for (int i = 0; i < draws; i++) {
                double x = random.nextGaussian();
                ratios[i] = logZ - StrictMath.log(s) - x * x / 2 * (1 / (s * s) - 1);
            }
            Estimate raw = EvidenceEstimate.logMeanExp(ratios);
            Estimate smoothed = smoothed(ratios);
            assertEquals(1, raw.standardError() / trueError, 0.3);
            z[r] = (raw.value() - logZ) / raw.standardError();
            z[repetitions + r] = (smoothed.value() - logZ) / smoothed.standardError();
        }
        for (int which = 0; which < 2; which++) {
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
        assertEquals(StrictMath.log(sum / ratios.length), EvidenceEstimate.of(weights).value(), 1e-13);
    }

    @Test
    void aPerfectFitHasNoError() {
        double[] ratios = new double[100];
        Arrays.fill(ratios, 1234.5);
        for (Estimate each : List.of(EvidenceEstimate.logMeanExp(ratios), smoothed(ratios))) {
            assertEquals(1234.5, each.value(), 1e-11);
            assertEquals(0, each.standardError(), 1e-12);
        }
    }

    @Test
    void impossibleDrawsCountInTheMean() {
        double[] ratios = {0, Double.NEGATIVE_INFINITY, 0, 0};
        assertEquals(StrictMath.log(0.75), EvidenceEstimate.logMeanExp(ratios).value(), 1e-15);
    }

    @Test
    void withoutAnyPossibleDrawOrWithOneTheErrorIsUnknown() {
        double[] none = new double[50];
        Arrays.fill(none, Double.NEGATIVE_INFINITY);
        assertEquals(Estimate.NOTHING_KNOWN, EvidenceEstimate.logMeanExp(none));
        assertEquals(Estimate.NOTHING_KNOWN, smoothed(none));
        double[] one = {2.5};
        assertEquals(new Estimate(2.5, Double.POSITIVE_INFINITY), EvidenceEstimate.logMeanExp(one));
        assertEquals(new Estimate(2.5, Double.POSITIVE_INFINITY), smoothed(one));
    }

    @Test
    void brokenRatiosAreRefused() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> EvidenceEstimate.logMeanExp(new double[] {0, 0, Double.NaN})).getMessage();
        assertTrue(message.contains("NaN at draw 2"), message);
    }

    private static Estimate smoothed(double[] ratios) {
        return EvidenceEstimate.of(ParetoSmoothedWeights.of(ratios));
    }
}

package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.fluvia.autodiff.NormalNoise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Between a standard normal and 7 times another normal density. */
class BridgeEvidenceTest {
    private static final double LOG_Z = StrictMath.log(7);

    private static Estimate estimate(double mean, double sd, int ofProposal, int ofPosterior, long seed) {
        DoubleUnaryOperator logRatio = x -> LOG_Z - StrictMath.log(sd) - 0.5 * (x - mean) * (x - mean) / (sd * sd) + 0.5 * x * x;
        double[] m = Arrays.stream(NormalNoise.of(2 * seed).values(ofProposal)).map(logRatio).toArray();
        double[] p = Arrays.stream(NormalNoise.of(2 * seed + 1).values(ofPosterior)).map(e -> logRatio.applyAsDouble(mean + sd * e)).toArray();
        return BridgeEvidence.of(m, ofProposal, p, ofPosterior, x -> x.length);
    }

    /** Also where the posterior is wider, so that importance weights have no variance. */
    @ParameterizedTest
    @CsvSource({"0, 1.3", "0.5, 3", "2, 1", "0, 0.1"})
    void errorsAreAsLargeAsStated(double mean, double sd) {
        int repeats = 200;
        double squares = 0;
        double sum = 0;
        for (int r = 0; r < repeats; r++) {
            Estimate e = estimate(mean, sd, 500, 400, r);
            double z = (e.value() - LOG_Z) / e.standardError();
            sum += z;
            squares += z * z;
        }
        assertEquals(0, sum / repeats, 0.3);
        assertEquals(1, Math.sqrt(squares / repeats), 0.25);
    }

    @Test
    void ofTheSameDistributionItIsExact() {
        Estimate e = estimate(0, 1, 100, 100, 1);
        assertEquals(LOG_Z, e.value(), 1e-12);
        assertEquals(0, e.standardError(), 1e-9);
    }

    @Test
    void standsLargeNumbersAndImpossibleDraws() {
        double[] m = {-1e5, Double.NEGATIVE_INFINITY, -1e5, Double.NEGATIVE_INFINITY};
        Estimate e = BridgeEvidence.of(m, 4, new double[] {-1e5, -1e5}, 2, x -> x.length);
        assertEquals(-1e5 - StrictMath.log(2), e.value(), 1e-9);
        assertTrue(e.standardError() > 0.1);
    }

    @Test
    void withoutOverlapNothingIsKnown() {
        double[] m = new double[10];
        Arrays.fill(m, Double.NEGATIVE_INFINITY);
        assertEquals(Estimate.NOTHING_KNOWN, BridgeEvidence.of(m, 10, new double[] {1, 2, 3}, 3, x -> x.length));
    }
}

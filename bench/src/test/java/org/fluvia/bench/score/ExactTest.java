package org.fluvia.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.CauchyDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.fluvia.vi.diagnostics.Estimate;
import org.junit.jupiter.api.Test;

class ExactTest {
    private static final int DRAWS = 10_000;
    private static final NormalDistribution NORMAL = NormalDistribution.of(3, 2);
    private static final Estimate EVIDENCE = new Estimate(-1, 0.01);

    @Test
    void perfectDrawsAreRight() {
        Score s = score(NORMAL, x -> x, DRAWS, EVIDENCE);
        assertEquals(Score.Right.YES, s.right());
        assertEquals(0, s.mean(), 1e-3);
        assertEquals(0, s.sd(), 0.1);
        assertEquals(0, s.quantile(), 1e-3);
    }

    @Test
    void errorsAreInSdsAndPerCentAndThoseOfTheWorst() {
        assertEquals(0.12, score(NORMAL, x -> x + 0.24, DRAWS, EVIDENCE).mean(), 1e-3);
        assertEquals(9, score(NORMAL, x -> 3 + 1.09 * (x - 3), DRAWS, EVIDENCE).sd(), 0.1);
        assertEquals(0.09 * 1.645, score(NORMAL, x -> 3 + 1.09 * (x - 3), DRAWS, EVIDENCE).quantile(), 1e-3);
    }

    @Test
    void whatIsOffByMoreThanItsLimitIsWrongAndWhatIsOffByLessIsNot() {
        assertEquals(Score.Right.NO, score(NORMAL, x -> x + 0.21, DRAWS, EVIDENCE).right());
        assertEquals(Score.Right.YES, score(NORMAL, x -> x + 0.19, DRAWS, EVIDENCE).right());
        assertEquals(Score.Right.NO, score(NORMAL, x -> 3 + 1.082 * (x - 3), DRAWS, EVIDENCE).right());
        assertEquals(Score.Right.YES, score(NORMAL, x -> 3 + 0.95 * (x - 3), DRAWS, EVIDENCE).right());
        // the ends alone, so that mean and sd stay within their limits
        assertEquals(Score.Right.NO, score(NORMAL, x -> x > 6.2 && x < 6.8 ? x + 0.5 : x, DRAWS, EVIDENCE).right());
        assertEquals(Score.Right.NO, score(NORMAL, x -> x > 9 ? Double.NaN : x, DRAWS, EVIDENCE).right());
    }

    @Test
    void fewDrawsMayBeOffByTheirNoise() {
        assertEquals(Score.Right.WITHIN_NOISE, score(NORMAL, x -> x + 0.3, 200, EVIDENCE).right());
        assertEquals(Score.Right.NO, score(NORMAL, x -> x + 0.7, 200, EVIDENCE).right());
    }

    @Test
    void evidenceIsWrongBeyondItsLimitAndFourOfItsErrors() {
        assertEquals(Score.Right.YES, score(NORMAL, x -> x, DRAWS, new Estimate(-1.04, 0.001)).right());
        assertEquals(Score.Right.NO, score(NORMAL, x -> x, DRAWS, new Estimate(-1.06, 0.01)).right());
        assertEquals(Score.Right.YES, score(NORMAL, x -> x, DRAWS, new Estimate(-1.06, 0.02)).right());
        assertEquals(-0.06, score(NORMAL, x -> x, DRAWS, new Estimate(-1.06, 0.02)).logEvidence(), 1e-12);
        assertEquals(Score.Right.NO, score(NORMAL, x -> x, DRAWS, new Estimate(Double.NEGATIVE_INFINITY, 0.01)).right());
    }

    @Test
    void withoutAnSdQuantilesAreJudgedOnTheNormalScale() {
        CauchyDistribution cauchy = CauchyDistribution.of(0, 1);
        Score twice = score(cauchy, x -> 2 * x, DRAWS, EVIDENCE);
        double reached = cauchy.survivalProbability(2 * cauchy.inverseCumulativeProbability(0.95));
        NormalDistribution standard = NormalDistribution.of(0, 1);
        assertEquals(standard.inverseSurvivalProbability(reached) - standard.inverseSurvivalProbability(0.05), twice.quantile(), 1e-3);
        assertEquals(Score.Right.NO, twice.right());
        assertEquals(Score.Right.YES, score(cauchy, x -> x, DRAWS, EVIDENCE).right());
    }

    /** Of draws at the quantiles of the distribution, in equal steps of probability, and then moved. */
    private static Score score(ContinuousDistribution d, DoubleUnaryOperator moved, double worth, Estimate evidence) {
        double[] draws = new double[DRAWS];
        Arrays.setAll(draws, i -> moved.applyAsDouble(d.inverseCumulativeProbability((i + 0.5) / DRAWS)));
        return new Exact(Map.of(), -1).score(List.of(new Exact.Compared(List.of(draws), List.of(Margin.of(d)), List.of("x"))), worth, evidence);
    }
}

package org.fluvia.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fluvia.vi.Calibration;
import org.fluvia.vi.Verdict;
import org.fluvia.vi.predictive.LooPit;
import org.junit.jupiter.api.Test;

class CalibrationChecksTest {
    /** Each rank from 0 to 99 twice. */
    private static final Calibration EVEN = new Calibration("even", 99, IntStream.range(0, 200)
            .mapToObj(r -> new Calibration.Outcome(Verdict.PASS, Map.of("a", r / 2), 1)).toList());

    @Test
    void evenRanksFillEveryBinAlikeAndHaveNoDifference() {
        Bars bars = (Bars) CalibrationChecks.histogram(EVEN, "a").marks().get(1);
        assertEquals(20, bars.heights().length);
        assertTrue(Arrays.stream(bars.heights()).allMatch(h -> h == 10));
        List<Mark> marks = CalibrationChecks.difference(EVEN, "a").marks();
        Line line = (Line) marks.get(1);
        assertArrayEquals(new double[101], line.ys(), 1e-15);
        Band band = (Band) marks.get(0);
        for (int i = 1; i < 100; i++) assertTrue(band.lows()[i] < 0 && band.highs()[i] > 0);
        assertEquals(0, band.highs()[100]);
    }

    @Test
    void theTransformOfObservationsIsDrawnAsRanksAre() {
        LooPit pit = new LooPit(List.of("a", "b", "c"), List.of(0.0, 1.0, Double.NaN));
        Line line = (Line) LooChecks.pit(pit).marks().get(1);
        assertEquals(0.5 - 0.01, line.ys()[1], 1e-15);
        assertEquals(0.5 - 0.99, line.ys()[99], 1e-15);
        assertThrows(IllegalArgumentException.class, () -> LooChecks.pit(new LooPit(List.of("c"), List.of(Double.NaN))));
    }

    /** 200 ranks, 20 bins: binomial with mean 10, of which 95 % are from 5 to 17 (qbinom(c(0.025, 0.975), 200, 0.05) of R is 4 and 16). */
    @Test
    void theBandOfAHistogramIsBinomial() {
        Band band = (Band) CalibrationChecks.histogram(EVEN, "a").marks().get(0);
        assertEquals(4, band.lows()[0]);
        assertEquals(16, band.highs()[0]);
    }
}

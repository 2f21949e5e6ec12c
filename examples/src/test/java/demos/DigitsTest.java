package demos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.Learning;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The demonstrations of handwritten digits with a small flow that learns for seconds; as they are with -Dfluvia.studies=true. */
class DigitsTest {
    private static final FlowSpec SMALL = Flows.glow(1, Digits.SIDE, Digits.SIDE).steps(2).hidden(16);
    private static final UnaryOperator<Learning> SHORT = learning -> learning.epochs(3).rate(5e-3);

    private static Digits digits;
    private static DigitFlow glow;

    @BeforeAll
    static void learn() throws IOException {
        digits = Digits.all();
        glow = DigitFlow.learn(SMALL, digits.toLearn(), SHORT);
    }

    @Test
    void theDataAreThoseOfTheSource() {
        assertEquals(1797, digits.size());
        assertEquals(359, digits.heldOut().size());
        assertEquals(1438, digits.toLearn().size());
        // as scikit-learn's load_digits has them: data.sum(), data.max(), bincount(target)
        assertEquals(561_718, Arrays.stream(digits.images()).flatMapToInt(Arrays::stream).sum());
        assertEquals(16, Arrays.stream(digits.images()).flatMapToInt(Arrays::stream).max().orElseThrow());
        int[] counts = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
        for (int d = 0; d < counts.length; d++) {
            int digit = d;
            assertEquals(counts[d], digits.of(label -> label == digit).size());
        }
    }

    @Test
    void theMarginalsAreOfEachPixelAlone() {
        Digits heldOut = digits.heldOut();
        Marginals marginals = glow.marginals();
        Flow flow = Flow.of(marginals);
        DMatrixRMaj y = heldOut.dequantised(3).columns();
        double[] logDensity = FittedFlow.of(flow, new double[0]).logDensity(y);
        double nats = -Arrays.stream(logDensity).sum() / (heldOut.size() * Digits.PIXELS);
        assertEquals(marginals.bitsPerPixel(heldOut), nats / Math.log(2), 1e-6);
        int draws = 10_000;
        DMatrixRMaj drawn = FittedFlow.of(flow, new double[0]).sample(draws, 4);
        for (int i = 0; i < Digits.PIXELS; i++) {
            double mean = 0.5;
            for (int k = 0; k < Digits.LEVELS; k++) mean += k * marginals.probability(i, k);
            double sum = 0;
            for (int j = 0; j < draws; j++) sum += drawn.get(i, j);
            // a level deviates by at most half its range
            assertEquals(mean, sum / draws, 4 * 0.5 * Digits.LEVELS / Math.sqrt(draws));
        }
    }

    @Test
    void pixelsThatDependOnEachOtherTakeFewerBits() {
        double alone = glow.marginals().bitsPerPixel(digits.heldOut());
        assertTrue(DigitFlow.learn(Flows.fullRank(), digits.toLearn(), SHORT).bitsPerPixel(digits.heldOut()) < alone - 0.1);
        assertTrue(glow.bitsPerPixel(digits.heldOut()) < alone - 0.2);
    }

    @Test
    void theWayFromOneImageToAnotherBeginsAndEndsThere() {
        int[][] shown = DigitsByGlow.between(glow, digits.heldOut());
        for (int row = 0; row < shown.length / 10; row++) {
            assertArrayEquals(digits.heldOut().images()[2 * row], shown[10 * row]);
            assertArrayEquals(digits.heldOut().images()[2 * row + 1], shown[10 * row + 9]);
        }
        assertTrue(DigitsByGlow.picture(glow, digits.heldOut()).svg().contains("drawn"));
    }

    /** A minute and a half. */
    @Test
    @EnabledIfSystemProperty(named = "fluvia.studies", matches = "true")
    void asTheDemonstrationsLearnThem() throws IOException {
        DigitFlow flow = DigitFlow.glow(digits.toLearn());
        DigitCompression.Result packed = DigitCompression.run(flow, digits.heldOut());
        assertTrue(packed.ideal() < 2.02, packed.toString());
        assertTrue(packed.equal() && packed.packed() < 0.68 * packed.deflate(), packed.toString());
        assertEquals(packed.ideal(), packed.net(), 0.01 * packed.ideal());
    }

    @Test
    void noiseIsLessLikelyThanAnyDigitAndAnAnomalyThanMost() throws IOException {
        DigitAnomalies.Result result = DigitAnomalies.run(4, SMALL, SHORT);
        assertEquals(1, result.aucOfNoise());
        assertTrue(result.auc() > 0.6, result.toString());
    }

    @Test
    void aucIsTheShareOfPairsInOrder() {
        assertEquals(0.5, DigitAnomalies.auc(new double[] {1, 2}, new double[] {2, 1}));
        assertEquals(1, DigitAnomalies.auc(new double[] {1, 2, 3}, new double[] {4}));
        assertEquals(2.0 / 6, DigitAnomalies.auc(new double[] {3, 1, 2}, new double[] {1, 2}), 1e-15);
    }

    @Test
    void compressedDigitsComeBackAndAreSmallerThanGzipMakesThem() throws IOException {
        DigitCompression.Result result = DigitCompression.run(glow, digits.heldOut().first(30));
        assertTrue(result.equal());
        assertTrue(result.packed() < 0.9 * result.deflate() && result.deflate() < result.png(), result.toString());
        assertEquals(result.ideal(), result.net(), 0.03 * result.ideal());
    }
}

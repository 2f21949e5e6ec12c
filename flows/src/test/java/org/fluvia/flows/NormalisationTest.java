package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.ActNorm;
import org.fluvia.flows.bijection.BatchNorm;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.bijection.LuAffine;
import org.fluvia.flows.bijection.Normalising;
import org.fluvia.flows.bijection.Partial;
import org.fluvia.flows.bijection.Stack;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;
import org.junit.jupiter.api.Test;

class NormalisationTest {
    private final DMatrixRMaj data = skewed(4, 300);

    /** Data with means and scales of their own, far from normal. */
    private static DMatrixRMaj skewed(int rows, int columns) {
        DMatrixRMaj m = Replay.normal(rows, columns, 3);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) m.set(i, j, 100 * i - 7 + Math.pow(10, i - 2) * (m.get(i, j) + m.get(0, j) * m.get(0, j)));
        }
        return m;
    }

    private static Bijection coupling(Context context) {
        return Coupling.of(Mask.secondHalf(4), Affine.bounded(2), Mlp.of(8), context, 6);
    }

    /** Each sees what those before it have normalised, whichever way the data go through it, and wherever it is. */
    @Test
    void startNormalisesWhatEachLayerIsGiven() {
        Bijection deep = Chain.of(ActNorm.of(4), coupling(Context.none()), Inverse.of(ActNorm.of(4)), LuAffine.trainable(4), BatchNorm.of(4));
        Bijection nested = Chain.of(Stack.of(ActNorm.of(1), Inverse.of(Partial.of(ActNorm.of(2), 3, 0, 2))), coupling(Context.none()),
                Inverse.of(Chain.repeat(2, 1, seed -> Stack.of(Inverse.of(BatchNorm.of(2)), ActNorm.of(2)))), ActNorm.ofChannels(1, 4));
        for (Bijection map : List.of(deep, nested)) {
            Flow flow = Flow.of(map);
            double[] before = Instances.perturbed(flow.weights(), 0.3);
            double[] weights = before.clone();
            Normalisation.of(flow).start(weights, data, Map.of());
            Expr in = Expr.perDraw("in", Shape.of(4));
            List<Normalising.Met> all = map.normalising(in, true);
            assertEquals(map == deep ? 3 : 7, all.size());
            for (Normalising.Met met : all) {
                Expr out = (met.inverse() ? met.layer().inverse(met.given()) : met.layer().forward(met.given())).value();
                DMatrixRMaj normalised = Replay.of(in, out).weights(flow.weights(), weights).run(data).matrix(out);
                if (met.layer().weights().get(0).shape().size() < normalised.numRows) normalised.reshape(1, normalised.getNumElements());
                for (int i = 0; i < normalised.numRows; i++) {
                    assertEquals(0, mean(normalised, i), 1e-9, met.toString());
                    assertEquals(1, variance(normalised, i), 1e-9, met.toString());
                }
            }
            for (int i = 0; i < weights.length; i++) {
                int weight = i;
                boolean own = all.stream().anyMatch(met -> met.layer().weights().contains(input(flow, weight)));
                assertEquals(own, before[i] != weights[i], "weight " + i);
            }
        }
    }

    private static Expr input(Flow flow, int weight) {
        int first = 0;
        for (Expr x : flow.weights().inputs()) {
            first += x.shape().size();
            if (weight < first) return x;
        }
        throw new AssertionError(weight);
    }

    @Test
    void channelsAreNormalisedTogether() {
        Flow flow = Flow.of(ActNorm.ofChannels(2, 2));
        double[] weights = flow.weights().initial();
        Normalisation.of(flow).start(weights, data, Map.of());
        for (int c = 0; c < 2; c++) {
            DMatrixRMaj channel = new DMatrixRMaj(1, 600);
            System.arraycopy(data.data, c * 600, channel.data, 0, 600);
            assertEquals(mean(channel, 0), weights[c], 1e-10);
            assertEquals(0.5 * Math.log(variance(channel, 0)), weights[2 + c], 1e-12);
        }
    }

    /** A tenth is not a number: the mean of many is a little beside it. */
    @Test
    void elementsThatDoNotVaryAreMovedAndKeepTheirScale() {
        int n = 1001;
        DMatrixRMaj constant = new DMatrixRMaj(3, n);
        Arrays.fill(constant.data, 0, n, 0.1);
        Arrays.fill(constant.data, n, 2 * n, -1e100 / 3);
        for (Bijection map : List.of(ActNorm.of(3), BatchNorm.of(3), Inverse.of(ActNorm.of(3)))) {
            Flow flow = Flow.of(map);
            double[] weights = flow.weights().initial();
            Normalisation.of(flow).start(weights, constant, Map.of());
            double sign = map instanceof Inverse ? -1 : 1;
            double[] expected = {sign * 0.1, -sign * 1e100 / 3, 0, 0, 0, 0};
            for (int i = 0; i < 6; i++) assertEquals(expected[i], weights[i] + 0.0, 1e-13 * Math.abs(expected[i]), map + " " + i);
        }
    }

    /** The moments after a batch are (1 - share) of the old and share of the batch's. */
    @Test
    void batchNormFollowsMomentsAndActNormDoesNot() {
        for (boolean turned : new boolean[] {false, true}) {
            Bijection batch = BatchNorm.of(4);
            Flow flow = Flow.of(Stack.of(turned ? Inverse.of(batch) : batch, ActNorm.of(2)));
            DMatrixRMaj six = skewed(6, 50);
            double[] weights = flow.weights().initial();
            Normalisation.of(flow).follow(weights, six, Map.of(), 0.1);
            for (int i = 0; i < 4; i++) {
                double mean = 0.1 * mean(six, i);
                double sd = Math.sqrt(0.9 + 0.1 * variance(six, i));
                assertEquals(turned ? -mean / sd : mean, weights[i], 1e-12 * (1 + Math.abs(mean)));
                assertEquals(turned ? -Math.log(sd) : Math.log(sd), weights[4 + i], 1e-12);
            }
            for (int i = 8; i < 12; i++) assertEquals(0, weights[i]);
            for (int step = 0; step < 400; step++) Normalisation.of(flow).follow(weights, six, Map.of(), 0.1);
            double[] expected = flow.weights().initial();
            Normalisation.of(flow).start(expected, six, Map.of());
            assertArrayEquals(Arrays.copyOf(expected, 8), Arrays.copyOf(weights, 8), 1e-9);
        }
    }

    @Test
    void whatAConditionalFlowIsGivenDependsOnTheContext() {
        Expr c = Expr.perDraw("c", Shape.of(2));
        Flow flow = Flow.of(Chain.of(ActNorm.of(4), coupling(Context.of(c))));
        DMatrixRMaj one = Replay.normal(2, data.numCols, 1);
        DMatrixRMaj other = Replay.normal(2, data.numCols, 2);
        double[] weights = Instances.perturbed(flow.weights(), 0.3);
        double[] others = weights.clone();
        Normalisation.of(flow).start(weights, data, Map.of(c, one));
        Normalisation.of(flow).start(others, data, Map.of(c, other));
        assertEquals(weights[0], others[0]);
        assertTrue(weights[3] != others[3]);
    }

    @Test
    void aFlowWithoutSuchLayersIsLeftAsItIs() {
        Flow flow = Flows.realNvp().build(4, 1);
        double[] weights = flow.weights().initial();
        Normalisation.of(flow).start(weights, data, Map.of());
        Normalisation.of(flow).follow(weights, data, Map.of(), 1);
        assertArrayEquals(flow.weights().initial(), weights);
    }

    @Test
    void badArgumentsAreNamed() {
        Normalisation n = Normalisation.of(Flow.of(ActNorm.of(4)));
        assertMessage("Normalisation: data must have 4 rows, one for each element, and at least 1 columns, but were 3 x 2",
                () -> n.start(new double[8], new DMatrixRMaj(3, 2), Map.of()));
        assertMessage("Normalisation: data must have 4 rows, one for each element, and at least 1 columns, but were 4 x 0",
                () -> n.start(new double[8], new DMatrixRMaj(4, 0), Map.of()));
        assertMessage("Normalisation: data must have 4 rows, one for each element, and at least 2 columns, but were 4 x 1",
                () -> n.follow(new double[8], new DMatrixRMaj(4, 1), Map.of(), 0.1));
        assertMessage("Normalisation: share must be positive and at most 1, but was 0.0", () -> n.follow(new double[8], data, Map.of(), 0));
        assertMessage("Weights: values must have 8 elements, but had 7", () -> n.start(new double[7], data, Map.of()));
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e200}) {
            DMatrixRMaj broken = data.copy();
            broken.set(2, 5, bad);
            String message = assertThrows(IllegalArgumentException.class, () -> n.start(new double[8], broken, Map.of())).getMessage();
            assertTrue(message.startsWith("Normalisation: what ActNorm(4) is given must have finite moments, but element 2 has mean "), message);
        }
        assertMessage("ActNorm: channels and positions must be at least 1, but were 0 and 1", () -> ActNorm.of(0));
        assertMessage("BatchNorm: channels and positions must be at least 1, but were 2 and 0", () -> BatchNorm.ofChannels(2, 0));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }

    private static double mean(DMatrixRMaj m, int row) {
        double sum = 0;
        for (int j = 0; j < m.numCols; j++) sum += m.get(row, j);
        return sum / m.numCols;
    }

    private static double variance(DMatrixRMaj m, int row) {
        double mean = mean(m, row);
        double sum = 0;
        for (int j = 0; j < m.numCols; j++) sum += (m.get(row, j) - mean) * (m.get(row, j) - mean);
        return sum / m.numCols;
    }
}

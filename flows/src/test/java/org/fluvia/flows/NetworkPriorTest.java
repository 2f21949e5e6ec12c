package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.CauchyDistribution;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.bijection.Partial;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.bijection.Stack;
import org.fluvia.flows.conditioner.Activation;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Convolution;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Autoregressive;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;
import org.junit.jupiter.api.Test;

/** The first layer of a network has a prior of the scale that it is drawn with, and no other weights have one. */
class NetworkPriorTest {
    private static final Affine AFFINE = Affine.bounded(2);

    private static Coupling coupling(Mlp network) {
        return Coupling.of(Mask.secondHalf(5), AFFINE, network, Context.none(), 1);
    }

    /** The log-density, relative to that at 0, of what the name says, as it starts, under Cauchy distributions. */
    private static double expected(Bijection map, String name, int inputs) {
        CauchyDistribution prior = CauchyDistribution.of(0, 1 / Math.sqrt(inputs));
        return start(map, name).map(w -> prior.logDensity(w) - prior.logDensity(0)).sum();
    }

    private static DoubleStream start(Bijection map, String name) {
        return map.weights().stream().filter(w -> name.equals(w.name())).flatMapToDouble(w -> DoubleStream.of(SharedValues.of(w)));
    }

    private static double logPrior(Bijection map) {
        Expr prior = map.logPrior();
        Workspace w = Program.of(prior).workspace();
        Weights weights = Weights.of(map.weights());
        if (weights.size() > 0) weights.set(w, weights.initial());
        w.run(1);
        double[] value = new double[1];
        w.shared(prior, value, 0);
        return value[0];
    }

    @Test
    void networksHaveThatOfTheirFirstLayerWhateverTheyAreIn() {
        Coupling coupling = coupling(Mlp.of(7, 6));
        double one = expected(coupling, "matrix 1", 3);
        for (Bijection map : List.of(coupling, Inverse.of(coupling), Partial.of(coupling, 9, 8, 0, 2, 3, 5), Stack.of(coupling, Permutation.reverse(2)),
                Chain.of(Permutation.reverse(5), coupling))) {
            assertEquals(one, logPrior(map), 1e-12 * -one, map.toString());
        }
        Coupling other = Coupling.of(Mask.firstHalf(5), AFFINE, Mlp.of(4), Context.none(), 2);
        assertEquals(one + expected(other, "matrix 1", 2), logPrior(Chain.of(coupling, other)), 1e-12 * -one);
    }

    @Test
    void contextsAreInputsToo() {
        Context context = Context.of(Expr.perDraw("context", Shape.of(4)));
        Coupling given = Coupling.of(Mask.secondHalf(5), AFFINE, Mlp.of(7), context, 1);
        assertEquals(expected(given, "matrix 1", 7), logPrior(given), 1e-9);
        Elementwise each = Elementwise.of(3, AFFINE, Mlp.of(7), context, 1);
        assertEquals(expected(each, "matrix 1", 4), logPrior(each), 1e-9);
    }

    @Test
    void maskedAndConvolutionalNetworksHaveOneToo() {
        Autoregressive masked = Autoregressive.of(6, AFFINE, Masked.of(12, 12), Context.none(), 1);
        assertEquals(expected(masked, "matrix 1", 6), logPrior(masked), 1e-9);
        Coupling convolution = Coupling.of(Mask.secondHalf(8), AFFINE, new Convolution(2, 2, Mlp.of(5)), Context.none(), 1);
        assertEquals(expected(convolution, "matrix 1", 9), logPrior(convolution), 1e-9);
    }

    @Test
    void directionsAndLengthsHaveThatOfTheirMatrix() {
        double plain = logPrior(coupling(Mlp.of(7)));
        assertEquals(plain, logPrior(coupling(Mlp.of(7).weightNormalised(true))), 1e-12 * -plain);
    }

    @Test
    void nothingElseHasOne() {
        assertEquals(0, logPrior(coupling(Mlp.of())));
        assertEquals(0, logPrior(Elementwise.of(3, AFFINE, FreeWeights.trainable(), Context.none(), 1)));
        assertEquals(0, logPrior(Permutation.reverse(3)));
        assertEquals(0, logPrior(Autoregressive.of(1, AFFINE, Masked.of(3), Context.none(), 1)));
    }

    @Test
    void theStartHasTheScaleOfThePrior() {
        for (Bijection map : List.of(Autoregressive.of(40, AFFINE, Masked.of(200), Context.none(), 3),
                Coupling.of(Mask.secondHalf(80), AFFINE, Mlp.of(100).activation(Activation.relu()), Context.none(), 3))) {
            double[] first = start(map, "matrix 1").toArray();
            // the sum of squares of n standard normal numbers, to five standard deviations
            assertEquals(first.length, 40 * DoubleStream.of(first).map(w -> w * w).sum(), 5 * Math.sqrt(2.0 * first.length));
            assertEquals(expected(map, "matrix 1", 40), logPrior(map), 1e-9 * first.length);
        }
    }

    /** At the start the last layer is 0, so that the likelihood says nothing about the first one: what is left is the prior, once for all rows. */
    @Test
    void itCountsOnceAmongAllRows() {
        Coupling coupling = coupling(Mlp.of(7));
        Flow flow = Flow.of(coupling);
        double[][] rows = IntStream.range(0, 9).mapToObj(i -> IntStream.range(0, 5).mapToDouble(j -> Math.sin(7 * i + j)).toArray()).toArray(double[][]::new);
        for (Samples samples : Stream.of(Samples.of(rows), Samples.of(rows).weights(3, 1, 2, 1, 1, 1, 1, 1, 1)).toList()) {
            MaximumLikelihood likelihood = new MaximumLikelihood(flow, null, samples, new Batches(samples, new int[] {0, 1, 2, 3, 4, 5}, 2, 1),
                    new int[] {6, 7, 8}, Workers.none());
            double[] weights = flow.weights().initial();
            double[] slope = new double[weights.length];
            assertEquals(2, likelihood.gradient(weights, 0, slope));
            assertEquals("matrix 1", flow.weights().inputs().get(0).name());
            for (int i = 0; i < 21; i++) assertEquals(2 * 2 * 3 * weights[i] / (1 + 3 * weights[i] * weights[i]) / 6, slope[i], 1e-12);
        }
    }
}

package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Autoregressive;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;
import org.fluvia.flows.transformer.Transformer;
import org.fluvia.flows.transformer.TransformerFamily;
import org.fluvia.flows.transformer.Transformers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What layers add to the contract of bijections: where they start, on what each element depends, and the context. */
class LayersTest {
    private static final Expr CONTEXT = Expr.perDraw("context", Shape.of(2));

    private static List<Bijection> layers(Transformer t, int d, Context context) {
        return List.of(Coupling.of(Mask.secondHalf(d), t, Mlp.of(6), context, 1), Coupling.of(Mask.firstHalf(d), t, Mlp.of(), context, 2),
                Autoregressive.of(d, t, Masked.of(6, 5), context, 3),
                Elementwise.of(d, t, context.size() == 0 ? FreeWeights.trainable() : Mlp.of(6), context, 4));
    }

    static Stream<TransformerFamily> transformers() {
        return Transformers.table().rows().stream();
    }

    /** All but maps of one shape, which have no parameters. */
    static Stream<TransformerFamily> transformersWithParameters() {
        return transformers().filter(family -> !family.example().parameters().isEmpty());
    }

    /** Bit for bit, but for the sign of zero. */
    @ParameterizedTest
    @MethodSource("transformersWithParameters")
    void layersStartAsExactlyTheIdentity(TransformerFamily family) {
        for (Context context : List.of(Context.none(), Context.of(CONTEXT))) {
            for (Bijection layer : layers(family.example(), 5, context)) {
                Expr in = input(5);
                Transformed forward = layer.forward(in);
                Transformed inverse = layer.inverse(in);
                DMatrixRMaj at = Replay.extreme(5);
                Replay r = Replay.of(in, forward.value(), inverse.value(), forward.logAbsDetJacobian(), inverse.logAbsDetJacobian())
                        .also(CONTEXT, Replay.normal(2, at.numCols, 1)).run(at);
                for (Transformed t : List.of(forward, inverse)) {
                    double[] value = r.matrix(t.value()).data;
                    for (int i = 0; i < value.length; i++) assertEquals(at.data[i] + 0.0, value[i] + 0.0, layer + " at " + at.data[i]);
                    for (double logDet : r.scalars(t.logAbsDetJacobian())) assertEquals(0, Math.abs(logDet), layer.toString());
                }
            }
        }
    }

    /** Against the derivative of each element with respect to itself, both ways, at elements and parameters of any size that is lawful. */
    @ParameterizedTest
    @MethodSource("transformers")
    void slopesArePositiveAndThoseOfTheDerivative(TransformerFamily family) {
        Transformer t = family.example();
        int n = 7;
        Bijection layer = Elementwise.of(n, t, FreeWeights.trainable(), Context.none(), 1);
        Weights layout = Weights.of(layer.weights());
        Expr in = input(n);
        for (Transformer.Moved m : List.of(t.forward(in, layer.weights()), t.inverse(in, layer.weights()))) {
            Expr derivative = Gradient.of(m.value().sum(), in);
            Expr logSlope = m.logSlope().repeatedOverDraws();
            Replay r = Replay.of(in, m.value(), derivative, logSlope);
            for (double size : new double[] {0.1, 1, 3}) {
                DMatrixRMaj at = Replay.normal(n, 40, 2);
                for (int i = 0; i < at.data.length; i++) at.data[i] *= 3;
                r.weights(layout, Instances.perturbed(layout, size)).run(at);
                double[] slope = r.matrix(derivative).data;
                double[] log = r.matrix(logSlope).data;
                for (int i = 0; i < slope.length; i++) {
                    assertTrue(slope[i] > 0, family.name() + " falls");
                    assertEquals(StrictMath.log(slope[i]), log[i], 1e-9 * (1 + Math.abs(log[i])), family.name());
                }
            }
        }
    }

    /** Exactly zero above the diagonal, and no zero below: no element depends on one behind it, each on all before it. */
    @Test
    void anElementDependsOnThoseBeforeItAndOnNoOther() {
        for (int d : new int[] {2, 3, 9}) {
            Bijection layer = Autoregressive.of(d, Affine.bounded(2), Masked.of(4, 5), Context.none(), 1);
            Weights layout = Weights.of(layer.weights());
            Expr in = input(d);
            Expr forward = layer.forward(in).value();
            Expr inverse = layer.inverse(in).value();
            for (Expr value : List.of(forward, inverse)) {
                for (int i = 0; i < d; i++) {
                    Expr row = Gradient.of(value.get(i), in);
                    DMatrixRMaj derivative = Replay.of(in, row).weights(layout, Instances.perturbed(layout, 0.4))
                            .run(Replay.normal(d, 1, 1)).matrix(row);
                    for (int j = 0; j < d; j++) assertEquals(j > i, derivative.get(j, 0) == 0, d + ": " + i + " by " + j);
                }
            }
        }
    }

    /** Each unit of the network is recorded once: an element more is always as many steps more. */
    @Test
    void theStepsOfAnAutoregressiveInverseGrowAsTheElements() {
        assertEquals(inverseOperations(20) - inverseOperations(10), inverseOperations(30) - inverseOperations(20));
    }

    private static int inverseOperations(int d) {
        Transformed t = Autoregressive.of(d, Affine.bounded(2), Masked.of(d), Context.none(), 1).inverse(input(d));
        return Program.of(t.value(), t.logAbsDetJacobian()).operations();
    }

    @Test
    void everyElementDependsOnEveryElementOfTheContext() {
        int d = 4;
        for (Bijection layer : layers(Affine.bounded(2), d, Context.of(CONTEXT))) {
            Weights layout = Weights.of(layer.weights());
            Expr in = input(d);
            Transformed forward = layer.forward(in);
            Expr back = layer.inverse(forward.value()).value();
            Replay r = Replay.of(in, forward.value(), back).weights(layout, Instances.perturbed(layout, 0.4));
            DMatrixRMaj at = Replay.normal(d, 3, 1);
            DMatrixRMaj context = Replay.normal(2, 3, 2);
            DMatrixRMaj before = r.also(CONTEXT, context).run(at).matrix(forward.value());
            for (int k = 0; k < 2; k++) {
                DMatrixRMaj other = context.copy();
                other.add(k, 1, 0.1);
                DMatrixRMaj after = r.also(CONTEXT, other).run(at).matrix(forward.value());
                assertArrayEquals(at.data, r.matrix(back).data, 1e-12);
                for (int i = 0; i < d; i++) {
                    assertEquals(before.get(i, 0), after.get(i, 0), "another draw's context");
                    boolean kept = layer instanceof Coupling && before.get(i, 1) == at.get(i, 1);
                    assertEquals(kept, before.get(i, 1) == after.get(i, 1), layer + ", element " + i);
                }
            }
        }
    }

    @Test
    void weightsOfAContextAreThoseOfTheFlowOnce() {
        Expr embedding = Expr.shared("embedding", Shape.of(2, 2), 1, 0, 0, 1);
        Context context = new Context(embedding.matmul(CONTEXT), List.of(embedding));
        for (FlowSpec spec : List.of(Flows.realNvp().layers(3).hidden(4), Flows.fullRank(), Flows.diagonal())) {
            for (int d : new int[] {1, 3}) {
                Flow flow = spec.build(d, 1, context);
                assertEquals(1, flow.weights().inputs().stream().filter(embedding::equals).count(), spec.toString());
                Flow without = spec.build(d, 1);
                assertFalse(without.weights().inputs().contains(embedding));
            }
        }
    }

    /** Where the fast path gradients meet a context per draw: the gradient of log q at fixed weights, carried through the value. */
    @Test
    void pathGradientsWithAContextAreThoseOfTheDensityAtFixedWeights() {
        Expr embedding = Expr.shared("embedding", Shape.of(2, 2), 1, 0.2, -0.3, 1);
        Context context = new Context(embedding.matmul(CONTEXT), List.of(embedding));
        int d = 3;
        int n = 20;
        Flow flow = Flow.of(Autoregressive.of(d, Affine.bounded(2), Masked.of(5), context, 1))
                .then(Coupling.of(Mask.firstHalf(d), Affine.bounded(2), Mlp.of(5), context, 2));
        double[] weights = Instances.perturbed(flow.weights(), 0.3);
        DMatrixRMaj z = Replay.normal(d, n, 3);
        DMatrixRMaj c = Replay.normal(2, n, 4);
        Expr noise = input(d);
        Flow.Draw path = flow.pathSample(noise);
        List<Expr> gradients = flow.weights().gradients(path.logDensity());
        Replay r = Replay.of(noise, List.of(path.value()), gradients).weights(flow.weights(), weights).also(CONTEXT, c).run(z);

        Expr value = input(d);
        Expr byValue = Gradient.of(flow.logDensity(value), value);
        DMatrixRMaj score = Replay.of(value, byValue).weights(flow.weights(), weights).also(CONTEXT, c)
                .run(r.matrix(path.value())).matrix(byValue);
        Expr factor = input(d);
        List<Expr> carried = flow.weights().gradients(flow.sample(noise).value().dot(factor));
        double[] expected = Replay.of(noise, carried).weights(flow.weights(), weights).also(factor, score).also(CONTEXT, c).run(z)
                .gradient(flow.weights(), carried);
        double[] actual = r.gradient(flow.weights(), gradients);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-9 * (1 + Math.abs(expected[i])), "weight " + i);
        }
        assertTrue(Arrays.stream(actual).anyMatch(g -> g != 0));
    }

    private static Expr input(int d) {
        return Expr.perDraw("in", Shape.of(d));
    }
}

package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.layer.BlockAutoregressive;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.Bernstein;
import org.fluvia.flows.transformer.DeepSigmoidal;
import org.fluvia.flows.transformer.SumOfSquares;
import org.fluvia.flows.transformer.Transformer;
import org.fluvia.flows.transformer.UnconstrainedMonotonic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Increasing networks and polynomials: against values of mpmath, and what bounds their slopes whatever their weights. */
class MonotoneTest {
    private final Expr in = Expr.perDraw("in", Shape.of(1));

    /** monotone.txt is made by monotone.py. */
    @Test
    void valuesAndSlopesAreThoseOfTheFormulas() throws IOException {
        int count = 0;
        for (String line : lines()) {
            String[] words = line.split(" ");
            double[] v = Arrays.stream(words, 1, words.length).mapToDouble(Double::parseDouble).toArray();
            Transformer t = switch (words[0]) {
                case "naf" -> new DeepSigmoidal((int) v[0]);
                case "sos" -> new SumOfSquares((int) v[0], (int) v[1], v[2]);
                case "bernstein" -> new Bernstein((int) v[0], v[2]);
                default -> new UnconstrainedMonotonic((int) v[0], v[2]);
            };
            // the rule of UnconstrainedMonotonic against the integral itself
            double accuracy = words[0].equals("integral") ? 1e-7 : 1e-12;
            int end = v.length - 3;
            Bijection map = elementwise(1, t);
            Transformed forward = map.forward(in);
            Transformed inverse = map.inverse(in);
            Replay r = Replay.of(in, forward.value(), forward.logAbsDetJacobian(), inverse.value(), inverse.logAbsDetJacobian())
                    .weights(Weights.of(map.weights()), Arrays.copyOfRange(v, 3, end)).run(new DMatrixRMaj(1, 1, true, v[end]));
            assertEquals(v[end + 1], r.matrix(forward.value()).get(0), accuracy * (1 + Math.abs(v[end + 1])), line);
            assertEquals(v[end + 2], r.scalars(forward.logAbsDetJacobian())[0], 10 * accuracy, line);
            r.run(new DMatrixRMaj(1, 1, true, v[end + 1]));
            double flat = StrictMath.exp(-Math.min(0, v[end + 2]));
            assertEquals(v[end], r.matrix(inverse.value()).get(0), 10 * accuracy * flat * (1 + Math.abs(v[end])), line);
            count++;
        }
        assertEquals(200, count);
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(MonotoneTest.class.getResourceAsStream("monotone.txt")), StandardCharsets.UTF_8))) {
            return file.lines().toList();
        }
    }

    private record Bounded(Transformer transformer, double low, double high) {}

    static Stream<Bounded> bounded() {
        return Stream.of(new Bounded(new DeepSigmoidal(5), 0.01, StrictMath.exp(4)),
                // up to what the rule for its integral is off by
                new Bounded(new UnconstrainedMonotonic(4, 5), 0.99 * StrictMath.exp(-5), 1.01 * StrictMath.exp(5)),
                new Bounded(new SumOfSquares(3, 4, 5), 0.01, 3 * 11 * 11), new Bounded(new Bernstein(7, 5), StrictMath.exp(-4), StrictMath.exp(4)));
    }

    /** As a network whose outputs are far off gives them, at points near and far; the slope is that of the derivative, and all is finite. */
    @ParameterizedTest
    @MethodSource("bounded")
    void slopesStayWithinBoundsWhateverTheParameters(Bounded b) {
        Bijection map = elementwise(1, b.transformer);
        Weights layout = Weights.of(map.weights());
        Transformed t = map.forward(in);
        Transformed back = map.inverse(t.value());
        Expr slope = Gradient.of(t.value().sum(), in);
        Expr f = t.value().sum().plus(t.logAbsDetJacobian());
        Expr byInput = Gradient.of(f, in);
        List<Expr> byWeights = layout.gradients(f);
        Replay r = Replay.of(in, List.of(t.value(), t.logAbsDetJacobian(), back.value(), slope, byInput), byWeights);
        DMatrixRMaj at = new DMatrixRMaj(1, 25);
        for (int j = 0; j < 21; j++) at.set(0, j, 0.6 * (j - 10));
        for (int j = 21; j < 25; j++) at.set(0, j, new double[] {-1e300, -1e9, 1e9, 1e300}[j - 21]);
        for (double size : new double[] {1e-300, 0.5, 2, 5, 50, 1e10, 1e300}) {
            for (int seed = 0; seed < 12; seed++) {
                double[] weights = Replay.normal(1, layout.size(), seed).data;
                for (int i = 0; i < weights.length; i++) weights[i] = Math.max(-1e300, Math.min(1e300, size * weights[i]));
                r.weights(layout, weights).run(at);
                double[] log = r.scalars(t.logAbsDetJacobian());
                double[] derivative = r.matrix(slope).data;
                double[] value = r.matrix(t.value()).data;
                double[] found = r.matrix(back.value()).data;
                for (int j = 0; j < log.length; j++) {
                    String where = b + " at " + at.get(j) + " with " + Arrays.toString(weights);
                    assertTrue(log[j] >= StrictMath.log(b.low) - 1e-9 && log[j] <= StrictMath.log(b.high) + 1e-9, where + ": " + log[j]);
                    assertTrue(Double.isFinite(value[j]) && Double.isFinite(found[j]) && Double.isFinite(r.matrix(byInput).get(j)), where);
                    if (Math.abs(at.get(j)) <= 6 && size <= 50) {
                        assertEquals(StrictMath.log(derivative[j]), log[j], 1e-9, where);
                        double rounding = 1e-15 * (10 + Math.abs(value[j])) / b.low;
                        assertEquals(at.get(j), found[j], 1e-9 + rounding, where);
                    }
                }
                for (double g : r.gradient(layout, byWeights)) assertTrue(Double.isFinite(g), b + " with " + Arrays.toString(weights));
            }
        }
    }

    /** The network of blocks, too: with gains of either sign at their bounds. */
    @Test
    void blocksHaveSlopesWithinBoundsWhateverTheirWeights() {
        Bijection map = BlockAutoregressive.of(1, List.of(4, 3), Context.none(), 1);
        Weights layout = Weights.of(map.weights());
        Expr logSlope = map.forward(in).logAbsDetJacobian();
        Replay r = Replay.of(in, logSlope);
        DMatrixRMaj at = new DMatrixRMaj(1, 7, true, -1e300, -4, -1, 0, 0.5, 3, 1e300);
        for (double size : new double[] {0.5, 5, 1e10}) {
            for (int seed = 0; seed < 40; seed++) {
                double[] weights = Replay.normal(1, layout.size(), seed).data;
                for (int i = 0; i < weights.length; i++) weights[i] *= size;
                for (double log : r.weights(layout, weights).run(at).scalars(logSlope)) assertTrue(Math.abs(log) <= 4 + 1e-12, "log slope " + log);
            }
        }
    }

    static Stream<FlowSpec> flows() {
        return Stream.of(Flows.naf(), Flows.umnn(), Flows.sos(), Flows.bernstein(), Flows.bnaf(), Flows.bnaf().layers(2).hidden(3, 2));
    }

    /** Bit for bit, but for the sign of zero, whatever the context. */
    @ParameterizedTest
    @MethodSource("flows")
    void flowsStartAsExactlyTheIdentityEitherWayRound(FlowSpec spec) {
        Expr context = Expr.perDraw("context", Shape.of(2));
        for (FlowSpec.Use use : FlowSpec.Use.values()) {
            FlowSpec turned = spec.towards(use);
            for (int d : new int[] {1, 3}) {
                Flow flow = turned.build(d, 1, Context.of(context));
                assertEquals(Cost.ONE_PASS, use == FlowSpec.Use.DRAWS ? flow.drawCost() : flow.densityCost());
                assertEquals(Cost.ITERATIVE, use == FlowSpec.Use.DRAWS ? flow.densityCost() : flow.drawCost());
                Expr x = Expr.perDraw("in", Shape.of(d));
                Transformed t = Instances.map(flow).forward(x);
                DMatrixRMaj at = Replay.extreme(d);
                Replay r = Replay.of(x, t.value(), t.logAbsDetJacobian()).also(context, Replay.normal(2, at.numCols, 1)).run(at);
                double[] value = r.matrix(t.value()).data;
                for (int i = 0; i < value.length; i++) assertEquals(at.data[i] + 0.0, value[i] + 0.0, spec.toString());
                for (double logDet : r.scalars(t.logAbsDetJacobian())) assertEquals(0, Math.abs(logDet), spec.toString());
            }
        }
    }

    @Test
    void aChoiceOfWhatIsCheapIsKept() {
        FlowSpec chosen = Flows.naf().cheap(FlowSpec.Use.DENSITY);
        assertEquals(chosen, chosen.towards(FlowSpec.Use.DRAWS));
        FlowSpec blocks = Flows.bnaf().cheap(FlowSpec.Use.DENSITY);
        assertEquals(blocks, blocks.towards(FlowSpec.Use.DRAWS));
        assertEquals(Cost.ONE_PASS, Flows.bnaf().build(2, 1).drawCost());
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("DeepSigmoidal: units must be at least 2, but was 1", () -> new DeepSigmoidal(1));
        assertMessage("UnconstrainedMonotonic: units must be at least 1, but was 0", () -> new UnconstrainedMonotonic(0, 5));
        assertMessage("UnconstrainedMonotonic: bound must be positive and finite, but was NaN", () -> new UnconstrainedMonotonic(1, Double.NaN));
        assertMessage("SumOfSquares: polynomials must be at least 1, but was 0", () -> new SumOfSquares(0, 4, 5));
        assertMessage("SumOfSquares: degree must be at least 1, but was 0", () -> new SumOfSquares(2, 0, 5));
        assertMessage("SumOfSquares: bound must be positive and finite, but was 0.0", () -> new SumOfSquares(2, 4, 0));
        assertMessage("Bernstein: degree must be at least 1, but was -1", () -> new Bernstein(-1, 5));
        assertMessage("Bernstein: bound must be positive and finite, but was Infinity", () -> new Bernstein(3, Double.POSITIVE_INFINITY));
        assertMessage("MonotoneAutoregressive: layers must be at least 1, but was 0", () -> Flows.sos().layers(0));
        assertMessage("MonotoneAutoregressive: hidden widths must be at least 1, but were [0]", () -> Flows.sos().hidden(0));
        assertMessage("BlockNeuralAutoregressive: layers must be at least 1, but was 0", () -> Flows.bnaf().layers(0));
        assertMessage("BlockNeuralAutoregressive: hidden widths must be at least 1, but were [4, 0]", () -> Flows.bnaf().hidden(4, 0));
        assertMessage("BlockNeuralAutoregressive: there must be a hidden layer, but there was none", () -> new BlockNeuralAutoregressive(1, List.of(), null));
        assertMessage("BlockAutoregressive: there must be a hidden layer, but there was none",
                () -> BlockAutoregressive.of(2, List.of(), Context.none(), 1));
        assertMessage("BlockAutoregressive: dimension must be at least 1, but was 0", () -> Flows.bnaf().build(0, 1));
    }

    private static void assertMessage(String expected, Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }

    private static Bijection elementwise(int d, Transformer t) {
        return Elementwise.of(d, t, FreeWeights.trainable(), Context.none(), 1);
    }
}

package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Activation;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Autoregressive;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;
import org.fluvia.flows.transformer.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts that networks are made of: activations, blocks, weights, masks, embeddings. */
class NetworksTest {
    private static final List<Parameter> OUTPUT = List.of(Parameter.of("output", 0.5));

    /** By other means than the library's. */
    private static final Map<String, DoubleUnaryOperator> FORMULAS = Map.of(
            "tanh", StrictMath::tanh,
            "ReLU", x -> x > 0 ? x : 0,
            "leaky ReLU", x -> x > 0 ? x : 0.01 * x,
            "ELU", x -> x > 0 ? x : StrictMath.expm1(x),
            "GELU", x -> x * NormalDistribution.of(0, 1).cumulativeProbability(x),
            "softplus", x -> StrictMath.log1p(StrictMath.exp(x)),
            "SiLU", x -> x / (1 + StrictMath.exp(-x)));

    static Stream<Activation> activations() {
        return Activation.table().rows().stream();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activationsAreTheirFormulas(Activation activation) {
        Expr in = input(1);
        Expr value = activation.at(in);
        Expr derivative = Gradient.of(value.sum(), in);
        DMatrixRMaj at = Replay.normal(1, 50, 1);
        for (int i = 0; i < at.data.length; i++) at.data[i] *= 4;
        Replay r = Replay.of(in, value, derivative).run(at);
        DoubleUnaryOperator f = FORMULAS.get(activation.name());
        double h = 1e-5;
        for (int i = 0; i < at.data.length; i++) {
            double x = at.data[i];
            assertEquals(f.applyAsDouble(x), r.matrix(value).data[i], 1e-14 * (1 + Math.abs(x)), "at " + x);
            assertEquals((f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h), r.matrix(derivative).data[i], 1e-8, "derivative at " + x);
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activationsAndTheirDerivativesAreFiniteAtExtremes(Activation activation) {
        Expr in = input(1);
        Expr value = activation.at(in);
        Expr first = Gradient.of(value.sum(), in);
        Expr second = Gradient.of(first.sum(), in);
        DMatrixRMaj at = Replay.extreme(1);
        Replay r = Replay.of(in, value, first, second).run(at);
        for (Expr e : List.of(value, first, second)) {
            for (int i = 0; i < at.data.length; i++) assertTrue(Double.isFinite(r.matrix(e).data[i]), e + " at " + at.data[i]);
        }
        boolean bounded = Math.abs(r.matrix(value).data[9]) <= 1;
        assertEquals(bounded, activation.isBounded());
    }

    private static Stream<Mlp> recipes() {
        Mlp plain = Mlp.of(5, 4, 6);
        return Activation.table().rows().stream().map(plain::activation).flatMap(m -> Stream.of(m, m.residual(true)))
                .flatMap(m -> Stream.of(m, m.weightNormalised(true)));
    }

    /** Output by input, at hostile inputs and weights far from where they start. */
    @Test
    void networksAndTheirDerivativesAreFiniteAtExtremes() {
        recipes().forEach(recipe -> {
            Conditioner network = recipe.build(3, 2, OUTPUT, Context.none(), 1);
            Weights layout = Weights.of(network.weights());
            Expr in = input(3);
            Expr out = network.parameters(in).get(0);
            Expr byInput = Gradient.of(out.sum(), in);
            List<Expr> byWeights = layout.gradients(out.sum());
            Replay r = Replay.of(in, List.of(out, byInput), byWeights).weights(layout, Instances.perturbed(layout, 3)).run(Replay.extreme(3));
            for (double[] values : List.of(r.matrix(out).data, r.matrix(byInput).data, r.gradient(layout, byWeights))) {
                for (double v : values) assertTrue(Double.isFinite(v), recipe.toString());
            }
        });
    }

    @Test
    void aLastLayerOfZerosGivesWhereParametersStart() {
        recipes().forEach(recipe -> {
            assertArrayEquals(new double[] {0.5, 0.5}, outputs(recipe), recipe.toString());
            assertTrue(outputs(recipe.lastLayer(0.1))[0] != 0.5, recipe.toString());
        });
    }

    @Test
    void weightNormalisationStartsAsTheSameFunctionWithOneWeightMoreARow() {
        Mlp plain = Mlp.of(5, 4, 6).residual(true).lastLayer(1);
        assertArrayEquals(outputs(plain), outputs(plain.weightNormalised(true)), 1e-14);
        int rows = 5 + 4 + 5 + 6 + 5 + 2;
        assertEquals(rows, size(plain.weightNormalised(true)) - size(plain));
        assertEquals((3 * 5 + 5) + (5 * 4 + 4) + (4 * 5 + 5) + (5 * 6 + 6) + (6 * 5 + 5) + (5 * 2 + 2), size(plain));
    }

    private static int size(Mlp recipe) {
        return Weights.of(recipe.build(3, 2, OUTPUT, Context.none(), 1).weights()).size();
    }

    private static double[] outputs(Mlp recipe) {
        Expr in = input(3);
        Expr out = recipe.build(3, 2, OUTPUT, Context.none(), 1).parameters(in).get(0);
        return Replay.of(in, out).run(Replay.normal(3, 1, 1)).matrix(out).data;
    }

    /** Against the sums written out: first layer, block, last layer. */
    @Test
    void aResidualBlockAddsToWhatItIsGiven() {
        Conditioner network = Mlp.of(1, 1).residual(true).build(1, 1, OUTPUT, Context.none(), 1);
        Weights layout = Weights.of(network.weights());
        double[] w = {0.7, 0.1, -1.3, 0.4, 2, -0.6, 1.5, 0.2};
        Expr in = input(1);
        Expr out = network.parameters(in).get(0);
        DMatrixRMaj x = Replay.normal(1, 1, 2);
        double h = StrictMath.tanh(w[0] * x.get(0, 0) + w[1]);
        double block = h + w[4] * StrictMath.tanh(w[2] * h + w[3]) + w[5];
        assertEquals(w[6] * block + w[7], Replay.of(in, out).weights(layout, w).run(x).matrix(out).get(0, 0), 1e-14);
    }

    /** Exact zeros where the mask says, and nowhere else, both ways; the inverse in as many steps as the graph is deep. */
    @Test
    void anElementDependsOnWhatTheMaskNamesAndOnNoOther() {
        boolean[][] chain = new boolean[6][6];
        for (int i = 1; i < 6; i++) chain[i][i - 1] = true;
        boolean[][] star = new boolean[6][6];
        for (int i = 0; i < 6; i++) star[i][3] = true;
        boolean[][] pairs = {{true, false, false, false, true, true}, {true, true, false, false, true, false}, {false, false, true, false, false, false},
            {true, true, true, true, false, false}, {false, false, true, false, true, false}, {false, false, false, false, true, true}};
        Mlp network = Mlp.of(4, 5);
        assertDependences(Masked.of(network).adjacency(new boolean[6][6]), new boolean[6][6]);
        assertDependences(Masked.of(network).adjacency(chain), chain);
        assertDependences(Masked.of(network).adjacency(star), star);
        assertDependences(Masked.of(network).adjacency(pairs), pairs);
        assertDependences(Masked.of(network.residual(true).activation(Activation.gelu())).adjacency(pairs), pairs);
        int[] order = {4, 0, 5, 2, 1, 3};
        boolean[][] after = new boolean[6][6];
        for (int i = 0; i < 6; i++) for (int j = 0; j < i; j++) after[order[i]][order[j]] = true;
        assertDependences(Masked.of(network).order(order), after);
    }

    private static void assertDependences(Masked masked, boolean[][] adjacency) {
        int d = adjacency.length;
        Bijection layer = Autoregressive.of(d, Affine.bounded(2), masked, Context.none(), 1);
        Weights layout = Weights.of(layer.weights());
        Expr in = input(d);
        Expr forward = layer.forward(in).value();
        Expr inverse = layer.inverse(in).value();
        boolean[][] through = closure(adjacency);
        for (int i = 0; i < d; i++) {
            Expr there = Gradient.of(forward.get(i), in);
            Expr back = Gradient.of(inverse.get(i), in);
            Replay r = Replay.of(in, there, back).weights(layout, Instances.perturbed(layout, 0.4)).run(Replay.normal(d, 1, 1));
            for (int j = 0; j < d; j++) {
                assertEquals(i == j || adjacency[i][j], r.matrix(there).get(j, 0) != 0, i + " by " + j);
                assertEquals(i == j || through[i][j], r.matrix(back).get(j, 0) != 0, "back, " + i + " by " + j);
            }
        }
    }

    private static boolean[][] closure(boolean[][] adjacency) {
        int d = adjacency.length;
        boolean[][] c = Stream.of(adjacency).map(boolean[]::clone).toArray(boolean[][]::new);
        for (int k = 0; k < d; k++) for (int i = 0; i < d; i++) for (int j = 0; j < d; j++) c[i][j] |= c[i][k] && c[k][j];
        return c;
    }

    @Test
    void columnsOfTheContextAreMaskedToo() {
        Expr context = Expr.perDraw("context", Shape.of(2));
        boolean[][] adjacency = {{false, false, true, false}, {true, false, false, true}};
        Bijection layer = Autoregressive.of(2, Affine.bounded(2), Masked.of(5).adjacency(adjacency), Context.of(context), 1);
        Weights layout = Weights.of(layer.weights());
        Expr in = input(2);
        for (int i = 0; i < 2; i++) {
            Expr byContext = Gradient.of(layer.forward(in).value().get(i), context);
            DMatrixRMaj derivative = Replay.of(in, byContext).weights(layout, Instances.perturbed(layout, 0.4))
                    .also(context, Replay.normal(2, 1, 3)).run(Replay.normal(2, 1, 1)).matrix(byContext);
            for (int k = 0; k < 2; k++) assertEquals(adjacency[i][2 + k], derivative.get(k, 0) != 0, i + " by " + k);
        }
    }

    /** Elements that do not wait for each other move at once: a tree of 31 takes five steps, and two levels as many as two elements. */
    @Test
    void theInverseTakesAsManyStepsAsTheGraphIsDeep() {
        boolean[][] tree = new boolean[31][31];
        for (int i = 1; i < 31; i++) tree[i][(i - 1) / 2] = true;
        int five = operations(5, Masked.of(40));
        int deep = operations(31, Masked.of(40).adjacency(tree));
        assertTrue(deep <= 1.5 * five, deep + " operations, where five elements one by one take " + five);
        assertTrue(operations(31, Masked.of(40)) > 4 * five);
    }

    private static int operations(int d, Masked masked) {
        Transformed t = Autoregressive.of(d, Affine.bounded(2), masked, Context.none(), 1).inverse(input(d));
        return Program.of(t.value(), t.logAbsDetJacobian()).operations();
    }

    /** Fewer elements, of which the flow is a function, and whose weights are the flow's. */
    @Test
    void anEmbeddingIsTrainedWithTheFlow() {
        Expr data = Expr.perDraw("data", Shape.of(20));
        Context context = Mlp.of(8).activation(Activation.relu()).embedding(Context.of(data), 3, 1);
        assertEquals(3, context.size());
        assertEquals(List.of("(8 x 20)", "(8)", "(3 x 8)", "(3)"), context.weights().stream().map(w -> w.shape().toString()).toList());
        Flow flow = Flows.realNvp().layers(2).hidden(4).build(2, 1, context);
        for (Expr w : context.weights()) assertTrue(flow.weights().inputs().contains(w));
        Expr in = input(2);
        Expr byData = Gradient.of(flow.logDensity(in), data);
        DMatrixRMaj derivative = Replay.of(in, byData).weights(flow.weights(), Instances.perturbed(flow.weights(), 0.1))
                .also(data, Replay.normal(20, 1, 3)).run(Replay.normal(2, 1, 1)).matrix(byData);
        for (int k = 0; k < 20; k++) assertTrue(derivative.get(k, 0) != 0, "element " + k);
    }

    /** Whose density is integrated by quadrature, with kinks where activations have them. */
    @ParameterizedTest
    @MethodSource("activations")
    void flowsWithAnyActivationPassTheirCheck(Activation activation) {
        Mlp network = Mlp.of(6, 5).activation(activation).residual(true);
        Flow flow = Flow.of(Coupling.of(Mask.secondHalf(2), Affine.bounded(2), network, Context.none(), 1))
                .then(Autoregressive.of(2, Affine.bounded(2), Masked.of(network.weightNormalised(true)).order(1, 0), Context.none(), 2));
        FlowCheck check = FittedFlow.of(flow, Instances.perturbed(flow.weights(), 0.2)).check();
        assertTrue(check.isPassed(), check.toString());
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("Mlp: with residual blocks there must be at least 2 hidden widths, but were [32]. The first is that of the layer before the"
                + " blocks, each other one that of a block.", () -> Mlp.of(32).residual(true));
        assertMessage("Mlp: lastLayer must be at least 0 and finite, but was NaN", () -> Mlp.of(32).lastLayer(Double.NaN));
        assertMessage("Masked: order must hold every number from 0 to 2 once, but was [0, 2, 2]", () -> Masked.of(4).order(0, 2, 2));
        assertMessage("Masked: dimension must be at least 1, but was 0", () -> Masked.of(4).order());
        boolean[][] cycle = {{false, false, false, false}, {true, false, false, true}, {false, true, false, false}, {false, false, true, false}};
        assertMessage("Masked: adjacency must have no cycle, but 1 depends on 3 depends on 2 depends on 1", () -> Masked.of(4).adjacency(cycle));
        assertMessage("Masked: adjacency must have a column for each of its 2 rows, and may have one for each element of the context, but row 1 has 1",
                () -> Masked.of(4).adjacency(new boolean[][] {{false, false}, {true}}));
        Masked three = Masked.of(4).adjacency(new boolean[3][3]);
        assertMessage("Masked: an order or an adjacency must be one of 2 elements, as the vector has, but was one of 3", () -> autoregressive(2, three));
        Masked withContext = Masked.of(4).adjacency(new boolean[3][5]);
        assertMessage("Masked: adjacency must have a column for each of 3 elements, or also for each of 0 elements of the context, but had 5 columns",
                () -> autoregressive(3, withContext));
        assertMessage("Mlp: there must be a context to embed, but there is none", () -> Mlp.of(4).embedding(Context.none(), 2, 1));
        assertMessage("Mlp: size of an embedding must be at least 1, but was 0", () -> Mlp.of(4).embedding(Context.of(input(2)), 0, 1));
    }

    private static Bijection autoregressive(int d, Masked masked) {
        return Autoregressive.of(d, Affine.bounded(2), masked, Context.none(), 1);
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }

    private static Expr input(int d) {
        return Expr.perDraw("in", Shape.of(d));
    }
}

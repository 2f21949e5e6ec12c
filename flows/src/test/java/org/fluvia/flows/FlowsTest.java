package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowsTest {

    /** Where a mixture starts is in {@link FlowMixtureTest}. */
    static Stream<Flow> initial() {
        return Stream.concat(Flows.table().rows().stream().map(family -> family.spec().get()).filter(spec -> !(spec instanceof Mixture)),
                        Stream.of(Flows.realNvp().layers(5).hidden(4), new RealNvp(1, List.of(), 2)))
                .flatMap(spec -> Stream.of(1, 2, 3, 4, 11).map(d -> spec.build(d, 3)));
    }

    /** Bit for bit, but for the sign of zero: -0.0 * 1 + 0.0 is 0.0. */
    @ParameterizedTest
    @MethodSource("initial")
    void flowsStartAsExactlyTheIdentity(Flow flow) {
        Expr in = Expr.perDraw("in", Shape.of(flow.dimension()));
        Transformed forward = Instances.map(flow).forward(in);
        Transformed inverse = Instances.map(flow).inverse(in);
        Replay r = Replay.of(in, forward.value(), forward.logAbsDetJacobian(), inverse.value(), inverse.logAbsDetJacobian());
        for (DMatrixRMaj at : List.of(Replay.normal(flow.dimension(), 40, 1), Replay.extreme(flow.dimension()))) {
            r.run(at);
            for (int i = 0; i < at.data.length; i++) at.data[i] += 0.0;
            for (Transformed t : List.of(forward, inverse)) {
                DMatrixRMaj value = r.matrix(t.value());
                for (int i = 0; i < at.data.length; i++) value.data[i] += 0.0;
                assertArrayEquals(at.data, value.data);
                for (double logDet : r.scalars(t.logAbsDetJacobian())) assertEquals(0, Math.abs(logDet));
            }
        }
    }

    @Test
    void equalSeedsBuildEqualFlows() {
        double[] one = Flows.realNvp().build(5, 1).weights().initial();
        assertArrayEquals(one, Flows.realNvp().build(5, 1).weights().initial());
        assertFalse(Arrays.equals(one, Flows.realNvp().build(5, 2).weights().initial()));
    }

    /** Initial weights are part of what a seed means; hidden layers differ from coupling to coupling. */
    @Test
    void initialWeightsOfASeedStayTheSame() {
        Weights weights = Flows.realNvp().layers(2).hidden(3).build(4, 7).weights();
        assertEquals(List.of("(3 x 2)", "(3)", "(4 x 3)", "(4)", "(3 x 2)", "(3)", "(4 x 3)", "(4)"),
                weights.inputs().stream().map(w -> w.shape().toString()).toList());
        double[] initial = weights.initial();
        assertEquals(FIRST_WEIGHT, initial[0]);
        for (int i = 9; i < 25; i++) assertEquals(0, initial[i]);
        assertFalse(initial[0] == initial[25]);
    }

    private static final double FIRST_WEIGHT = 0.132721655121349;

    @Test
    void everyElementMeetsEveryOther() {
        int d = 6;
        Flow flow = Flows.realNvp().hidden(8).build(d, 1);
        Expr in = Expr.perDraw("in", Shape.of(d));
        Expr value = Instances.map(flow).forward(in).value();
        Replay r = Replay.of(in, value).weights(flow.weights(), Instances.perturbed(flow.weights(), 0.3));
        DMatrixRMaj at = Replay.normal(d, 1, 1);
        DMatrixRMaj before = r.run(at).matrix(value);
        for (int j = 0; j < d; j++) {
            DMatrixRMaj moved = at.copy();
            moved.add(j, 0, 0.1);
            DMatrixRMaj after = r.run(moved).matrix(value);
            for (int i = 0; i < d; i++) assertFalse(before.get(i, 0) == after.get(i, 0), i + " does not depend on " + j);
        }
    }

    @Test
    void specsPrintWhatTheyBuild() {
        assertEquals("RealNvp[layers=8, hidden=[32, 32], logScaleBound=3.0]", Flows.realNvp().toString());
        assertEquals(new RealNvp(4, List.of(16), 1.5), Flows.realNvp().layers(4).hidden(16).logScaleBound(1.5));
        assertEquals("full rank", Flows.fullRank().toString());
        assertEquals("diagonal", Flows.diagonal().toString());
    }

    @Test
    void theTableHasEveryFlowWithTheOptionsOfItsRecipe() throws ReflectiveOperationException {
        Set<String> made = new TreeSet<>();
        for (Method method : Flows.class.getMethods()) {
            if (FlowSpec.class.isAssignableFrom(method.getReturnType()) && method.getParameterCount() == 0) made.add(method.getName());
        }
        assertEquals(made, new TreeSet<>(Flows.table().names()));
        for (FlowFamily family : Flows.table()) {
            assertEquals(Flows.class.getMethod(family.name()).invoke(null), family.spec().get());
            List<String> chosen = new ArrayList<>();
            if (family.spec().get() instanceof Record) {
                for (RecordComponent c : family.spec().get().getClass().getRecordComponents()) {
                    chosen.add(c.getName() + " = " + c.getAccessor().invoke(family.spec().get()));
                }
            }
            assertEquals(chosen, family.options().stream().map(o -> o.name() + " = " + o.standard()).toList());
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("RealNvp: layers must be at least 1, but was 0", () -> Flows.realNvp().layers(0));
        assertMessage("RealNvp: hidden widths must be at least 1, but were [8, 0]", () -> Flows.realNvp().hidden(8, 0));
        assertMessage("RealNvp: logScaleBound must be positive and finite, but was NaN",
                () -> Flows.realNvp().logScaleBound(Double.NaN));
        assertMessage("RealNvp: dimension must be at least 1, but was 0", () -> Flows.realNvp().build(0, 1));
        assertMessage("Coupling: dimension must be at least 2, but was 1. One element has no other to depend on.",
                () -> Coupling.of(Mask.firstHalf(1), Affine.bounded(2), Mlp.of(), Context.none(), 1));
        assertMessage("Affine: logScaleBound must be positive and finite, but was 0.0", () -> Affine.bounded(0));
        assertMessage("Elementwise: dimension must be at least 1, but was 0", () -> Flows.diagonal().build(0, 1));
        assertMessage("Mlp: hidden widths must be at least 1, but were [0]", () -> Mlp.of(0));
        assertMessage("Mlp: hidden widths must be at least 1, but were [3, -1]", () -> Masked.of(3, -1));
        assertMessage("Mlp: there must be an input, but there is neither a part that is kept nor a context. Take FreeWeights.",
                () -> diagonal(Mlp.of(4)));
        assertMessage("FreeWeights: there must be values for shift, log scale, but there were 1 arrays",
                () -> diagonal(FreeWeights.from(new double[2])));
        assertMessage("FreeWeights: log scale must have 2 values for 2 elements, but had 1",
                () -> diagonal(FreeWeights.fixed(new double[2], new double[1])));
        assertMessage("FreeWeights: shift must be finite, but was NaN at index 1",
                () -> diagonal(FreeWeights.fixed(new double[] {1, Double.NaN}, new double[2])));
        assertMessage("FreeWeights: there must be no context, but there is one of 1 elements. A network depends on it: Mlp.",
                () -> Elementwise.of(2, Affine.unbounded(), FreeWeights.trainable(), Context.of(Expr.vector(1)), 1));
        assertMessage("Context: value must be a vector, but was of shape scalar", () -> Context.of(Expr.of(1)));
        assertMessage("Flow: the base must have the dimension of the bijection, 2, but has 3",
                () -> Flow.of(Base.standardNormal(3), Permutation.reverse(2)));
        assertMessage("LowerTriangularAffine: lower must be 2 x 2, as shift has 2 elements, but was 3 x 3",
                () -> LowerTriangularAffine.fixed(new double[2], Instances.lower()));
        DMatrixRMaj singular = new DMatrixRMaj(new double[][] {{1, 0}, {1, -1}});
        assertMessage("LowerTriangularAffine: lower must be finite, and positive on the diagonal, but was -1.0 at row 1, column 1",
                () -> LowerTriangularAffine.trainable(new double[2], singular));
        assertMessage("LowerTriangularAffine: shift must be finite, but was Infinity at index 1",
                () -> LowerTriangularAffine.trainable(new double[] {0, Double.POSITIVE_INFINITY}, singular));
        assertMessage("Permutation: order must hold every number from 0 to 2 once, but was [0, 1, 1]",
                () -> Permutation.of(0, 1, 1));
        assertMessage("Chain: layers must not be empty", () -> Chain.of(List.of()));
    }

    private static Bijection diagonal(Conditioner.Recipe recipe) {
        return Elementwise.of(2, Affine.unbounded(), recipe, Context.none(), 1);
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }

    /** What a matrix holds above the diagonal is not read, by either factory. */
    @Test
    void lowerTriangularMapsReadTheLowerTriangle() {
        DMatrixRMaj full = Instances.lower();
        full.set(0, 1, Double.NaN);
        full.set(0, 2, 7);
        full.set(1, 2, Double.POSITIVE_INFINITY);
        double[] shift = {3, -2, 0};
        DMatrixRMaj at = Replay.normal(3, 5, 1);
        double[] expected = logDensity(LowerTriangularAffine.fixed(shift, Instances.lower()), at);
        assertArrayEquals(expected, logDensity(LowerTriangularAffine.fixed(shift, full), at));
        assertArrayEquals(expected, logDensity(LowerTriangularAffine.trainable(shift, full), at), 1e-9);
    }

    private static double[] logDensity(Bijection map, DMatrixRMaj at) {
        Flow flow = Flow.of(map);
        return FittedFlow.of(flow, flow.weights().initial()).logDensity(at);
    }

    @Test
    void invertingTakesChainsAndInversesApart() {
        Bijection a = diagonal(FreeWeights.trainable());
        Bijection b = Permutation.reverse(2);
        assertEquals("Chain[Inverse(Permutation(2)), Inverse(Elementwise(affine, 2))]", Inverse.of(Chain.of(a, b)).toString());
        assertEquals(a, Inverse.of(Inverse.of(a)));
        assertEquals(List.of(a, b, a, b), Chain.of(Chain.of(a, b), Chain.of(a, b)).layers());
    }

    @Test
    void randomPermutationsAreAllEquallyLikely() {
        int[] counts = new int[6];
        int n = 6000;
        for (int seed = 0; seed < n; seed++) {
            int[] order = Permutation.random(3, seed).order();
            counts[2 * order[0] + (order[1] < order[2] ? 0 : 1)]++;
        }
        // each count is binomial with mean 1000 and standard deviation 28.9
        for (int count : counts) assertEquals(n / 6.0, count, 5 * 28.9);
    }

    @Test
    void everyRecipeInTurnHasASeedOfItsOwn() {
        FlowSpec one = Flows.realNvp().layers(1);
        double[] weights = one.then(one).then(one).build(2, 5).weights().initial();
        int size = weights.length / 3;
        for (int i = 0; i < 3; i++) {
            double[] part = Arrays.copyOfRange(weights, i * size, (i + 1) * size);
            double[] next = Arrays.copyOfRange(weights, (i + 1) % 3 * size, (i + 1) % 3 * size + size);
            assertFalse(Arrays.equals(part, next), "recipes " + i + " and " + (i + 1) % 3);
        }
    }
}

package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.Flow.Draw;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.layer.Autoregressive;
import org.fluvia.flows.transformer.Affine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowTest {

    /** @param by how far weights are from the initial ones */
    record Instance(String name, Flow flow, double by) {
        Instance(String name, Flow flow) {
            this(name, flow, 0.2);
        }

        double[] weights() {
            return Instances.perturbed(flow.weights(), by);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Instance> all() {
        List<Instance> all = new ArrayList<>();
        FlowSpec small = Flows.realNvp().layers(5).hidden(8);
        for (int d : new int[] {1, 2, 3, 10}) {
            all.add(new Instance("diagonal " + d, Flows.diagonal().build(d, 1)));
            all.add(new Instance("full rank " + d, Flows.fullRank().build(d, 1)));
            all.add(new Instance("RealNVP " + d, small.build(d, 1)));
            all.add(new Instance("inverse RealNVP " + d, Flow.of(Inverse.of(Instances.map(small.build(d, 2))))));
        }
        all.add(new Instance("RealNVP and full rank", small.build(3, 1).then(LowerTriangularAffine.trainable(3))));
        all.add(new Instance("RealNVP and a fixed affine map", small.build(3, 1)
                .then(LowerTriangularAffine.fixed(new double[] {3, -2, 0}, Instances.lower()))));
        for (int d : new int[] {1, 2, 4}) {
            Bijection autoregressive = Autoregressive.of(d, Affine.bounded(2), Masked.of(8), Context.none(), 3);
            all.add(new Instance("autoregressive " + d, Flow.of(autoregressive)));
            all.add(new Instance("inverse autoregressive " + d, Flow.of(Inverse.of(autoregressive))));
            // in one dimension networks give the weight of tails, which is soon too much to be integrated on a grid
            all.add(new Instance("conditional RealNVP " + d, small.build(d, 4, embedded()), d == 1 ? 0.02 : 0.2));
            all.add(new Instance("conditional full rank " + d, Flows.fullRank().build(d, 4, embedded())));
            all.add(new Instance("trainable base " + d, Flow.of(new ScaledNormal(d), Instances.map(small.build(d, 1)))));
        }
        return all.stream();
    }

    /** A context of weights of its own, as an embedding network makes one; the same for all draws. */
    private static Context embedded() {
        Expr matrix = Expr.shared("embedding", Shape.of(2, 3), 0.3, -0.2, 0.5, 1, 0.1, -0.4);
        return new Context(matrix.matmul(Expr.vector(1, -2, 0.5)), List.of(matrix));
    }

    /** x = exp(s) noise. */
    private record ScaledNormal(int dimension, Expr logScale) implements Base {
        ScaledNormal(int dimension) {
            this(dimension, Expr.shared("log scale", Shape.of(dimension), new double[dimension]));
        }

        @Override
        public List<Expr> weights() {
            return List.of(logScale);
        }

        @Override
        public Expr ofNoise(Expr noise) {
            return noise.times(logScale.exp());
        }

        @Override
        public Expr logDensity(Expr x) {
            return Base.standardNormal(dimension).logDensity(x.div(logScale.exp())).minus(logScale.sum());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void samplesLogDensityIsThatOfItsValue(Instance instance) {
        Flow flow = instance.flow();
        Expr noise = noise(flow);
        Draw sample = flow.sample(noise);
        Draw path = flow.pathSample(noise);
        Expr density = flow.logDensity(sample.value());
        Replay r = Replay.of(noise, sample.value(), path.value(), sample.logDensity(), path.logDensity(), density)
                .weights(flow.weights(), instance.weights()).run(Replay.normal(flow.dimension(), 100, 1));
        assertArrayEquals(r.matrix(sample.value()).data, r.matrix(path.value()).data);
        double[] expected = r.scalars(sample.logDensity());
        assertArrayEquals(expected, r.scalars(path.logDensity()), 1e-11);
        assertArrayEquals(expected, r.scalars(density), 1e-9);
    }

    /** Against -r' inv(S) r / 2 - log det(2 pi S) / 2 with S = L L', by EJML; S has a condition number of 1e6. */
    @Test
    void logDensityIsThatOfTheNormalDistribution() {
        DMatrixRMaj lower = Instances.lower();
        double[] shift = {3, -2, 0};
        DMatrixRMaj covariance = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransB(lower, lower, covariance);
        DMatrixRMaj precision = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.invert(covariance, precision);
        DMatrixRMaj at = Replay.normal(3, 20, 1);
        double[] logDensity = FittedFlow.of(Flow.of(LowerTriangularAffine.fixed(shift, lower)), new double[0]).logDensity(at);
        for (int j = 0; j < at.numCols; j++) {
            DMatrixRMaj r = new DMatrixRMaj(3, 1);
            for (int i = 0; i < 3; i++) r.set(i, 0, at.get(i, j) - shift[i]);
            DMatrixRMaj scaled = new DMatrixRMaj(3, 1);
            CommonOps_DDRM.mult(precision, r, scaled);
            double expected = -0.5 * CommonOps_DDRM.dot(r, scaled)
                    - 0.5 * StrictMath.log(CommonOps_DDRM.det(covariance)) - 1.5 * StrictMath.log(2 * Math.PI);
            assertEquals(expected, logDensity[j], 1e-9 * (1 + Math.abs(expected)));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void farOutTheDensityIsFiniteUntilSquaresOverflowThenZero(Instance instance) {
        Flow flow = instance.flow();
        Expr value = noise(flow);
        Expr density = flow.logDensity(value);
        Expr score = Gradient.of(density, value);
        List<Expr> gradients = flow.weights().gradients(density);
        Replay r = Replay.of(value, List.of(density, score), gradients).weights(flow.weights(), instance.weights());
        r.run(farOut(flow.dimension(), 1e100));
        for (double v : r.scalars(density)) assertTrue(v < -1e150 && v > Double.NEGATIVE_INFINITY, "log-density " + v);
        for (double v : r.matrix(score).data) assertTrue(Double.isFinite(v));
        for (double v : r.gradient(flow.weights(), gradients)) assertTrue(Double.isFinite(v));
        for (double v : r.run(farOut(flow.dimension(), 1e300)).scalars(density)) assertEquals(Double.NEGATIVE_INFINITY, v);
    }

    private static DMatrixRMaj farOut(int d, double size) {
        DMatrixRMaj at = new DMatrixRMaj(d, 4);
        for (int i = 0; i < d; i++) {
            at.set(i, 0, size);
            at.set(i, 1, -size);
            at.set(i, 2, i == 0 ? size : 1);
            at.set(i, 3, i == d - 1 ? -size : 1);
        }
        return at;
    }

    /** With weights a hundred times as large as training makes them every network is saturated, and every bound reached. */
    @Test
    void realNvpStaysFiniteWhateverItsWeights() {
        for (int d : new int[] {2, 3, 10}) {
            Flow flow = Flows.realNvp().build(d, 1);
            Expr in = noise(flow);
            for (Transformed t : List.of(Instances.map(flow).forward(in), Instances.map(flow).inverse(in))) {
                List<Expr> gradients = flow.weights().gradients(t.value().sum().plus(t.logAbsDetJacobian()));
                Replay r = Replay.of(in, List.of(t.value(), t.logAbsDetJacobian()), gradients)
                        .weights(flow.weights(), Instances.perturbed(flow.weights(), 100));
                DMatrixRMaj at = Replay.extreme(d);
                for (int i = 0; i < at.data.length; i++) at.data[i] = Math.max(-1e200, Math.min(1e200, at.data[i]));
                r.run(at);
                for (double v : r.matrix(t.value()).data) assertTrue(Double.isFinite(v));
                for (double v : r.scalars(t.logAbsDetJacobian())) assertTrue(Math.abs(v) <= 8 * 3 * d);
                for (double v : r.gradient(flow.weights(), gradients)) assertTrue(Double.isFinite(v));
            }
        }
    }

    /** The trapezoidal rule converges faster than any power of the step for smooth densities with light tails. */
    @ParameterizedTest
    @MethodSource("all")
    void densityIntegratesToOne(Instance instance) {
        Flow flow = instance.flow();
        if (flow.dimension() > 2) return;
        int n = flow.dimension() == 1 ? 1 : 800;
        int m = 800;
        double h = 0.1;
        DMatrixRMaj grid = new DMatrixRMaj(flow.dimension(), n * m);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                grid.set(0, i * m + j, (j - m / 2) * h);
                if (flow.dimension() == 2) grid.set(1, i * m + j, (i - n / 2) * h);
            }
        }
        double total = 0;
        for (double l : FittedFlow.of(flow, instance.weights()).logDensity(grid)) total += StrictMath.exp(l);
        assertEquals(1, total * StrictMath.pow(h, flow.dimension()), 1e-6);
    }

    /** The path gradient is the derivative of log q at fixed weights, carried through the value; here each by itself. */
    @ParameterizedTest
    @MethodSource("all")
    void pathGradientIsThatOfTheDensityAtFixedWeights(Instance instance) {
        Flow flow = instance.flow();
        DMatrixRMaj z = Replay.normal(flow.dimension(), 20, 3);
        Expr noise = noise(flow);
        Draw path = flow.pathSample(noise);
        List<Expr> gradients = flow.weights().gradients(path.logDensity());
        Replay r = Replay.of(noise, List.of(path.value()), gradients).weights(flow.weights(), instance.weights()).run(z);
        double[] actual = r.gradient(flow.weights(), gradients);
        DMatrixRMaj values = r.matrix(path.value());

        Expr value = noise(flow);
        Expr byValue = Gradient.of(flow.logDensity(value), value);
        DMatrixRMaj score = Replay.of(value, byValue).weights(flow.weights(), instance.weights()).run(values).matrix(byValue);
        Expr factor = noise(flow);
        List<Expr> carried = flow.weights().gradients(flow.sample(noise).value().dot(factor));
        double[] expected = Replay.of(noise, carried).weights(flow.weights(), instance.weights()).also(factor, score).run(z)
                .gradient(flow.weights(), carried);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-9 * (1 + Math.abs(expected[i])), "weight " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void pathGradientVanishesForEveryDrawWhereTheFlowIsItsTarget(Instance instance) {
        Flow flow = instance.flow();
        Expr noise = noise(flow);
        Draw path = flow.pathSample(noise);
        Draw total = flow.sample(noise);
        List<Expr> byPath = flow.weights().gradients(path.logDensity().minus(target(flow, path.value())));
        List<Expr> byTotal = flow.weights().gradients(total.logDensity().minus(target(flow, total.value())));
        Replay r = Replay.of(noise, byPath, byTotal).weights(flow.weights(), instance.weights());
        double largest = 0;
        for (int draw = 0; draw < 10; draw++) {
            r.run(Replay.normal(flow.dimension(), 1, 100 + draw));
            for (double g : r.gradient(flow.weights(), byPath)) assertEquals(0, g, 1e-10);
            for (double g : r.gradient(flow.weights(), byTotal)) largest = Math.max(largest, Math.abs(g));
        }
        if (flow.weights().size() > 0) assertTrue(largest > 0.1, "the total gradient is not that of a stationary draw");
    }

    /** The log-density of the flow with its weights held fixed, as a target that knows nothing of the path. */
    private static Expr target(Flow flow, Expr value) {
        Expr at = noise(flow);
        Map<Expr, Expr> replacements = new HashMap<>(Map.of(at, value));
        for (Expr w : flow.weights().inputs()) replacements.put(w, w.stopGradient());
        return Expr.substitute(List.of(flow.logDensity(at)), replacements).get(0);
    }

    /**
     * The two gradients of E[log q - log p] differ by the mean of the score, whose expectation is zero: over independent batches
     * of the same draws the mean difference lies within 5 of its standard errors (p = 6e-6 for one weight and 63 degrees of freedom).
     */
    @ParameterizedTest
    @MethodSource("all")
    void pathGradientHasTheExpectationOfTheTotalGradient(Instance instance) {
        Flow flow = instance.flow();
        int batches = 64;
        int draws = 128;
        Expr noise = noise(flow);
        List<Expr> byPath = flow.weights().gradients(objective(flow.pathSample(noise)));
        List<Expr> byTotal = flow.weights().gradients(objective(flow.sample(noise)));
        Replay r = Replay.of(noise, byPath, byTotal).weights(flow.weights(), instance.weights());
        int n = flow.weights().size();
        double[] sum = new double[n];
        double[] squares = new double[n];
        double difference = 0;
        for (int b = 0; b < batches; b++) {
            r.run(Replay.normal(flow.dimension(), draws, 1000 + b));
            double[] path = r.gradient(flow.weights(), byPath);
            double[] total = r.gradient(flow.weights(), byTotal);
            for (int i = 0; i < n; i++) {
                double x = path[i] - total[i];
                sum[i] += x;
                squares[i] += x * x;
                difference = Math.max(difference, Math.abs(x));
            }
        }
        assertTrue(n == 0 || difference > 1, "the two are different estimators");
        for (int i = 0; i < n; i++) {
            double mean = sum[i] / batches;
            double variance = (squares[i] - batches * mean * mean) / (batches - 1);
            double error = Math.sqrt(variance / batches);
            assertTrue(Math.abs(mean) <= 5 * error + 1e-9, "weight " + i + ": " + mean + " +- " + error);
        }
    }

    /** log q - log p for an independent logistic target, which no flow here equals. */
    private static Expr objective(Draw draw) {
        Expr y = draw.value();
        return draw.logDensity().plus(y.plus(y.unaryMinus().softplus().times(2)).sum());
    }

    /** Each coupling costs the path one more operation, a change of sign; its network alone has six. */
    @Test
    void pathSampleEvaluatesNoNetworkTwice() {
        for (int d : new int[] {2, 3, 10}) {
            Flow flow = Flows.realNvp().layers(8).hidden(16, 16).build(d, 1).then(LowerTriangularAffine.trainable(d));
            Expr noise = noise(flow);
            Draw total = flow.sample(noise);
            Draw path = flow.pathSample(noise);
            int sampling = Program.of(total.value(), total.logDensity()).operations();
            int alongPath = Program.of(path.value(), path.logDensity()).operations();
            assertTrue(alongPath <= sampling + 8 + 2, alongPath + " operations, " + sampling + " without the path");
        }
    }

    @Test
    void wrongShapesAreNamed() {
        Flow flow = Flows.diagonal().build(3, 1);
        Expr wrong = Expr.perDraw("x", Shape.of(2));
        assertMessage("Flow.sample: noise must have shape (3), but was of shape (2) (FlowTest.java:", () -> flow.sample(wrong));
        assertMessage("Flow.pathSample: noise must have shape (3), but was of shape (2) (", () -> flow.pathSample(wrong));
        assertMessage("Flow.logDensity: value must have shape (3), but was of shape (2) (", () -> flow.logDensity(wrong));
        assertMessage("Chain: layers must have one dimension, but were Elementwise(affine, 3), Permutation(2)",
                () -> flow.then(Permutation.reverse(2)));
    }

    private static void assertMessage(String start, org.junit.jupiter.api.function.Executable e) {
        String message = assertThrows(IllegalArgumentException.class, e).getMessage();
        assertTrue(message.startsWith(start), message);
    }

    private static Expr noise(Flow flow) {
        return Expr.perDraw("noise", Shape.of(flow.dimension()));
    }
}

package org.fluvia.flows;

import static org.fluvia.autodiff.Functions.logAddExp;
import static org.fluvia.autodiff.Functions.sin;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no Gaussian fits is learnt from where flows start, the identity, at which units of a kind could all be alike. */
class MonotoneFlowsLearnTest {

    static Stream<FlowSpec> specs() {
        return Stream.of(Flows.naf(), Flows.umnn(), Flows.sos(), Flows.bernstein()).map(f -> (FlowSpec) f.layers(2));
    }

    /** The KL divergence of the best Gaussian is 0.41. */
    @ParameterizedTest
    @MethodSource("specs")
    void twoModesAreLearntInOneDimension(FlowSpec spec) {
        assertTwoModes(spec);
    }

    @Test
    void blocksLearnTwoModesInOneDimension() {
        assertTwoModes(Flows.bnaf().layers(2));
    }

    private static void assertTwoModes(FlowSpec spec) {
        double kl = learnt(spec, 1, MonotoneFlowsLearnTest::twoModes);
        assertTrue(kl < 0.12 && kl > -0.01, spec + " has KL " + kl);
    }

    /** A ring with a knot in it: log Z of exp(sin(pi x_1) - 2 (|x|^2 - 2)^2) is 1.611997. */
    @Test
    void blocksBendInTwoDimensionsWhatNoGaussianFits() {
        double gaussian = learnt(Flows.fullRank(), 2, MonotoneFlowsLearnTest::ring);
        double blocks = learnt(Flows.bnaf(), 2, MonotoneFlowsLearnTest::ring);
        assertTrue(gaussian > 1, "a Gaussian has KL " + gaussian);
        assertTrue(blocks < 0.5 && blocks > -0.02, "blocks have KL " + blocks);
    }

    private static Expr twoModes(Expr x) {
        Expr right = x.minus(1.2).square().times(-2);
        Expr left = x.plus(1.2).square().times(-2);
        return logAddExp(right, left).sum().minus(0.5 * StrictMath.log(2 * Math.PI));
    }

    private static Expr ring(Expr x) {
        return sin(x.get(0).times(Math.PI)).minus(x.dot(x).minus(2).square().times(2)).minus(1.611997);
    }

    /** The KL divergence on fresh draws, after 400 steps of Adam on 128 draws (600 in two dimensions). */
    private static double learnt(FlowSpec spec, int d, UnaryOperator<Expr> logDensity) {
        Flow flow = spec.towards(FlowSpec.Use.DRAWS).build(d, 1);
        Expr noise = Expr.perDraw("noise", Shape.of(d));
        Flow.Draw draw = flow.sample(noise);
        Expr loss = draw.logDensity().minus(logDensity.apply(draw.value()));
        List<Expr> gradients = flow.weights().gradients(loss);
        Replay r = Replay.of(noise, List.of(loss), gradients);
        double[] w = flow.weights().initial();
        double[] mean = new double[w.length];
        double[] square = new double[w.length];
        int steps = 200 + 200 * d;
        int batch = 128;
        for (int step = 1; step <= steps; step++) {
            double rate = step < 0.7 * steps ? 0.03 : 0.006;
            double[] g = r.weights(flow.weights(), w).run(Replay.normal(d, batch, 1000 + step)).gradient(flow.weights(), gradients);
            for (int i = 0; i < w.length; i++) {
                mean[i] = 0.9 * mean[i] + 0.1 * g[i] / batch;
                square[i] = 0.999 * square[i] + 0.001 * g[i] * g[i] / (batch * batch);
                double scale = Math.sqrt(square[i] / (1 - Math.pow(0.999, step))) + 1e-8;
                w[i] -= rate * mean[i] / (1 - Math.pow(0.9, step)) / scale;
            }
        }
        DMatrixRMaj fresh = Replay.normal(d, 20000, 7);
        return Arrays.stream(r.weights(flow.weights(), w).run(fresh).scalars(loss)).average().orElseThrow();
    }
}

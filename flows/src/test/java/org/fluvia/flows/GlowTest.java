package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.bijection.InvertibleConvolution;
import org.fluvia.flows.bijection.LuAffine;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Convolution;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.transformer.Parameter;
import org.junit.jupiter.api.Test;

class GlowTest {

    /** The sum over channels and the 3 x 3 positions around each, written out. */
    @Test
    void aConvolutionIsTheSumAroundEachPosition() {
        for (int[] shape : new int[][] {{3, 4}, {1, 4}, {2, 1}, {1, 1}}) {
            int height = shape[0];
            int width = shape[1];
            int n = height * width;
            Conditioner network = new Convolution(height, width, Mlp.of()).build(2 * n, 3 * n, List.of(Parameter.of("output", 0)), Context.none(), 1);
            Weights layout = Weights.of(network.weights());
            double[] w = Instances.perturbed(layout, 1);
            Expr in = Expr.perDraw("in", Shape.of(2 * n));
            Expr out = network.parameters(in).get(0);
            DMatrixRMaj x = Replay.normal(2 * n, 3, 1);
            DMatrixRMaj y = Replay.of(in, out).weights(layout, w).run(x).matrix(out);
            int up = height > 1 ? 1 : 0;
            int left = width > 1 ? 1 : 0;
            int taps = 2 * (2 * up + 1) * (2 * left + 1);
            assertEquals(3 * taps + 3, w.length);
            for (int j = 0; j < 3; j++) {
                for (int c = 0; c < 3; c++) {
                    for (int p = 0; p < n; p++) {
                        double sum = w[3 * taps + c];
                        int at = c * taps;
                        for (int k = 0; k < 2; k++) {
                            for (int dy = -up; dy <= up; dy++) {
                                for (int dx = -left; dx <= left; dx++, at++) {
                                    int py = p / width + dy;
                                    int px = p % width + dx;
                                    if (py >= 0 && py < height && px >= 0 && px < width) sum += w[at] * x.get(k * n + py * width + px, j);
                                }
                            }
                        }
                        assertEquals(sum, y.get(c * n + p, j), 1e-13, height + " x " + width);
                    }
                }
            }
        }
    }

    @Test
    void glowStartsAsExactlyTheIdentity() {
        Expr context = Expr.perDraw("context", Shape.of(2));
        for (Flow flow : List.of(Flows.glow(1, 4, 4).build(16, 1), Flows.glow(3, 2, 4).steps(3).build(24, 2),
                Flows.glow(2, 2, 2).hidden(4).build(8, 3, Context.of(context)), Flows.glow(1, 8, 8).steps(1).build(64, 4))) {
            Expr in = Expr.perDraw("in", Shape.of(flow.dimension()));
            Transformed there = Instances.map(flow).forward(in);
            Transformed back = Instances.map(flow).inverse(in);
            DMatrixRMaj at = Replay.normal(flow.dimension(), 9, 1);
            Replay r = Replay.of(in, there.value(), back.value(), there.logAbsDetJacobian(), back.logAbsDetJacobian())
                    .also(context, Replay.normal(2, 9, 2)).run(at);
            for (Transformed t : List.of(there, back)) {
                for (int i = 0; i < at.data.length; i++) assertEquals(at.data[i], r.matrix(t.value()).data[i]);
                for (double logDet : r.scalars(t.logAbsDetJacobian())) assertEquals(0, Math.abs(logDet));
            }
        }
    }

    @Test
    void glowPassesItsOwnCheck() {
        Flow flow = Flows.glow(2, 2, 2).steps(2).hidden(4).build(8, 1);
        FlowCheck check = FittedFlow.of(flow, Instances.perturbed(flow.weights(), 0.1)).check();
        for (FlowCheck.Finding f : check.findings()) {
            // sums of 1e300 and 1 keep nothing of the 1, on which networks depend
            if (!f.law().startsWith("every point")) assertTrue(f.isKept(), check.toString());
        }
    }

    /** Of images of one brightness each, with some noise: independent pixels leave 90 nats of each untold. */
    @Test
    void glowLearnsImages() {
        Flow flow = Flows.glow(1, 8, 8).levels(2).steps(2).hidden(8).build(64, 1);
        double[] w = flow.weights().initial();
        DMatrixRMaj images = images(128, 1);
        Normalisation.of(flow).start(w, images, Map.of());
        Expr value = Expr.perDraw("value", Shape.of(64));
        Expr logDensity = flow.logDensity(value);
        Expr mean = logDensity.sumDraws().div(images.numCols);
        List<Expr> gradients = flow.weights().gradients(mean);
        Workspace workspace = Program.of(join(mean, gradients)).workspace();
        double[] gradient = new double[w.length];
        double[] first = new double[w.length];
        double[] second = new double[w.length];
        for (int step = 1; step <= 150; step++) {
            flow.weights().set(workspace, w);
            workspace.set(value, DrawSource.of(images));
            workspace.run(images.numCols);
            flow.weights().read(workspace, gradients, gradient);
            for (int i = 0; i < w.length; i++) {
                first[i] += 0.1 * (gradient[i] - first[i]);
                second[i] += 0.01 * (gradient[i] * gradient[i] - second[i]);
                w[i] += 0.01 * first[i] / (1 - Math.pow(0.9, step)) / Math.sqrt(1e-16 + second[i] / (1 - Math.pow(0.99, step)));
            }
        }
        double sum = 0;
        DMatrixRMaj fresh = images(200, 2);
        for (double v : FittedFlow.of(flow, w).logDensity(fresh)) sum += v;
        double independent = -32 * Math.log(2 * Math.PI * Math.E * 1.01);
        assertTrue(sum / fresh.numCols > independent + 90, sum / fresh.numCols + " against " + independent);
    }

    private static List<Expr> join(Expr one, List<Expr> others) {
        List<Expr> all = new ArrayList<>(List.of(one));
        all.addAll(others);
        return all;
    }

    private static DMatrixRMaj images(int n, long seed) {
        DMatrixRMaj x = Replay.normal(64, n, seed);
        DMatrixRMaj brightness = Replay.normal(1, n, seed + 10);
        for (int i = 0; i < 64; i++) for (int j = 0; j < n; j++) x.set(i, j, brightness.get(0, j) + 0.1 * x.get(i, j));
        return x;
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("Glow: dimension must be 16, that of an image of 1 x 4 x 4, but was 10. Flows.glow(channels, height, width) takes another shape.",
                () -> Flows.glow(1, 4, 4).build(10, 1));
        assertMessage("Glow: height and width must be even in each of 1 levels, which halve them, but were 3 and 4", () -> Flows.glow(1, 3, 4));
        assertMessage("Glow: height and width must be even in each of 3 levels, which halve them, but were 8 and 12",
                () -> Flows.glow(1, 8, 12).levels(3));
        assertMessage("Glow: channels, height and width must be at least 1, but were 0, 4 and 4", () -> Flows.glow(0, 4, 4));
        assertMessage("Glow: levels must be at least 1, but was 0", () -> Flows.glow(1, 4, 4).levels(0));
        assertMessage("Glow: steps must be at least 1, but was 0", () -> Flows.glow(1, 4, 4).steps(0));
        assertMessage("Glow: hidden widths must be at least 1, but were [0]", () -> Flows.glow(1, 4, 4).hidden(0));
        assertMessage("Glow: logScaleBound must be positive and finite, but was 0.0", () -> Flows.glow(1, 4, 4).logScaleBound(0));
        assertMessage("InvertibleConvolution: positions must be at least 1, but was 0", () -> InvertibleConvolution.of(LuAffine.trainable(2), 0));
        assertMessage("Convolution: height and width must be at least 1, but were 0 and 2", () -> new Convolution(0, 2, Mlp.of()));
        Convolution network = new Convolution(2, 2, Mlp.of(3));
        List<Parameter> output = List.of(Parameter.of("output", 0));
        assertMessage("Convolution: what is given must be whole channels of 2 x 2, but has 6 elements",
                () -> network.build(6, 4, output, Context.none(), 1));
        assertMessage("Convolution: what is moved must be whole channels of 2 x 2, but has 5 elements",
                () -> network.build(4, 5, output, Context.none(), 1));
        assertMessage("Convolution: there must be an input, but there is neither a part that is kept nor a context. Take FreeWeights.",
                () -> network.build(0, 4, output, Context.none(), 1));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}

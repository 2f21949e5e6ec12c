package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.FlowSpec.Use;
import org.fluvia.flows.conditioner.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mixtures of flows. */
class FlowMixtureTest {

    static Stream<FlowMixture> all() {
        return IntStream.of(1, 2, 3, 10).boxed().flatMap(d -> Stream.of(
                (FlowMixture) new Mixture(3, Flows.realNvp().layers(2).hidden(6)).build(d, 1),
                (FlowMixture) new Mixture(2, Flows.diagonal()).build(d, 2),
                (FlowMixture) new Mixture(2, Flows.fullRank()).then(new Mixture(2, Flows.diagonal())).then(Flows.heavyTails()).build(d, 3),
                Flow.mixture(List.of(Flows.maf().layers(2).hidden(6).build(d, 1), Flows.fullRank().from(n -> Base.studentT(n, 5)).build(d, 1)))));
    }

    private static double[] logDensity(Flow flow, double[] weights, DMatrixRMaj at) {
        Expr value = Expr.perDraw("value", Shape.of(flow.dimension()));
        Expr density = flow.logDensity(value);
        return Replay.of(value, density).weights(flow.weights(), weights).run(at).scalars(density);
    }

    /** The weights of the shares come first where no mixture is taken apart. */
    private static double[] shares(double[] weights, int k) {
        double sum = 0;
        for (int i = 0; i < k; i++) sum += StrictMath.exp(weights[i]);
        double[] shares = new double[k];
        for (int i = 0; i < k; i++) shares[i] = StrictMath.exp(weights[i]) / sum;
        return shares;
    }

    /** The weights of a part, out of those of all. */
    private static double[] part(Flow all, double[] weights, Flow part) {
        List<Double> values = new ArrayList<>();
        for (Expr wanted : part.weights().inputs()) {
            int at = 0;
            for (Expr input : all.weights().inputs()) {
                int size = input.shape().size();
                if (input == wanted) for (int i = 0; i < size; i++) values.add(weights[at + i]);
                at += size;
            }
        }
        return values.stream().mapToDouble(x -> x).toArray();
    }

    /** Each part's by itself, put together by hand. */
    @Test
    void theDensityIsTheSumOfThoseOfItsParts() {
        for (int d : new int[] {1, 2, 3, 10}) {
            FlowMixture flow = (FlowMixture) new Mixture(3, Flows.realNvp().layers(2).hidden(6)).build(d, 1);
            double[] weights = Instances.perturbed(flow.weights(), 0.4);
            double[] shares = shares(weights, 3);
            DMatrixRMaj at = Replay.normal(d, 50, 2);
            double[] expected = new double[50];
            for (int k = 0; k < 3; k++) {
                Flow part = flow.parts().get(k);
                double[] log = logDensity(part, part(flow, weights, part), at);
                for (int j = 0; j < 50; j++) expected[j] += shares[k] * StrictMath.exp(log[j]);
            }
            double[] actual = logDensity(flow, weights, at);
            for (int j = 0; j < 50; j++) assertEquals(StrictMath.log(expected[j]), actual[j], 1e-12 * (1 + Math.abs(actual[j])));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDrawsDensityIsThatOfItsValueAndNothingIsItsChoice(FlowMixture flow) {
        Expr noise = Expr.perDraw("noise", Shape.of(flow.dimension()));
        Flow.Draw draw = flow.sample(noise);
        Flow.Draw path = flow.pathSample(noise);
        assertTrue(draw.isChosen() && path.isChosen());
        double[] weights = Instances.perturbed(flow.weights(), 0.2);
        Replay r = Replay.of(noise, draw.value(), draw.logDensity(), draw.choice(), path.value(), path.logDensity(), path.choice())
                .weights(flow.weights(), weights).run(Replay.normal(flow.dimension(), 100, 1));
        assertArrayEquals(r.matrix(draw.value()).data, r.matrix(path.value()).data);
        assertArrayEquals(r.scalars(draw.logDensity()), r.scalars(path.logDensity()));
        assertArrayEquals(logDensity(flow, weights, r.matrix(draw.value())), r.scalars(draw.logDensity()), 1e-12);
        for (Expr choice : List.of(draw.choice(), path.choice())) assertArrayEquals(new double[100], r.scalars(choice));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theyPassTheCheckOfEveryFlow(FlowMixture flow) {
        FlowCheck check = FittedFlow.of(flow, Instances.perturbed(flow.weights(), 0.2)).check();
        assertEquals(7 * flow.parts().size() + 1 - flow.parts().size(), check.findings().size());
        for (FlowCheck.Finding f : check.findings()) {
            if (!f.law().contains("every point")) assertTrue(f.isKept(), flow + ":\n" + check);
        }
    }

    /** Counts are binomial, and each part's draws are where it is: within 5 standard errors. */
    @Test
    void drawsComeFromThePartsByTheirShares() {
        for (int d : new int[] {1, 2, 3}) {
            FlowMixture flow = Flow.mixture(List.of(Flows.diagonal().build(d, 1), Flows.diagonal().build(d, 1), Flows.diagonal().build(d, 1)));
            double[] weights = flow.weights().initial();
            double[] centres = {-40, 0, 40};
            double[] scales = {3, 1, 0.2};
            weights[0] = StrictMath.log(0.2);
            weights[1] = StrictMath.log(0.5);
            weights[2] = StrictMath.log(0.3);
            for (int k = 0; k < 3; k++) {
                Arrays.fill(weights, 3 + 2 * d * k, 3 + 2 * d * k + d, centres[k]);
                Arrays.fill(weights, 3 + 2 * d * k + d, 3 + 2 * d * k + 2 * d, StrictMath.log(scales[k]));
            }
            int n = 100_000;
            DMatrixRMaj draws = FittedFlow.of(flow, weights).sample(n, 3);
            double[] shares = {0.2, 0.5, 0.3};
            for (int k = 0; k < 3; k++) {
                int count = 0;
                double[] sums = new double[d];
                double[] squares = new double[d];
                for (int j = 0; j < n; j++) {
                    if (Math.abs(draws.get(0, j) - centres[k]) > 20) continue;
                    count++;
                    for (int i = 0; i < d; i++) {
                        double z = (draws.get(i, j) - centres[k]) / scales[k];
                        sums[i] += z;
                        squares[i] += z * z;
                    }
                }
                assertEquals(n * shares[k], count, 5 * Math.sqrt(n * shares[k] * (1 - shares[k])));
                for (int i = 0; i < d; i++) {
                    assertEquals(0, sums[i] / count, 5 / Math.sqrt(count));
                    assertEquals(1, squares[i] / count, 5 * Math.sqrt(2.0 / count));
                }
            }
        }
    }

    /**
     * KL(q || p) for a target p that is no mixture, by the trapezoidal rule, differentiated by differences; against the mean of the two
     * estimators that a draw has, within 5 standard errors.
     */
    @ParameterizedTest
    @MethodSource("estimators")
    void theGradientOfTheReverseKlIsThatOfQuadrature(boolean path) {
        Flow flow = new Mixture(3, Flows.diagonal()).build(1, 4);
        Weights layout = flow.weights();
        double[] weights = Instances.perturbed(layout, 0.6);
        Expr noise = Expr.perDraw("noise", Shape.of(1));
        Flow.Draw draw = path ? flow.pathSample(noise) : flow.sample(noise);
        Expr f = draw.logDensity().minus(target(draw.value()));
        List<Expr> gradients = layout.gradients(f.plus(f.stopGradient().times(draw.choice())));
        Replay r = Replay.of(noise, List.of(f), gradients).weights(layout, weights);
        int batches = 400;
        int n = 500;
        double[] sum = new double[weights.length];
        double[] squares = new double[weights.length];
        for (int b = 0; b < batches; b++) {
            double[] g = r.run(Replay.normal(1, n, 100 + b)).gradient(layout, gradients);
            for (int i = 0; i < g.length; i++) {
                sum[i] += g[i] / n;
                squares[i] += g[i] / n * g[i] / n;
            }
        }
        for (int i = 0; i < weights.length; i++) {
            double h = 1e-4;
            double[] up = weights.clone();
            up[i] += h;
            double[] down = weights.clone();
            down[i] -= h;
            double expected = (divergence(flow, up) - divergence(flow, down)) / (2 * h);
            double mean = sum[i] / batches;
            double error = Math.sqrt((squares[i] / batches - mean * mean) / batches);
            assertTrue(error < 0.02, "weight " + i + " +- " + error);
            assertEquals(expected, mean, 5 * error + 1e-7, "weight " + i);
        }
    }

    static Stream<Boolean> estimators() {
        return Stream.of(false, true);
    }

    private static Expr target(Expr value) {
        Expr y = value.get(0);
        return y.minus(0.5).square().plus(1).log().times(-2);
    }

    private static double divergence(Flow flow, double[] weights) {
        int steps = 6000;
        double h = 0.01;
        DMatrixRMaj grid = new DMatrixRMaj(1, steps);
        for (int j = 0; j < steps; j++) grid.set(0, j, (j - steps / 2) * h);
        double[] log = logDensity(flow, weights, grid);
        double sum = 0;
        for (int j = 0; j < steps; j++) {
            double p = -2 * StrictMath.log(StrictMath.pow(grid.get(0, j) - 0.5, 2) + 1);
            sum += StrictMath.exp(log[j]) * (log[j] - p);
        }
        return sum * h;
    }

    /** The mean of log p - log q over draws of the base p, plus 4 standard errors, is at most what the Javadoc says. */
    @Test
    void itStartsCloseToItsBase() {
        for (int d : new int[] {1, 2, 3, 10, 50}) {
            for (int k : new int[] {2, 3, 5}) {
                Flow flow = new Mixture(k, Flows.realNvp().layers(2).hidden(4)).build(d, 7);
                DMatrixRMaj at = Replay.normal(d, 4000, 3);
                double[] q = logDensity(flow, flow.weights().initial(), at);
                Flow base = Flows.diagonal().build(d, 1);
                double[] p = logDensity(base, base.weights().initial(), at);
                double mean = IntStream.range(0, 4000).mapToDouble(j -> p[j] - q[j]).average().orElseThrow();
                double square = IntStream.range(0, 4000).mapToDouble(j -> (p[j] - q[j]) * (p[j] - q[j])).average().orElseThrow();
                double error = Math.sqrt((square - mean * mean) / 4000);
                assertTrue(mean > -4 * error && mean <= 0.125 + 4 * error, k + " parts in " + d + " dimensions: " + mean + " +- " + error);
                Expr noise = Expr.perDraw("noise", Shape.of(d));
                List<Expr> values = new ArrayList<>();
                for (MappedFlow part : flow.parts()) values.add(part.sample(noise).value());
                Replay r = Replay.of(noise, values.toArray(new Expr[0])).weights(flow.weights(), flow.weights().initial()).run(at);
                for (int i = 1; i < k; i++) assertFalse(Arrays.equals(r.matrix(values.get(0)).data, r.matrix(values.get(i)).data));
            }
        }
    }

    @Test
    void aMixtureOfOneIsThatOne() {
        assertEquals(Flows.realNvp().build(3, 1).toString(), new Mixture(1, Flows.realNvp()).build(3, 1).toString());
        FlowMixture one = Flow.mixture(List.of(Flows.fullRank().build(2, 1)));
        double[] weights = Instances.perturbed(one.weights(), 0.3);
        double[] own = Arrays.copyOfRange(weights, 1, weights.length);
        DMatrixRMaj at = Replay.normal(2, 9, 1);
        assertArrayEquals(logDensity(one.parts().get(0), own, at), logDensity(one, weights, at));
    }

    /** A mixture of a mixture and a flow has the density of its parts with shares of shares. */
    @Test
    void mixturesInMixturesAreTakenApart() {
        FlowMixture inner = Flow.mixture(List.of(Flows.diagonal().build(2, 1), Flows.fullRank().build(2, 1)));
        Flow single = Flows.realNvp().layers(2).hidden(4).build(2, 1);
        FlowMixture outer = Flow.mixture(List.of(inner, single));
        assertEquals(3, outer.parts().size());
        double[] weights = Instances.perturbed(outer.weights(), 0.5);
        DMatrixRMaj at = Replay.normal(2, 20, 1);
        double[] ofInner = logDensity(inner, part(outer, weights, inner), at);
        double[] ofSingle = logDensity(single, part(outer, weights, single), at);
        double[] shares = shares(weights, 2);
        double[] actual = logDensity(outer, weights, at);
        for (int j = 0; j < 20; j++) {
            assertEquals(shares[0] * StrictMath.exp(ofInner[j]) + shares[1] * StrictMath.exp(ofSingle[j]), StrictMath.exp(actual[j]), 1e-14);
        }
    }

    @Test
    void recipesCompose() {
        Flow flow = Flows.mixture().components(2).flow(Flows.diagonal()).from(d -> Base.studentT(d, 10)).then(Flows.heavyTails()).build(3, 1);
        assertEquals(2, flow.parts().size());
        for (MappedFlow part : flow.parts()) {
            assertEquals(Base.studentT(3, 10).toString(), part.base().toString());
            assertTrue(part.bijection().toString().endsWith("Elementwise(tail transform, 3), Elementwise(affine, 3)]"), part.toString());
        }
        assertEquals(new Mixture(3, Flows.iaf().towards(Use.DENSITY)), Flows.mixture().flow(Flows.iaf()).towards(Use.DENSITY));
        assertEquals(4, Flows.mixture().components(2).then(Flows.mixture().components(2)).build(2, 1).parts().size());
        assertEquals("Mixture[components=3, flow=RealNvp[layers=4, hidden=[32, 32], logScaleBound=3.0]]", Flows.mixture().toString());
    }

    /** Shares and parts both depend on the context, once weights are away from their start. */
    @Test
    void withAContextItIsADistributionForEach() {
        for (int d : new int[] {1, 2, 3}) {
            Expr context = Expr.perDraw("context", Shape.of(2));
            Flow flow = new Mixture(2, Flows.diagonal()).build(d, 1, Context.of(context));
            double[] weights = Instances.perturbed(flow.weights(), 0.4);
            FittedFlow one = FittedFlow.of(flow, weights).given(context, 0.5, -1);
            FittedFlow other = FittedFlow.of(flow, weights).given(context, 2, 3);
            assertTrue(one.check().isPassed(), one.check().toString());
            DMatrixRMaj at = Replay.normal(d, 10, 1);
            assertFalse(Arrays.equals(one.logDensity(at), other.logDensity(at)));
            double[] sharesAlone = flow.weights().initial();
            sharesAlone[0] = 1;
            assertFalse(Arrays.equals(FittedFlow.of(flow, sharesAlone).given(context, 0.5, -1).logDensity(at),
                    FittedFlow.of(flow, sharesAlone).given(context, 2, 3).logDensity(at)));
        }
    }

    /** By maximum likelihood: shares are those of the samples within 2 percent, and rows held out as likely as their own density makes them. */
    @Test
    void samplesOfTwoNormalDistributionsAreLearned() {
        int n = 4000;
        DMatrixRMaj z = Replay.normal(2, n, 5);
        double[][] rows = new double[n][];
        double entropy = 0;
        for (int j = 0; j < n; j++) {
            boolean left = j % 10 < 3;
            rows[j] = new double[] {left ? z.get(0, j) - 6 : 0.5 * z.get(0, j) + 5, left ? z.get(1, j) : 0.5 * z.get(1, j) + z.get(0, j)};
            double square = z.get(0, j) * z.get(0, j) + z.get(1, j) * z.get(1, j);
            entropy += (StrictMath.log(left ? 0.3 : 0.7 * 4) - StrictMath.log(2 * Math.PI) - square / 2) / n;
        }
        LearnedFlow learned = Learning.of(new Mixture(2, Flows.fullRank())).rate(1e-2).epochs(60).run(Samples.of(rows));
        double[] shares = shares(learned.flow().weights(), 2);
        assertEquals(0.3, Math.min(shares[0], shares[1]), 0.02 * 0.3);
        double mean = Arrays.stream(learned.logDensity(Samples.of(rows))).average().orElseThrow();
        assertEquals(entropy, mean, 0.01);
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("mixture: flows must not be empty", () -> Flow.mixture(List.of()));
        assertMessage("mixture: flows must not be null", () -> Flow.mixture(null));
        assertMessage("mixture: flow must not be null", () -> Flow.mixture(Arrays.asList(Flows.diagonal().build(2, 1), null)));
        assertMessage("mixture: context must not be null", () -> Flow.mixture(List.of(Flows.diagonal().build(2, 1)), null, 1));
        assertMessage("mixture: flows must have one dimension, but had 2, 3",
                () -> Flow.mixture(List.of(Flows.diagonal().build(2, 1), Flows.diagonal().build(3, 1))));
        assertMessage("Mixture: dimension must be at least 1, but was 0", () -> Flows.mixture().build(0, 1));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}

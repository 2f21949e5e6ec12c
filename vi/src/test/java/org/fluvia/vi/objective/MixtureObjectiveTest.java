package org.fluvia.vi.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Flows;
import org.fluvia.flows.Weights;
import org.fluvia.flows.training.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Objectives of a flow that chooses between parts. */
class MixtureObjectiveTest {
    static final List<Objectives.Row> ALL = Objectives.table().rows();
    private static final double LOG_Z = 2;
    private static final double SHARE = 0.3;

    /** A flow and a density, without whitening. */
    private record Bare(Flow flow, UnaryOperator<Expr> target, Expr noise, int batch) implements Setting {
        Bare(Flow flow, UnaryOperator<Expr> target, int batch) {
            this(flow, target, Expr.perDraw("noise", Shape.of(flow.dimension())), batch);
        }

        @Override
        public Weights weights() {
            return flow.weights();
        }

        @Override
        public Flow.Draw sample() {
            return flow.sample(noise);
        }

        @Override
        public Flow.Draw path() {
            return flow.pathSample(noise);
        }

        @Override
        public Expr logApproximation(Expr point) {
            return flow.logDensity(point);
        }

        @Override
        public Expr logDensity(Expr point) {
            return target.apply(point);
        }

        @Override
        public DrawSource draws(int step) {
            return NormalNoise.of(1).step(step);
        }

        @Override
        public Workspace workspace(List<Expr> outputs) {
            return Program.of(outputs).workspace();
        }

        @Override
        public void seen(double[] weights, int step, double[] ratios) {}
    }

    private static Flow two() {
        return Flow.mixture(List.of(Flows.diagonal().build(2, 1), Flows.diagonal().build(2, 1)));
    }

    /** Logits, and of each part shifts and log scales. */
    private static double[] weights(double share, double x1, double x2, double logScale1, double logScale2) {
        return new double[] {StrictMath.log(share), StrictMath.log(1 - share), x1, 0, logScale1, logScale1, x2, 0, logScale2, logScale2};
    }

    private static UnaryOperator<Expr> twoGaussians(Flow flow) {
        double[] values = weights(SHARE, -6, 5, -0.5, 0.3);
        return y -> {
            Expr at = Expr.perDraw("at", Shape.of(2));
            Map<Expr, Expr> fixed = new HashMap<>(Map.of(at, y));
            int from = 0;
            for (Expr w : flow.weights().inputs()) {
                double[] part = new double[w.shape().size()];
                System.arraycopy(values, from, part, 0, part.length);
                from += part.length;
                fixed.put(w, Expr.vector(part));
            }
            return Expr.substitute(List.of(flow.logDensity(at)), fixed).get(0).plus(LOG_Z);
        };
    }

    /** Without noise: not even the shares' derivative has any, whatever the constant. */
    @Test
    void thePathGradientVanishesAtTheTarget() {
        Flow flow = two();
        Objective.Step step = Objectives.reverseKl().prepare(new Bare(flow, twoGaussians(flow), 64));
        double[] gradient = new double[flow.weights().size()];
        for (int i = 0; i < 5; i++) {
            assertEquals(64, step.gradient(weights(SHARE, -6, 5, -0.5, 0.3), i, gradient));
            for (double g : gradient) assertEquals(0, g, 1e-11);
        }
        step.gradient(weights(0.5, -6, 5, -0.5, 0.3), 0, gradient);
        assertTrue(Math.abs(gradient[0]) > 1);
    }

    /** Parts that start near theirs find their places, and shares within 2 percent. */
    @ParameterizedTest
    @FieldSource("ALL")
    void sharesOfPartsFarApartAreLearned(Objectives.Row row) {
        Flow flow = two();
        int batch = 128;
        Objective.Step step = row.objective().prepare(new Bare(flow, twoGaussians(flow), batch));
        double[] weights = weights(0.5, -5, 4, 0, 0);
        double[] gradient = new double[weights.length];
        Adam adam = new Adam(weights.length);
        int steps = 1500;
        for (int i = 0; i < steps; i++) {
            int n = step.gradient(weights, i, gradient);
            adam.step(weights, gradient, 1.0 / n, 0.03 * StrictMath.pow(1 - (double) i / steps, 1.5) + 1e-4);
        }
        double odds = StrictMath.exp(weights[0] - weights[1]);
        assertEquals(SHARE, odds / (1 + odds), 0.02 * SHARE, row.name());
        DMatrixRMaj draws = FittedFlow.of(flow, weights).sample(10_000, 5);
        double[] q = FittedFlow.of(flow, weights).logDensity(draws);
        double[] p = FittedFlow.of(flow, weights(SHARE, -6, 5, -0.5, 0.3)).logDensity(draws);
        double sum = 0;
        for (int j = 0; j < q.length; j++) sum += StrictMath.exp(p[j] + LOG_Z - q[j]);
        assertEquals(LOG_Z, StrictMath.log(sum / q.length), 0.02, row.name());
    }

    /** A draw that the density does not know counts neither for the gradient nor for the mean. */
    @Test
    void drawsOutsideTheSupportSayNothing() {
        Flow flow = two();
        UnaryOperator<Expr> target = twoGaussians(flow);
        Expr none = Expr.of(Double.NEGATIVE_INFINITY);
        Objective.Step step = Objectives.reverseKl().prepare(new Bare(flow, y -> Expr.where(y.get(1).lt(0), none, target.apply(y)), 64));
        double[] gradient = new double[flow.weights().size()];
        step.gradient(weights(SHARE, -6, 5, -0.5, 0.3), 0, gradient);
        for (double g : gradient) assertEquals(0, g, 1e-11);
        step = Objectives.reverseKl().prepare(new Bare(flow, y -> Expr.where(y.get(0).isFinite(), none, Functions.sign(y.get(0))), 64));
        step.gradient(weights(SHARE, -6, 5, -0.5, 0.3), 0, gradient);
        for (double g : gradient) assertEquals(0, g);
    }
}

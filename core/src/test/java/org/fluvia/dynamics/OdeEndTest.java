package org.fluvia.dynamics;

import static org.fluvia.autodiff.Functions.cos;
import static org.fluvia.autodiff.Functions.sin;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.autodiff.analysis.NonFinite;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;

/** The solution at one time, with derivatives back along the steps. */
class OdeEndTest {
    private static final Ode ODE = Ode.rk45().tolerances(1e-10, 1e-10).maxSteps(300);

    private final Expr k = Expr.perDraw("k", Shape.scalar());
    private final Expr y0 = Expr.perDraw("y0", Shape.of(2));

    /** y' = -k (y - sin t) + cos t has the solution sin t + (y0 - sin t0) exp(-k (t - t0)). */
    @Test
    void derivativesByStateAndParametersAreThoseOfTheClosedForm() {
        Expr y = ODE.end((t, z) -> z.minus(sin(t)).times(k).unaryMinus().plus(cos(t)), y0.get(0), 0.5, 3);
        double[] v = Replay.at(new double[] {1.3, 2, 0}, List.of(k, y0), y, Gradient.of(y, k), Gradient.of(y, y0));
        double decay = Math.exp(-1.3 * 2.5);
        double away = 2 - Math.sin(0.5);
        assertArrayEquals(new double[] {Math.sin(3) + away * decay, -2.5 * away * decay, decay, 0}, v, 1e-9);
    }

    /** y' = A y: exp(A) y0, where A is shared, and so are its derivatives, summed over draws. */
    @Test
    void derivativesBySharedMatricesAreThoseOfTheMatrixExponential() {
        double[] elements = {0.3, -1.1, 0.7, -0.4};
        Expr a = Expr.shared("a", Shape.of(2, 2), elements);
        Expr b = Expr.shared("b", Shape.of(2), 0.3, -0.2);
        // b enters twice, so that two sums make its derivative
        Expr solved = ODE.end((t, y) -> a.matmul(y).plus(b).plus(b.times(t).times(0)), y0, 0, 1);
        Expr exponential = Matrices.matrixExponential(a);
        // the integral of exp(A s) b
        Expr exact = exponential.matmul(y0).plus(Matrices.solve(a, exponential.matmul(b).minus(b)));
        double[][] points = new double[150][];
        for (int j = 0; j < points.length; j++) points[j] = new double[] {Math.sin(j), 2 * Math.cos(3 * j)};
        Expr c = Expr.vector(0.6, -1.7);
        List<double[][]> results = new ArrayList<>();
        for (Expr y : List.of(solved, exact)) {
            Expr f = y.square().dot(c);
            results.add(Replay.at(points, List.of(y0), List.of(y, Gradient.of(f, y0), Gradient.of(f, a), Gradient.of(f, b))));
        }
        for (int j = 0; j < points.length; j++) assertArrayEquals(results.get(1)[j], results.get(0)[j], 1e-6, "draw " + j);
    }

    /** A network as Scan would solve it in equal steps; with few draws or many, alone or with workers, the same bits. */
    @Test
    void networksHaveTheSameBitsOnAnyNumberOfThreadsAndTheGradientOfDifferences() {
        int d = 3;
        int h = 9;
        Expr in = Expr.perDraw("in", Shape.of(d));
        Expr w1 = Expr.shared("w1", Shape.of(h, d), normal(h * d, 1));
        Expr b1 = Expr.shared("b1", Shape.of(h), normal(h, 2));
        Expr w2 = Expr.shared("w2", Shape.of(d, h), normal(d * h, 3));
        Expr end = Ode.rk45().tolerances(1e-9, 1e-9).maxSteps(200)
                .end((t, y) -> w2.matmul(w1.matmul(y).plus(b1.times(t)).tanh()).div(3), in, 0, 1);
        Expr f = end.square().sum();
        List<Expr> weights = List.of(w1, b1, w2);
        List<Expr> outputs = new ArrayList<>(List.of(f, f.sumDraws(), Gradient.of(f, in)));
        outputs.addAll(Gradient.of(f, weights));
        Program program = Program.of(outputs);
        int draws = 301;
        DMatrixRMaj at = new DMatrixRMaj(d, draws, true, normal(d * draws, 4));
        Workspace alone = program.workspace();
        alone.set(in, DrawSource.of(at));
        alone.run(draws);
        try (Workers workers = Workers.of(2)) {
            Workspace both = program.workspace(workers);
            both.set(in, DrawSource.of(at));
            both.run(draws);
            assertArrayEquals(alone.perDraw(outputs.get(2)).data, both.perDraw(outputs.get(2)).data);
            for (int i = 3; i < outputs.size(); i++) assertArrayEquals(shared(alone, outputs.get(i)), shared(both, outputs.get(i)));
        }
        double[][] gradients = outputs.subList(3, 6).stream().map(g -> shared(alone, g)).toArray(double[][]::new);
        for (int i = 0; i < weights.size(); i++) {
            Expr w = weights.get(i);
            double[] values = SharedValues.of(w);
            for (int e = 0; e < values.length; e++) {
                double[] moved = values.clone();
                moved[e] = values[e] + 1e-4;
                alone.set(w, moved, 0);
                alone.run(draws);
                double up = alone.scalar(outputs.get(1));
                moved[e] = values[e] - 1e-4;
                alone.set(w, moved, 0);
                alone.run(draws);
                assertEquals((up - alone.scalar(outputs.get(1))) / 2e-4, gradients[i][e], 2e-3, w.name() + " " + e);
            }
            alone.set(w, values, 0);
        }
    }

    private static double[] shared(Workspace w, Expr output) {
        double[] values = new double[output.size()];
        w.shared(output, values, 0);
        return values;
    }

    private static double[] normal(int n, long seed) {
        double[] z = new double[n];
        NormalNoise.of(seed).fill(0, n, 1, z, 0, n);
        return z;
    }

    /** Draws take steps of their own, and one that cannot go on has no part in what the others give. */
    @Test
    void aDrawsBitsDependOnNoOtherDrawAndWhatFailsHasNoDerivative() {
        Expr rate = Expr.shared("rate", Shape.scalar(), 1);
        Expr y = Ode.rk45().maxSteps(40).end((t, z) -> z.square().times(rate), k, 0, 1); // k / (1 - k t)
        List<Expr> outputs = List.of(y, Gradient.of(y, k), Gradient.of(y, rate));
        double[][] points = Replay.points(-1, 0.5, 2, -3, 0.9, 7);
        double[][] together = Replay.at(points, List.of(k), outputs);
        double sum = 0;
        for (int j = 0; j < points.length; j++) {
            double[] alone = Replay.at(new double[][] {points[j]}, List.of(k), outputs)[0];
            assertEquals(alone[0], together[j][0]);
            assertEquals(alone[1], together[j][1]);
            boolean fails = points[j][0] >= 1;
            assertEquals(fails, Double.isNaN(alone[0]));
            if (fails) assertEquals(0, alone[1] + alone[2]);
            sum += alone[2];
        }
        assertEquals(sum, together[0][2], 1e-12 * sum);
        String why = NonFinite.explain(y, Map.of(k, new double[] {2}));
        assertTrue(why.matches("ode: (more than 40 steps|the step size vanished) at t = 0\\.[45].*"), why);
    }

    @Test
    void aSystemMayDependOnNoStateAndBeSharedOrBecomePerDraw() {
        Expr slope = Expr.shared("slope", Shape.of(2), 3, -1);
        Expr straight = ODE.end((t, y) -> slope, y0, 0, 2);
        double[] v = Replay.at(new double[] {5, 6}, List.of(y0), straight, Gradient.of(straight.sum(), slope), Gradient.of(straight.sum(), y0));
        assertArrayEquals(new double[] {11, 4, 2, 2, 1, 1}, v, 1e-12);

        Expr start = Expr.shared("start", Shape.scalar(), 2);
        Expr r = Expr.shared("r", Shape.scalar(), -0.5);
        Expr y = ODE.end((t, z) -> z.times(r), start, 0, 1);
        assertFalse(y.isPerDraw());
        assertEquals(2 * Math.exp(-0.5), SharedValues.of(y)[0], 1e-9);
        assertEquals(2 * Math.exp(-0.5), SharedValues.of(Gradient.of(y, r))[0], 1e-9);
        assertEquals(Math.exp(-0.5), SharedValues.of(Gradient.of(y, start))[0], 1e-9);

        Expr perDraw = Expr.substitute(List.of(y), Map.of(r, k)).get(0);
        v = Replay.at(new double[] {-0.7}, List.of(k), perDraw, Gradient.of(perDraw, k), Gradient.of(perDraw, start));
        assertArrayEquals(new double[] {2 * Math.exp(-0.7), 2 * Math.exp(-0.7), Math.exp(-0.7)}, v, 1e-9);

        assertArrayEquals(new double[] {5, 6}, Replay.at(new double[] {5, 6}, List.of(y0), ODE.end((t, z) -> z, y0, 1, 1)));
    }

    /** Doses that jump: from dose to dose, as a scan. */
    @Test
    void itMayBeAStepOfAScan() {
        Expr rate = Expr.shared("rate", Shape.scalar(), 0.7);
        Expr start = y0.get(0);
        Expr amount = Scan.of(start, Expr.vector(3, 0, 1, 2), (a, dose) ->
                ODE.end((t, z) -> z.times(rate).unaryMinus(), a.plus(dose), 0, 1)).last();
        double[] v = Replay.at(new double[] {1, 0}, List.of(y0), amount, Gradient.of(amount, rate), Gradient.of(amount, start));
        double[] d = {4, 0, 1, 2};
        double level = 0;
        double byRate = 0;
        for (int i = 0; i < 4; i++) {
            byRate = (byRate - level - d[i]) * Math.exp(-0.7);
            level = (level + d[i]) * Math.exp(-0.7);
        }
        assertArrayEquals(new double[] {level, byRate, Math.exp(-2.8)}, v, 1e-8);
    }

    @Test
    void messagesNameWhatDoesNotFit() {
        assertMessage("ode: end is for Ode.rk45(), not for Ode.stiff() (OdeEndTest.java:", () -> Ode.stiff().end((t, z) -> z, y0, 0, 1));
        assertMessage("ode: end keeps the states of all steps, of which there may be at most 10000, but maxSteps is 1000000 (OdeEndTest.java:",
                () -> Ode.rk45().end((t, z) -> z, y0, 0, 1));
        assertMessage("ode: times must be finite and increase from t0, but time 1 is 0.0 after 1.0", () -> ODE.end((t, z) -> z, y0, 1, 0));
        assertMessage("ode: the derivative must have the shape of y0, (2), but has scalar", () -> ODE.end((t, z) -> z.sum(), y0, 0, 1));
        Expr y = ODE.end((t, z) -> z.times(k), y0, 0, 1).sum();
        Expr g = Gradient.of(y, k);
        assertTrue(y.hasFirstDerivativesOnly());
        assertTrue(assertThrows(UnsupportedOperationException.class, () -> Gradient.of(g, k)).getMessage().contains("second derivatives"));
    }

    private static void assertMessage(String start, org.junit.jupiter.api.function.Executable code) {
        String actual = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(actual.startsWith(start), actual);
    }
}

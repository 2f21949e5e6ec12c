package org.fluvia.dynamics;

import static org.fluvia.autodiff.Functions.cos;
import static org.fluvia.autodiff.Functions.sin;
import static org.fluvia.autodiff.Functions.stack;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.analysis.NonFinite;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Solutions against closed forms and SciPy's; their derivatives against closed forms. */
class OdeTest {
    private static final Map<String, BinaryOperator<Expr>> SYSTEMS = Map.of(
            "lotkaVolterra", (t, y) -> stack(Expr.of(0.55).minus(y.get(1).times(0.028)).times(y.get(0)),
                    y.get(0).times(0.024).minus(0.8).times(y.get(1))),
            "sir", (t, y) -> {
                Expr infections = y.get(0).times(y.get(1)).times(0.4);
                Expr recoveries = y.get(1).times(0.1);
                return stack(infections.unaryMinus(), infections.minus(recoveries), recoveries);
            },
            "pendulum", (t, y) -> stack(y.get(1), sin(y.get(0)).unaryMinus().minus(y.get(1).times(0.2)).plus(cos(t.times(1.3)).times(0.5))),
            "vanDerPol", (t, y) -> stack(y.get(1), Expr.of(1).minus(y.get(0).square()).times(y.get(1)).times(200).minus(y.get(0))),
            "robertson", (t, y) -> {
                Expr back = y.get(1).times(y.get(2)).times(1e4);
                Expr ahead = y.get(0).times(0.04);
                Expr product = y.get(1).square().times(3e7);
                return stack(back.minus(ahead), ahead.minus(back).minus(product), product);
            });
    private static final Map<String, double[]> INITIAL = Map.of("lotkaVolterra", new double[] {33, 6},
            "sir", new double[] {0.99, 0.01, 0}, "pendulum", new double[] {0.3, 0}, "vanDerPol", new double[] {2, 0},
            "robertson", new double[] {1, 0, 0});

    private final Expr k = Expr.perDraw("k", Shape.scalar());
    private final Expr y0 = Expr.perDraw("y0", Shape.of(2));

    @TestFactory
    Stream<DynamicTest> solutionsAreThoseOfScipy() throws IOException {
        try (InputStream in = OdeTest.class.getResourceAsStream("ode.txt")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).toList();
            assertEquals(SYSTEMS.size(), lines.size());
            return lines.stream().map(l -> DynamicTest.dynamicTest(l.split(" ")[0], () -> compare(l.split("; "))));
        }
    }

    private void compare(String[] line) {
        String name = line[0].split(" ")[0];
        double[][] rows = Arrays.stream(line).skip(1).map(r -> Arrays.stream(r.split(" ")).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new);
        Expr times = Expr.vector(Arrays.stream(rows).mapToDouble(r -> r[0]).toArray());
        double t0 = name.equals("pendulum") ? -1 : 0;
        Expr start = Expr.vector(INITIAL.get(name));
        boolean stiff = name.equals("vanDerPol") || name.equals("robertson");
        List<Ode> methods = stiff ? List.of(Ode.stiff()) : List.of(Ode.rk45(), Ode.stiff());
        for (Ode method : methods) {
            double coarse = error(rows, SharedValues.of(method.tolerances(1e-6, 1e-9).solve(SYSTEMS.get(name), start, t0, times)));
            double fine = error(rows, SharedValues.of(method.tolerances(1e-9, 1e-12).solve(SYSTEMS.get(name), start, t0, times)));
            assertTrue(coarse < 2e-4, name + " " + method + " " + coarse);
            assertTrue(fine < 2e-7 && fine < 0.1 * coarse, name + " " + method + " " + fine + " of " + coarse);
        }
    }

    /** The largest relative error, of all times and elements. */
    private static double error(double[][] rows, double[] actual) {
        double largest = 0;
        int at = 0;
        for (double[] row : rows) {
            for (int i = 1; i < row.length; i++) {
                largest = Math.max(largest, Math.abs(actual[at++] - row[i]) / Math.abs(row[i]));
            }
        }
        return largest;
    }

    /** y' = -k (y - sin t) + cos t has the solution sin t + (y0 - sin t0) exp(-k (t - t0)), whatever the size of k. */
    @Test
    void derivativesByStateAndParametersAreThoseOfTheClosedForm() {
        double[] times = {0.5, 0.7, 1.4, 3};
        Expr start = y0.get(0);
        for (Ode ode : List.of(Ode.rk45().tolerances(1e-10, 1e-12), Ode.stiff().tolerances(1e-10, 1e-12))) {
            Expr y = ode.solve((t, z) -> z.minus(sin(t)).times(k).unaryMinus().plus(cos(t)), start, 0.5, Expr.vector(times));
            assertEquals(Shape.of(4), y.shape());
            for (int i = 0; i < times.length; i++) {
                double[] v = Replay.at(new double[] {1.3, 2, 0}, List.of(k, y0), y.get(i), Gradient.of(y.get(i), k),
                        Gradient.of(y.get(i), y0));
                double decay = Math.exp(-1.3 * (times[i] - 0.5));
                double away = 2 - Math.sin(0.5);
                assertEquals(Math.sin(times[i]) + away * decay, v[0], 1e-9, ode + " value");
                assertEquals(-(times[i] - 0.5) * away * decay, v[1], 1e-9, ode + " by k");
                assertEquals(decay, v[2], 1e-9, ode + " by y0");
                assertEquals(0, v[3], "y0[1] has no part in it");
            }
        }
    }

    @Test
    void aHarmonicOscillatorKeepsItsPhase() {
        Expr times = Expr.vector(1, 50, 100);
        Expr y = Ode.rk45().tolerances(1e-11, 1e-11).solve((t, z) -> stack(z.get(1), k.square().times(z.get(0)).unaryMinus()), y0, 0, times);
        assertEquals(Shape.of(3, 2), y.shape());
        double w = 1.7;
        double[] v = Replay.at(new double[] {w, 0.8, -0.3}, List.of(k, y0), y, Gradient.of(y.get(2).get(0), k));
        for (int i = 0; i < 3; i++) {
            double t = new double[] {1, 50, 100}[i];
            assertEquals(0.8 * Math.cos(w * t) - 0.3 / w * Math.sin(w * t), v[2 * i], 1e-8);
            assertEquals(-0.8 * w * Math.sin(w * t) - 0.3 * Math.cos(w * t), v[2 * i + 1], 1e-8);
        }
        double byW = -80 * Math.sin(100 * w) + 0.3 / (w * w) * Math.sin(100 * w) - 30 / w * Math.cos(100 * w);
        assertEquals(byW, v[6], 1e-8 * 100);
    }

    /** Eigenvalues -1 and -k: an explicit method needs steps of the size of 1 / k, an implicit one does not. */
    @Test
    void aStiffSystemNeedsFewStepsOfTheStiffMethod() {
        BinaryOperator<Expr> f = (t, y) -> stack(y.get(0).unaryMinus(), k.times(y.get(0).minus(y.get(1))));
        double fast = 1e6;
        double[] at = {fast, 2, -1};
        Expr times = Expr.vector(0.1, 10);
        Expr implicit = Ode.stiff().maxSteps(500).solve(f, y0, 0, times);
        double[] v = Replay.at(at, List.of(k, y0), implicit, Gradient.of(implicit.get(0).get(1), k), Gradient.of(implicit.get(0).get(1), y0));
        double slave = 2 * fast / (fast - 1);
        assertArrayEquals(new double[] {2 * Math.exp(-0.1), slave * Math.exp(-0.1), 2 * Math.exp(-10), slave * Math.exp(-10)},
                Arrays.copyOf(v, 4), 1e-7);
        assertEquals(-2 / ((fast - 1) * (fast - 1)) * Math.exp(-0.1), v[4], 1e-18);
        assertArrayEquals(new double[] {fast / (fast - 1) * Math.exp(-0.1), 0}, Arrays.copyOfRange(v, 5, 7), 1e-7);

        Expr explicit = Ode.rk45().maxSteps(500).solve(f, y0, 0, times);
        assertTrue(Double.isNaN(Replay.at(at, List.of(k, y0), explicit)[0]));
        String why = NonFinite.explain(explicit.sum(), Map.of(k, new double[] {fast}, y0, new double[] {2, -1}));
        assertTrue(why.matches("ode: more than 500 steps at t = 0\\.00\\d+ \\(OdeTest.java:\\d+\\); is it stiff\\? use Ode.stiff\\(\\)"), why);
    }

    @Test
    void aSolutionThatBlowsUpIsNaNFromThereAndSaysWhen() {
        Expr times = Expr.vector(0.25, 0.5, 2, 3);
        for (Ode ode : List.of(Ode.rk45(), Ode.stiff())) {
            Expr y = ode.solve((t, z) -> z.square(), k, 0, times); // k / (1 - k t)
            double[] v = Replay.at(new double[] {1}, List.of(k), y, Gradient.of(y.get(3), k));
            assertEquals(4 / 3., v[0], 1e-5);
            assertEquals(2, v[1], 1e-5);
            assertTrue(Double.isNaN(v[2]) && Double.isNaN(v[3]) && Double.isNaN(v[4]));
            String why = NonFinite.explain(y.sum(), Map.of(k, new double[] {1}));
            assertTrue(why.matches("ode: the (step size vanished|solution or its derivative is not finite) at t = (0\\.99|1\\.00).*"), why);
        }
        Expr root = Ode.rk45().solve((t, z) -> z.minus(1).sqrt(), k, 0, times);
        String why = NonFinite.explain(root.sum(), Map.of(k, new double[] {0.5}));
        assertTrue(why.startsWith("ode: the solution or its derivative is not finite at t = 0.0 (OdeTest.java:"), why);
    }

    /** More draws than a tile has lanes, some hopeless: each has the bits it has alone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 300})
    void aDrawsBitsDependOnNoOtherDraw(int draws) {
        BinaryOperator<Expr> f = (t, y) -> stack(y.get(1), k.times(Expr.of(1).minus(y.get(0).square())).times(y.get(1)).minus(y.get(0)));
        List<Expr> inputs = List.of(k, y0);
        List<Expr> outputs = new ArrayList<>();
        for (Ode ode : List.of(Ode.rk45().maxSteps(200), Ode.stiff().tolerances(1e-5, 1e-5).maxSteps(200))) {
            Expr y = ode.solve(f, y0, 0, Expr.vector(0.5, 3, 4));
            outputs.add(y);
            outputs.add(Gradient.of(y.get(0).sum().plus(y.get(2).get(1)), k));
        }
        double[][] points = new double[draws][];
        for (int j = 0; j < draws; j++) {
            points[j] = new double[] {j % 7 == 6 ? 1e5 : 0.2 * (j % 5), Math.sin(j), j % 11 == 3 ? Double.NaN : Math.cos(j)};
        }
        double[][] together = Replay.at(points, inputs, outputs);
        for (int j : new int[] {0, draws / 2, draws - 1}) {
            assertArrayEquals(Replay.at(new double[][] {points[j]}, inputs, outputs)[0], together[j], "draw " + j);
        }
        assertTrue(Arrays.stream(together[0]).allMatch(Double::isFinite));
    }

    /** What f computes of parameters alone may be computed before; the derivatives are the same. */
    @Test
    void parametersMayBeTransformedInsideAndOutside() {
        Expr times = Expr.vector(1, 2);
        Ode ode = Ode.rk45().tolerances(1e-10, 1e-10);
        Expr rate = k.exp().times(y0.get(1));
        Expr outside = ode.solve((t, z) -> z.times(rate).unaryMinus(), y0.get(0), 0, times);
        Expr inside = ode.solve((t, z) -> z.times(k.exp().times(y0.get(1))).unaryMinus(), y0.get(0), 0, times);
        for (Expr y : List.of(outside, inside)) {
            double[] v = Replay.at(new double[] {-0.7, 2, 0.5}, List.of(k, y0), y.get(1), Gradient.of(y.get(1), k), Gradient.of(y.get(1), y0));
            double decay = Math.exp(-2 * 0.5 * Math.exp(-0.7));
            double byRate = -2 * 2 * decay;
            assertArrayEquals(new double[] {2 * decay, byRate * 0.5 * Math.exp(-0.7), decay, byRate * Math.exp(-0.7)}, v, 1e-9);
        }
    }

    @Test
    void manyTimesCostNoMoreSteps() {
        double[] t = new double[1000];
        for (int i = 0; i < t.length; i++) t[i] = (i + 1) / 100.;
        Expr y = Ode.rk45().tolerances(1e-8, 1e-8).maxSteps(60).solve((s, z) -> z.times(k).unaryMinus(), Expr.of(1), 0, Expr.vector(t));
        double[] v = Replay.at(new double[] {0.7}, List.of(k), y);
        for (int i = 0; i < t.length; i++) assertEquals(Math.exp(-0.7 * t[i]), v[i], 1e-6 * Math.exp(-0.7 * t[i]) + 1e-8);
    }

    @Test
    void theInitialTimeMayBeAskedFor() {
        for (Ode ode : List.of(Ode.rk45(), Ode.stiff())) {
            Expr y = ode.solve((t, z) -> z.times(k).unaryMinus(), y0, 2, Expr.vector(2));
            double[] v = Replay.at(new double[] {0.7, 5, 6}, List.of(k, y0), y, Gradient.of(y.get(0).get(0), k), Gradient.of(y.get(0).get(0), y0));
            assertArrayEquals(new double[] {5, 6, 0, 1, 0}, v);
        }
        assertEquals(Shape.of(0, 2), Ode.rk45().solve((t, z) -> z, y0, 0, Expr.vector()).shape());
    }

    /** Doses that jump: a solution from dose to dose, as a scan. */
    @Test
    void solutionsMayBeStepsOfAScan() {
        Expr doses = Expr.vector(3, 0, 1, 2);
        Expr amount = Scan.of(y0.get(0), doses, (a, dose) ->
                Ode.rk45().tolerances(1e-10, 1e-12).solve((t, z) -> z.times(k).unaryMinus(), a.plus(dose), 0, Expr.vector(1)).get(0)).states();
        double[] v = Replay.at(new double[] {0.7, 1, 0}, List.of(k, y0), amount, Gradient.of(amount.get(3), k), Gradient.of(amount.get(3), y0));
        double[] d = {4, 0, 1, 2};
        double level = 0;
        double byK = 0;
        for (int i = 0; i < 4; i++) {
            byK = (byK - level - d[i]) * Math.exp(-0.7);
            level = (level + d[i]) * Math.exp(-0.7);
            assertEquals(level, v[i], 1e-8);
        }
        assertEquals(byK, v[4], 1e-8);
        assertEquals(Math.exp(-2.8), v[5], 1e-8);
    }

    @Test
    void systemsOfDataAreSolvedOnce() {
        Expr y = Ode.rk45().solve((t, z) -> z.times(-2), Expr.vector(1, 2), 0, Expr.vector(1));
        assertFalse(y.isPerDraw());
        assertArrayEquals(new double[] {Math.exp(-2), 2 * Math.exp(-2)}, SharedValues.of(y), 1e-5);
    }

    @Test
    void thereAreNoSecondDerivatives() {
        Expr y = Ode.rk45().solve((t, z) -> z.times(k), y0, 0, Expr.vector(1)).sum();
        Expr g = Gradient.of(y, k);
        assertTrue(assertThrows(UnsupportedOperationException.class, () -> Gradient.of(g, k)).getMessage().contains("second derivatives"));
        assertTrue(y.hasFirstDerivativesOnly());
    }

    @Test
    void messagesNameWhatDoesNotFit() {
        BinaryOperator<Expr> f = (t, z) -> z.times(k);
        Ode ode = Ode.rk45();
        Map<String, Runnable> wrong = new HashMap<>();
        wrong.put("ode: the derivative must have the shape of y0, (2), but has scalar (OdeTest.java:",
                () -> ode.solve((t, z) -> z.sum(), y0, 0, Expr.vector(1)));
        wrong.put("ode: times must be finite and increase from t0, but time 2 is 1.0 after 2.0 (OdeTest.java:",
                () -> ode.solve(f, y0, 0, Expr.vector(2, 1)));
        wrong.put("ode: times must be finite and increase from t0, but time 2 is 2.0 after 2.0",
                () -> ode.solve(f, y0, 0, Expr.vector(2, 2)));
        wrong.put("ode: times must be finite and increase from t0, but time 1 is -1.0 after 0.0",
                () -> ode.solve(f, y0, 0, Expr.vector(-1, 1)));
        wrong.put("ode: times must be finite and increase from t0, but time 1 is NaN after 0.0",
                () -> ode.solve(f, y0, 0, Expr.vector(Double.NaN)));
        wrong.put("ode: t0 must be a number and times a vector, both data, but are", () -> ode.solve(f, y0, k, Expr.vector(1)));
        wrong.put("ode: the relative tolerance must be positive and finite, but was 0.0", () -> ode.tolerances(0, 1));
        wrong.put("ode: the absolute tolerance must be positive and finite, but was NaN", () -> ode.tolerances(1, Double.NaN));
        wrong.put("ode: the most steps must be at least 1, but were 0", () -> ode.maxSteps(0));
        wrong.forEach((message, code) -> {
            String actual = assertThrows(IllegalArgumentException.class, code::run).getMessage();
            assertTrue(actual.startsWith(message), actual);
        });
        assertEquals("RODAS, tolerances 1.0E-8 relative, 1.0E-8 absolute, at most 1000000 steps", Ode.stiff().toString());
    }
}

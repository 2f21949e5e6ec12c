package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fluvia.autodiff.analysis.NonFinite;
import org.fluvia.autodiff.loop.Loop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops against the same recurrences unrolled; their adjoints against dual numbers are in {@link AdjointTest}. */
class ScanTest {
    private static final double[] DATA = new Random(4).doubles(300, -1, 1).toArray();

    /** The parameters mu, phi, theta of an ARMA(1, 1), or any other three. */
    private final Expr u = Expr.perDraw("u", Shape.of(3));
    private final Expr y = Expr.shared("y", Shape.of(DATA.length), DATA);

    private Expr arma() {
        Expr first = y.get(0).minus(u.get(0).plus(u.get(1).times(u.get(0))));
        return Scan.of(first, List.of(y.slice(1, DATA.length), y.slice(0, DATA.length - 1)), (e, row) ->
                row.get(0).minus(u.get(0).plus(u.get(1).times(row.get(1))).plus(u.get(2).times(e)))).path();
    }

    private Expr armaUnrolled() {
        Expr e = y.get(0).minus(u.get(0).plus(u.get(1).times(u.get(0))));
        List<Expr> all = new ArrayList<>(List.of(e));
        for (int t = 1; t < DATA.length; t++) {
            e = y.get(t).minus(u.get(0).plus(u.get(1).times(y.get(t - 1))).plus(u.get(2).times(e)));
            all.add(e);
        }
        return Expr.concat(all.toArray(new Expr[0]));
    }

    @Test
    void aLoopIsTheSameRecurrenceUnrolled() {
        Expr loop = arma().square().sum();
        Expr unrolled = armaUnrolled().square().sum();
        List<Expr> outputs = new ArrayList<>(List.of(loop, unrolled, Gradient.of(loop, u), Gradient.of(unrolled, u)));
        outputs.add(Gradient.of(outputs.get(2).dot(Expr.vector(1, 2, 3)), u));
        outputs.add(Gradient.of(outputs.get(3).dot(Expr.vector(1, 2, 3)), u));
        Workspace w = run(37, 1, outputs);
        assertArrayEquals(values(w, outputs.get(0)), values(w, outputs.get(1)), 1e-12 * 300);
        for (int k = 2; k < 6; k += 2) {
            double[] expected = values(w, outputs.get(k + 1));
            double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertArrayEquals(expected, values(w, outputs.get(k)), 1e-13 * scale);
        }
        assertTrue(Program.of(loop, outputs.get(2)).operations() < 40);
    }

    private Workspace run(int draws, int threads, List<Expr> outputs) {
        Workspace w = Program.of(outputs).workspace(threads == 1 ? Workers.none() : Workers.of(threads));
        w.set(u, (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < elements; i++) {
                for (int j = 0; j < count; j++) x[offset + i * stride + j] = 0.2 + 0.1 * i + 0.4 * Math.sin(i + 7.0 * (first + j));
            }
        });
        w.run(draws);
        return w;
    }

    private static double[] values(Workspace w, Expr x) {
        if (x.isPerDraw()) {
            return Arrays.copyOf(w.perDraw(x).data, w.perDraw(x).getNumElements());
        }
        double[] v = new double[x.shape().size()];
        w.shared(x, v, 0);
        return v;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 64, 200, 1021})
    void aDrawsBitsDependOnNoOtherDrawAndNoThread(int draws) {
        Expr l = arma().square().sum();
        List<Expr> outputs = List.of(l, Gradient.of(l, u));
        Workspace one = run(draws, 1, outputs);
        Workspace four = run(draws, 4, outputs);
        Workspace alone = run(1, 1, outputs);
        for (Expr x : outputs) {
            assertArrayEquals(values(one, x), values(four, x));
            for (int i = 0; i < x.shape().size(); i++) assertEquals(alone.perDraw(x).get(i, 0), one.perDraw(x).get(i, 0));
        }
    }

    /** From 192 elements on vectors are computed block by block of rows, in bodies too. */
    @Test
    void bodiesMayHaveLongVectorsAndEveryShape() {
        int n = 200;
        int steps = 4;
        Expr a = Expr.shared("a", Shape.of(n), new Random(1).doubles(n, 0.1, 0.5).toArray());
        Expr x = Expr.shared("x", Shape.of(steps, n), new Random(2).doubles(steps * n, -1, 1).toArray());
        Scan s = Scan.of(List.of(a.times(u.get(0)), u.get(1)), List.of(x), (h, row) -> {
            Expr v = h.get(0).times(a).plus(row.get(0).times(h.get(1))).tanh();
            return new Scan.Next(List.of(v, v.square().mean()), List.of(v.sum(), a.get(3)));
        });
        Expr h = a.times(u.get(0));
        Expr m = u.get(1);
        List<Expr> sums = new ArrayList<>();
        List<Expr> means = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            h = h.times(a).plus(x.get(t).times(m)).tanh();
            m = h.square().mean();
            sums.add(h.sum());
            means.add(m);
        }
        Expr loop = s.emitted(0).square().sum().plus(s.last(0).sum()).plus(s.states(1).get(1));
        Expr unrolled = Expr.concat(sums.toArray(new Expr[0])).square().sum().plus(h.sum())
                .plus(means.get(1));
        Expr kept = s.emitted(1);
        List<Expr> outputs = List.of(loop, unrolled, Gradient.of(loop, u), Gradient.of(unrolled, u), kept);
        Workspace w = run(19, 1, outputs);
        assertArrayEquals(values(w, outputs.get(1)), values(w, outputs.get(0)), 1e-10);
        assertArrayEquals(values(w, outputs.get(3)), values(w, outputs.get(2)), 1e-9);
        assertEquals(Shape.of(steps, n), s.states(0).shape());
        assertEquals(Shape.scalar(), s.last(1).shape());
        assertEquals(Shape.of(steps), kept.shape());
        assertEquals(SharedValues.of(a)[3], w.perDraw(kept).get(2, 18), "what a loop per draw emits is per draw");
    }

    @Test
    void whatIsSharedIsComputedOnce() {
        Expr half = Scan.of(Expr.of(1), y, (s, row) -> s.times(0.5).plus(row)).states();
        assertFalse(half.isPerDraw());
        double[] all = SharedValues.of(half);
        double s = 1;
        for (int t = 0; t < DATA.length; t++) assertEquals(s = s * 0.5 + DATA[t], all[t]);
        // the same body with a parameter
        assertTrue(Scan.of(Expr.of(1), y, (x, row) -> x.times(u.get(0)).plus(row)).last().isPerDraw());
    }

    @Test
    void aReplacedParameterIsReplacedInTheLoop() {
        Expr l = arma().sum();
        Expr v = Expr.perDraw("v", Shape.of(3));
        Expr fixed = Expr.shared("fixed", Shape.of(3), 0.3, 0.2, 0.1);
        Expr perDraw = Expr.substitute(List.of(l), Map.of(u, v.times(2))).get(0);
        Expr constant = Expr.substitute(List.of(l), Map.of(u, fixed)).get(0);
        Expr dataPerDraw = Expr.substitute(List.of(l), Map.of(y, y.times(v.get(0)))).get(0);
        Workspace w = Program.of(perDraw, constant, dataPerDraw, l).workspace();
        w.set(v, (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < 3; i++) x[offset + i * stride] = new double[] {0.15, 0.1, 0.05}[i];
        });
        w.set(u, (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < 3; i++) x[offset + i * stride] = new double[] {0.3, 0.2, 0.1}[i];
        });
        w.run(1);
        double expected = w.perDraw(l).get(0);
        assertEquals(expected, w.perDraw(perDraw).get(0), 1e-13);
        assertEquals(expected, w.perDraw(constant).get(0), 1e-13);
        assertTrue(Math.abs(expected - w.perDraw(dataPerDraw).get(0)) > 1);
    }

    @Test
    void equalLoopsAreOneOperation() {
        assertEquals(1, loops(arma().sum().plus(arma().square().sum())));
        assertEquals(2, loops(Scan.of(u.get(0), y, (s, row) -> s.plus(row)).last()
                .plus(Scan.of(u.get(0), y, (s, row) -> s.minus(row)).last())));
        Expr l = arma().square().sum();
        assertEquals(2, loops(Gradient.of(l, u).plus(Gradient.of(arma().square().sum(), u))));
    }

    private static long loops(Expr x) {
        return Arrays.stream(Program.of(x).tile).filter(s -> s.op() instanceof Loop).count();
    }

    @Test
    void thousandsOfStepsRecordQuickly() {
        int n = 20_000;
        Expr s = Scan.of(u.get(0), n, x -> x.times(0.9999).plus(0.0001)).last();
        Expr g = Gradient.of(s, u);
        Program p = Program.of(s, g);
        assertTrue(p.operations() < 10);
        Workspace w = run(3, 1, List.of(s, g));
        assertEquals(Math.pow(0.9999, n), w.perDraw(g).get(0, 2), 1e-12);
    }

    @Test
    void theStepThatBreaksIsNamed() {
        Expr s = Scan.of(u.get(0).named("mu"), y, (x, row) -> x.minus(0.1).log().plus(row)).last();
        String message = NonFinite.explain(s, Map.of(u, new double[] {1.5, 0, 0}));
        assertTrue(message.startsWith("log gives NaN (ScanTest.java:"), message);
        assertTrue(message.matches(".*with minus\\(\\.\\.\\.\\) = -.*, in step 4 of 300 of the scan \\(ScanTest.java:\\d+\\)"), message);
        assertNull(NonFinite.explain(arma().sum(), Map.of(u, new double[] {0.1, 0.1, 0.1})));
    }

    @Test
    void aFailureInABodyDoesNotSpoilTheNextRun() {
        Expr index = Expr.shared("index", Shape.of(4), 0, 1, 2, 0);
        Expr s = Scan.of(u.get(0), index, (x, i) -> x.plus(u.get(i.reshape(Shape.of(1))).get(0))).last();
        Workspace w = Program.of(s).workspace();
        w.set(u, (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < 3; i++) x[offset + i * stride] = i + 1;
        });
        w.run(1);
        assertEquals(8, w.perDraw(s).get(0));
        w.set(index, new double[] {0, 9, 0, 0}, 0);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> w.run(1)).getMessage().startsWith("get: index 1 must be"));
        w.set(index, new double[] {0, 0, 0, 0}, 0);
        w.run(1);
        assertEquals(5, w.perDraw(s).get(0));
    }

    @Test
    void messagesNameShapesAndPlaces() {
        Expr z = Expr.perDraw("z", Shape.of(2));
        Map<String, Runnable> wrong = new HashMap<>();
        wrong.put("scan: the body must give a state of the initial state's shape, (2), but gave scalar (ScanTest.java:",
                () -> Scan.of(z, y, (s, row) -> s.sum().plus(row)));
        wrong.put("scan: inputs must have one row for each step, but have shapes [(300), (2)] (ScanTest.java:",
                () -> Scan.of(z, List.of(y, z), (s, row) -> s));
        wrong.put("scan: inputs must have one row for each step, but have shapes [scalar] (ScanTest.java:",
                () -> Scan.of(z, Expr.of(3), (s, row) -> s));
        wrong.put("scan: the body must not sum over draws", () -> Scan.of(z, y, (s, row) -> s.times(s.sum().sumDraws())));
        wrong.forEach((message, code) -> {
            String actual = assertThrows(IllegalArgumentException.class, code::run).getMessage();
            assertTrue(actual.startsWith(message), actual);
        });
    }
}

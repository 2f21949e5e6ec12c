package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the log-density of every distribution of vectors and matrices. */
class EventContractTest {
    private static final double EPS = 0x1p-52;

    static List<EventFamily> families() {
        return EventFamily.all();
    }

    private static void check(double expected, double actual, double magnitude, Object what) {
        assertEquals(expected, actual, 64 * EPS * magnitude + 8 * Double.MIN_NORMAL, what.toString());
    }

    @Test
    void tableAndReferencesHaveEveryFamily() {
        TreeSet<String> table = new TreeSet<>(EventFamily.all().stream().map(EventFamily::name).toList());
        assertEquals(FamilyCase.named(Family.Kind.VECTORS, Family.Kind.MATRICES),
                table);
        for (String name : table) assertTrue(EventReference.of(name).size() >= 8, name);
    }

    @ParameterizedTest
    @MethodSource("families")
    void logDensitiesAgreeWithTheReferences(EventFamily family) {
        for (EventReference r : EventReference.of(family.name())) {
            List<Expr> inputs = family.inputs(r);
            Expr ofDraws = family.of(inputs.subList(1, inputs.size())).logDensity(inputs.get(0));
            assertEquals(Shape.scalar(), ofDraws.shape());
            check(r.logDensity(), Replay.at(r.point(), inputs, ofDraws)[0], r.magnitude(), r);

            Expr ofData = family.of(family.data(r)).logDensity(r.x().data("x"));
            check(r.logDensity(), SharedValues.of(ofData)[0], r.magnitude(), r);

            Expr mixed = family.of(inputs.subList(1, inputs.size())).logDensity(r.x().data("x"));
            check(r.logDensity(), Replay.at(r.point(), inputs, mixed)[0], r.magnitude(), r);
        }
    }

    /** Two events of the same shapes: the parameters of each, or those of the first for both. */
    @ParameterizedTest
    @MethodSource("families")
    void leadingAxesCountEvents(EventFamily family) {
        Map<List<Shape>, List<EventReference>> alike = new LinkedHashMap<>();
        for (EventReference r : EventReference.of(family.name())) {
            alike.computeIfAbsent(r.shapes(), s -> new ArrayList<>()).add(r);
        }
        int pairs = 0;
        for (List<EventReference> group : alike.values()) {
            for (int i = 0; i + 1 < group.size(); i++, pairs++) compareRows(family, group.get(i), group.get(i + 1));
        }
        assertTrue(pairs >= 4);
    }

    private static void compareRows(EventFamily family, EventReference a, EventReference b) {
        int n = a.parameters().size();
        for (int each = 0; each < 1 << n; each++) { // which parameters have a value for each event
            List<Expr> inputs = new ArrayList<>(List.of(rows("x", a.x(), b.x())));
            List<double[]> point = new ArrayList<>(List.of(a.x().elements(), b.x().elements()));
            List<Expr> second = new ArrayList<>();
            boolean open = false;
            for (int k = 0; k < n; k++) {
                EventReference.Value p = a.parameters().get(k);
                EventReference.Value q = b.parameters().get(k);
                String name = family.parameters().get(k).name();
                boolean both = (each >> k & 1) == 1;
                inputs.add(both ? rows(name, p, q) : p.perDraw(name));
                point.add(p.elements());
                if (both) point.add(q.elements());
                second.add((both ? q : p).data(name));
                // a scalar for a vector would become a scalar for each event
                open |= both && p.shape().isScalar() && family.ranks(a)[k] > 0;
            }
            if (open) continue;
            Expr both = family.of(inputs.subList(1, inputs.size())).logDensity(inputs.get(0));
            assertEquals(Shape.of(2), both.shape());
            double[] actual = Replay.at(EventReference.join(point.toArray(new double[0][])), inputs, both);
            double other = SharedValues.of(family.of(second).logDensity(b.x().data("x")))[0];
            check(a.logDensity(), actual[0], a.magnitude(), a + " before " + b);
            assertEquals(other, actual[1], 64 * EPS * (a.magnitude() + b.magnitude() + Math.abs(other)), a + " before " + b);
        }
    }

    private static Expr rows(String name, EventReference.Value a, EventReference.Value b) {
        int[] dims = new int[a.shape().rank() + 1];
        dims[0] = 2;
        System.arraycopy(a.shape().dims(), 0, dims, 1, dims.length - 1);
        return Expr.perDraw(name, Shape.of(dims));
    }

    /** In x and every parameter, in every direction that it can move in; and in all at once for a sum over two events. */
    @ParameterizedTest
    @MethodSource("families")
    void derivativesAreThoseOfDifferences(EventFamily family) {
        for (EventReference r : EventReference.of(family.name())) {
            List<Expr> inputs = family.inputs(r);
            Expr density = family.of(inputs.subList(1, inputs.size())).logDensity(inputs.get(0));
            List<Expr> outputs = new ArrayList<>(List.of(density));
            outputs.addAll(Gradient.of(density, inputs));
            double[] point = r.point();
            double[] gradient = Replay.at(point, inputs, outputs.toArray(new Expr[0]));
            List<double[]> directions = new ArrayList<>();
            int at = 0;
            for (int k = 0; k < inputs.size(); k++) {
                EventFamily.Kind kind = k == 0 ? family.x() : family.parameters().get(k - 1).kind();
                int size = inputs.get(k).shape().size();
                for (double[] d : kind.directions(Arrays.copyOfRange(point, at, at + size))) {
                    double[] direction = new double[point.length];
                    System.arraycopy(d, 0, direction, at, size);
                    directions.add(direction);
                }
                at += size;
            }
            compareWithDifferences(inputs, density, point, directions, Arrays.copyOfRange(gradient, 1, gradient.length), r);
        }
    }

    private static void compareWithDifferences(List<Expr> inputs, Expr density, double[] point, List<double[]> directions,
                                               double[] gradient, EventReference r) {
        double[] steps = directions.stream().mapToDouble(d -> step(point, d)).toArray();
        double[][] around = new double[4 * steps.length][];
        for (int i = 0; i < around.length; i++) {
            double h = steps[i / 4] * (i % 4 < 2 ? i % 4 - 2 : i % 4 - 1);
            around[i] = point.clone();
            for (int j = 0; j < point.length; j++) around[i][j] += h * directions.get(i / 4)[j];
        }
        double[][] f = Replay.at(around, inputs, List.of(density));
        for (int i = 0; i < steps.length; i++) {
            double difference = (8 * (f[4 * i + 2][0] - f[4 * i + 1][0]) - (f[4 * i + 3][0] - f[4 * i][0])) / (12 * steps[i]);
            double slope = 0;
            for (int j = 0; j < point.length; j++) slope += gradient[j] * directions.get(i)[j];
            double rounding = 100 * EPS * (1 + r.magnitude()) / steps[i];
            assertEquals(difference, slope, rounding + 1e-7 * Math.abs(difference),
                    Arrays.toString(directions.get(i)) + " " + r);
        }
    }

    /** 1e-5 of the element that moves most for its size. */
    private static double step(double[] point, double[] direction) {
        double scale = Double.POSITIVE_INFINITY;
        for (int i = 0; i < point.length; i++) {
            if (direction[i] != 0) scale = Math.min(scale, Math.abs(point[i] / direction[i]));
        }
        return 1e-5 * (scale == 0 ? 0.1 : scale);
    }

    @ParameterizedTest
    @MethodSource("families")
    void missingValuesStayMissing(EventFamily family) {
        for (EventReference r : EventReference.of(family.name())) {
            List<Expr> inputs = family.inputs(r);
            Expr density = family.of(inputs.subList(1, inputs.size())).logDensity(inputs.get(0));
            int at = 0;
            for (Expr input : inputs) {
                double[] point = r.point();
                point[at] = Double.NaN; // the first element, which a triangular matrix has too
                double value = Replay.at(point, inputs, density)[0];
                assertTrue(Double.isNaN(value), input.name() + " gives " + value + " " + r);
                at += input.shape().size();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void drawsDependOnTheSeedAloneAndLieInTheSupport(EventFamily family) {
        for (EventReference r : EventReference.of(family.name())) {
            Distribution d = family.of(family.data(r));
            int[] dims = new int[r.x().shape().rank() + 1];
            dims[0] = 20;
            System.arraycopy(r.x().shape().dims(), 0, dims, 1, dims.length - 1);
            double[] x = d.sample(new java.util.SplittableRandom(3), Shape.of(dims));
            assertArrayEquals(x, d.sample(new java.util.SplittableRandom(3), Shape.of(dims)));
            Expr drawn = Expr.shared("x", Shape.of(dims), x);
            assertEquals("", d.outsideSupport(drawn).orElse(""), r.toString());
            for (double v : SharedValues.of(d.logDensity(drawn))) assertTrue(Double.isFinite(v), v + " " + r);
        }
    }

    /** Data of many events, where a total can be had for less than the sum. */
    @ParameterizedTest
    @MethodSource("families")
    void theTotalIsTheSumOverEvents(EventFamily family) {
        for (EventReference r : EventReference.of(family.name())) {
            List<Expr> inputs = family.inputs(r);
            Distribution known = family.of(family.data(r));
            Distribution d = family.of(inputs.subList(1, inputs.size()));
            int n = 20;
            Expr rows = Expr.perDraw("x", Events.join(Shape.of(n), r.x().shape()));
            double[] x = known.sample(new java.util.SplittableRandom(5), rows.shape());
            Expr data = Expr.shared("x", rows.shape(), x);
            List<Expr> parameters = inputs.subList(1, inputs.size());
            List<Expr> outputs = new ArrayList<>(List.of(d.totalLogDensity(data), d.logDensity(data).sum()));
            outputs.addAll(Gradient.of(outputs.get(0), parameters));
            outputs.addAll(Gradient.of(outputs.get(1), parameters));
            double[] point = Arrays.copyOfRange(r.point(), r.x().shape().size(), r.point().length);
            double[] v = Replay.at(point, parameters, outputs.toArray(new Expr[0]));
            assertEquals(v[1], v[0], 1e-11 * (n * r.magnitude() + Math.abs(v[1])), r.toString());
            int size = (v.length - 2) / 2;
            for (int i = 0; i < size; i++) {
                double expected = v[2 + size + i];
                if (Double.isNaN(expected)) continue; // of a number of trials
                assertEquals(expected, v[2 + i], 1e-9 * (1 + Math.abs(expected)) * n, r.toString());
            }
        }
    }
}

package org.fluvia.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.op.Reach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every support of vectors or matrices. That each is listed is a test of {@link SupportContractTest}. */
class EventSupportContractTest {
    private static final int POINTS = 6;

    static List<EventCase> supports() {
        return EventCase.all();
    }

    private static Expr input(EventCase c) {
        return Expr.perDraw("u", Shape.of(c.free()));
    }

    private static double[][] points(EventCase c, double scale) {
        double[][] points = new double[POINTS][];
        for (int i = 0; i < POINTS; i++) points[i] = c.point(i, Math.min(scale, c.steepest()));
        return points;
    }

    @ParameterizedTest
    @MethodSource("supports")
    void valuesHaveTheShapeAndLieInside(EventCase c) {
        Expr u = input(c);
        Constrained x = c.support().constrain(u, c.event());
        assertEquals(c.event(), x.value().shape());
        assertEquals(Shape.scalar(), x.logAbsDetJacobian().shape());
        Expr contains = c.support().contains(x.value());
        assertEquals(Shape.scalar(), contains.shape());
        for (double scale : new double[] {0.1, 1, 8, c.steepest()}) {
            for (double[] r : Replay.at(points(c, scale), List.of(u), List.of(contains.repeatedOverDraws(), x.value().flatten()))) {
                assertEquals(1, r[0], "contains " + Arrays.toString(Arrays.copyOfRange(r, 1, r.length)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void unconstrainUndoesConstrain(EventCase c) {
        Expr u = input(c);
        Expr there = c.support().constrain(u, c.event()).value();
        Expr back = c.support().unconstrain(there);
        assertEquals(Shape.of(c.free()), back.shape());
        if (c.coordinates() == null) back = c.support().constrain(back, c.event()).value().flatten();
        for (double scale : new double[] {0.01, 1, 5}) {
            for (double[] p : points(c, scale)) {
                double[] r = Replay.at(p, List.of(u), there.flatten(), back);
                double[] expected = c.coordinates() == null ? Arrays.copyOf(r, c.event().size()) : p;
                double[] actual = Arrays.copyOfRange(r, c.event().size(), r.length);
                assertArrayEquals(expected, actual, 1e-11 * (1 + scale), "u = " + Arrays.toString(p));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void constrainUndoesUnconstrain(EventCase c) {
        Expr u = input(c);
        Expr there = c.support().constrain(u, c.event()).value();
        for (double[] x : Replay.at(points(c, 1.5), List.of(u), List.of(there.flatten()))) {
            Expr value = Expr.vector(x).reshape(c.event());
            double[] again = SharedValues.of(c.support().constrain(c.support().unconstrain(value), c.event()).value());
            assertArrayEquals(x, again, 1e-13 * Math.max(1, Arrays.stream(x).map(Math::abs).max().orElse(0)));
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void logDeterminantIsThatOfTheJacobian(EventCase c) {
        Expr u = input(c);
        Constrained x = c.support().constrain(u, c.event());
        List<Expr> outputs = new ArrayList<>(List.of(x.logAbsDetJacobian().repeatedOverDraws()));
        int free = c.free();
        boolean isometry = c.coordinates() != null && c.coordinates().length == 0 && free > 0;
        int rows = c.coordinates() == null || isometry ? c.event().size() : c.coordinates().length;
        for (int i = 0; i < rows; i++) {
            int element = c.coordinates() == null || isometry ? i : c.coordinates()[i];
            outputs.add(Gradient.of(x.value().flatten().get(element), u));
        }
        for (double[] p : points(c, 1.5)) {
            double[] r = Replay.at(new double[][] {p}, List.of(u), outputs)[0];
            DMatrixRMaj jacobian = new DMatrixRMaj(rows, free);
            System.arraycopy(r, 1, jacobian.data, 0, rows * free);
            double expected;
            if (c.coordinates() == null) {
                expected = 0;
                for (double v : p) expected -= v * v / 2;
            } else if (isometry) {
                DMatrixRMaj gram = new DMatrixRMaj(free, free);
                CommonOps_DDRM.multTransA(jacobian, jacobian, gram);
                for (int i = 0; i < free * free; i++) assertEquals(i % (free + 1) == 0 ? 1 : 0, gram.data[i], 1e-14);
                expected = 0;
            } else {
                assertEquals(free, rows);
                expected = free == 0 ? 0 : StrictMath.log(Math.abs(CommonOps_DDRM.det(jacobian)));
            }
            assertEquals(expected, r[0], 1e-11 * (1 + Math.abs(expected)), "u = " + Arrays.toString(p));
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void nothingBreaksAtExtremes(EventCase c) {
        Expr u = input(c);
        Constrained x = c.support().constrain(u, c.event());
        Expr logDeterminant = x.logAbsDetJacobian().plus(u.sum().times(0));
        Expr slope = Gradient.of(logDeterminant, u);
        Expr valueSlope = Gradient.of(x.value().sum().plus(u.sum().times(0)), u);
        for (double extreme : new double[] {-700, -40, 40, 700}) {
            for (int pattern = 0; pattern < 4; pattern++) {
                double[] p = new double[c.free()];
                for (int i = 0; i < p.length; i++) p[i] = pattern == 0 || i % 2 == pattern % 2 ? extreme : pattern == 3 ? 0.5 : -extreme;
                double[] r = Replay.at(p, List.of(u), logDeterminant, slope, x.value().flatten(), valueSlope);
                for (int i = 0; i < r.length; i++) {
                    int at = i;
                    assertFalse(Double.isNaN(r[i]), () -> "output " + at + " at " + Arrays.toString(p) + ": " + Arrays.toString(r));
                }
                for (int i = 0; i <= p.length; i++) assertTrue(Double.isFinite(r[i]), "log-determinant or its slope at " + extreme);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void severalEventsAreAsManyTimesOne(EventCase c) {
        int free = c.free();
        Expr u = Expr.perDraw("u", Shape.of(6 * free));
        Constrained all = c.support().constrain(u, c.shape(2, 3));
        assertEquals(c.shape(2, 3), all.value().shape());
        assertEquals(6 * free, c.support().unconstrainedSize(c.shape(2, 3)));
        Expr contains = c.support().contains(all.value());
        assertEquals(Shape.of(2, 3), contains.shape());
        List<Expr> outputs = new ArrayList<>(List.of(all.value().flatten().repeatedOverDraws(),
                all.logAbsDetJacobian().repeatedOverDraws(), c.support().unconstrain(all.value()).repeatedOverDraws(),
                contains.flatten().repeatedOverDraws()));
        Expr one = input(c);
        Constrained x = c.support().constrain(one, c.event());
        double[] point = new double[6 * free];
        for (int e = 0; e < 6; e++) System.arraycopy(c.point(e, 1), 0, point, e * free, free);
        double[] r = Replay.at(new double[][] {point}, List.of(u), outputs)[0];
        double logDeterminant = 0;
        int size = c.event().size();
        for (int e = 0; e < 6; e++) {
            double[] single = Replay.at(c.point(e, 1), List.of(one), x.value().flatten(), x.logAbsDetJacobian(),
                    c.support().unconstrain(x.value()));
            assertArrayEquals(Arrays.copyOf(single, size), Arrays.copyOfRange(r, e * size, (e + 1) * size), 1e-15);
            logDeterminant += single[size];
            assertArrayEquals(Arrays.copyOfRange(single, size + 1, size + 1 + free),
                    Arrays.copyOfRange(r, 6 * size + 1 + e * free, 6 * size + 1 + (e + 1) * free), 1e-13);
            assertEquals(1, r[6 * size + 1 + 6 * free + e]);
        }
        assertEquals(logDeterminant, r[6 * size], 1e-13 * (1 + Math.abs(logDeterminant)));
    }

    @ParameterizedTest
    @MethodSource("supports")
    void noEventsAreAValueToo(EventCase c) {
        Shape none = c.shape(0);
        assertEquals(0, c.support().unconstrainedSize(none));
        Constrained x = c.support().constrain(Expr.vector(), none);
        assertEquals(none, x.value().shape());
        assertEquals(0, SharedValues.of(x.logAbsDetJacobian())[0]);
        assertEquals(Shape.of(0), c.support().contains(x.value()).shape());
        assertEquals(Shape.of(0), c.support().unconstrain(x.value()).shape());
        assertEquals(none, c.support().interior(none).shape());
        assertTrue(c.support().violation("x", x.value()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("supports")
    void interiorIsTheImageOfZero(EventCase c) {
        Expr interior = c.support().interior(c.shape(2));
        assertEquals(c.shape(2), interior.shape());
        assertArrayEquals(new double[] {1, 1}, SharedValues.of(c.support().contains(interior)));
        if (c.coordinates() == null) return;
        Expr zero = Expr.vector(new double[2 * c.free()]);
        double[] image = SharedValues.of(c.support().constrain(zero, c.shape(2)).value());
        assertArrayEquals(image, SharedValues.of(interior), 1e-15);
    }

    @ParameterizedTest
    @MethodSource("supports")
    void whatLiesOutsideIsToldWithItsEvent(EventCase c) {
        int size = c.event().size();
        double[] inside = SharedValues.of(c.support().interior(c.shape(3)));
        assertTrue(c.support().violation("x", Expr.vector(inside).reshape(c.shape(3))).isEmpty());
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300}) {
            for (int i = 0; i < size; i++) {
                double[] x = inside.clone();
                x[size + i] = bad;
                Expr value = Expr.vector(x).reshape(c.shape(3));
                double[] contains = SharedValues.of(c.support().contains(value));
                String violation = c.support().violation("x", value).orElse("none");
                if (bad == 1e300 && contains[1] == 1) continue; // as good a number as any other there
                assertArrayEquals(new double[] {1, 0, 1}, contains, "x[" + i + "] = " + bad);
                assertTrue(violation.startsWith("x[2] must "), violation);
            }
        }
        Expr perDraw = Expr.perDraw("x", c.event());
        assertTrue(c.support().violation("x", perDraw).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("supports")
    void elementsStayWithinTheirReachAndComeNearItsEnds(EventCase c) {
        Reach reach = c.support().reach(c.event());
        if (reach == null || c.free() < 2) return; // matrices, and signs that are all of a unit vector
        double[] low = new double[reach.size()];
        double[] high = new double[reach.size()];
        Expr u = input(c);
        Expr x = c.support().constrain(u, c.event()).value().flatten();
        Random random = new Random(3);
        for (double scale : new double[] {3, 30}) {
            double[][] points = new double[2000][];
            for (int p = 0; p < points.length; p++) points[p] = random.doubles(c.free(), -scale, scale).toArray();
            for (double[] r : Replay.at(points, List.of(u), List.of(x))) {
                for (int i = 0; i < r.length; i++) {
                    assertTrue(r[i] >= reach.low(i) && r[i] <= reach.high(i), "x = " + r[i]);
                    low[i] = Math.min(low[i], r[i]);
                    high[i] = Math.max(high[i], r[i]);
                }
            }
        }
        for (int i = 0; i < reach.size(); i++) {
            assertTrue(Double.isInfinite(reach.low(i)) ? low[i] < -8 : low[i] < reach.low(i) + 0.1, "low " + low[i]);
            assertTrue(Double.isInfinite(reach.high(i)) ? high[i] > 8 : high[i] > reach.high(i) - 0.1, "high " + high[i]);
        }
    }
}

package org.fluvia.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every support of numbers with a transform. */
class SupportContractTest {
    private static final double EPS = 0x1p-52;
    private static final double[] MODERATE = {0, -0.0, 4.9e-324, -1e-300, 1e-8, -1e-8, 0.3, -1, 1, 3, -5, 8, 12, -12};

    private final Expr u = Expr.perDraw("u", Shape.of(3));

    static List<SupportCase> supports() {
        return SupportCase.continuous();
    }

    private static double[][] moderatePoints(SupportCase c) {
        double[][] points = new double[MODERATE.length][];
        for (int i = 0; i < points.length; i++) {
            points[i] = c.point(MODERATE[i], MODERATE[(i + 5) % points.length], MODERATE[(i + 9) % points.length]);
        }
        return points;
    }

    @Test
    void tableHasEveryFactory() {
        Set<String> factories = new TreeSet<>();
        for (Method m : Support.class.getDeclaredMethods()) {
            if (!Modifier.isStatic(m.getModifiers()) || !Modifier.isPublic(m.getModifiers())) continue;
            factories.add(m.getName() + Arrays.stream(m.getParameterTypes()).map(Class::getSimpleName)
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        Set<String> covered = new TreeSet<>(Set.of("whole()", "whole(double)", "whole(Expr)", "whole(double, double)",
                "whole(Expr, Expr)")); // see WholeTest
        supports().forEach(c -> covered.add(c.factory()));
        EventCase.all().forEach(c -> covered.add(c.factory()));
        assertEquals(factories, covered);
        assertEquals(covered.stream().map(c -> c.substring(0, c.indexOf('('))).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(Supports.table().names()));
    }

    @ParameterizedTest
    @MethodSource("supports")
    void valuesHaveTheShapeAndLieInside(SupportCase c) {
        assertEquals(3, c.support().unconstrainedSize(c.shape()));
        Constrained x = c.support().constrain(u, c.shape());
        assertEquals(c.shape(), x.value().shape());
        assertEquals(Shape.scalar(), x.logAbsDetJacobian().shape());
        Expr contains = c.support().contains(x.value());
        assertEquals(c.shape(), contains.shape());
        for (double extreme : new double[] {0, 1, 36, 40, 700}) {
            double[] p = c.point(extreme, -extreme, extreme);
            double[] r = Replay.at(p, c.inputs(u), contains.flatten(), x.value());
            for (int i = 0; i < 3; i++) {
                // exp(-700) is still above 0, and exp(700) still finite
                assertEquals(1, r[i], "contains " + r[3 + i] + " from u = " + p[i]);
                assertTrue(r[3 + i] >= c.low()[i] && r[3 + i] <= c.high()[i], "value " + r[3 + i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void unconstrainUndoesConstrain(SupportCase c) {
        Constrained x = c.support().constrain(u, c.shape());
        Expr back = c.support().unconstrain(x.value());
        Expr slope = Gradient.of(x.value().sum(), u);
        assertEquals(Shape.of(3), back.shape());
        double[][] points = moderatePoints(c);
        double[][] results = Replay.at(points, c.inputs(u), List.of(x.value(), back, slope));
        for (int j = 0; j < points.length; j++) {
            for (int i = 0; i < 3; i++) {
                double expected = points[j][i];
                // x is exact to a rounding of its size and its bounds', which the inverse divides by the slope
                double tolerance = 8 * EPS * (1 + Math.abs(expected))
                        + 4 * c.rounding(i, results[j][i]) / Math.abs(results[j][6 + i]);
                assertEquals(expected, results[j][3 + i], tolerance, "u = " + expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void constrainUndoesUnconstrain(SupportCase c) {
        Expr value = Expr.perDraw("value", Shape.of(3));
        Constrained there = c.support().constrain(u, c.shape());
        Constrained back = c.support().constrain(c.support().unconstrain(value.reshape(c.shape())), c.shape());
        for (double[] p : moderatePoints(c)) {
            double[] x = Replay.at(p, c.inputs(u), there.value());
            double[] again = Replay.at(c.point(x), c.inputs(value), back.value());
            for (int i = 0; i < 3; i++) {
                double distance = Math.min(Math.abs(x[i] - c.low()[i]), Math.abs(x[i] - c.high()[i]));
                double relative = 16 * EPS * (1 + Math.abs(p[i]));
                assertEquals(x[i], again[i], relative * Math.min(distance, Math.abs(x[i]) + 1) + 8 * c.rounding(i, x[i]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void logDeterminantIsThatOfTheJacobianByGradient(SupportCase c) {
        Constrained x = c.support().constrain(u, c.shape());
        List<Expr> outputs = new ArrayList<>(List.of(x.logAbsDetJacobian()));
        for (int i = 0; i < 3; i++) outputs.add(Gradient.of(x.value().flatten().get(i), u));
        double[][] points = moderatePoints(c);
        double[][] r = Replay.at(points, c.inputs(u), outputs);
        for (int j = 0; j < points.length; j++) {
            double logDet = 0;
            double tolerance = 0;
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < 3; k++) {
                    if (i != k) assertEquals(0, Math.abs(r[j][1 + 3 * i + k]), "element " + i + " by " + k);
                }
                logDet += StrictMath.log(Math.abs(r[j][1 + 3 * i + i]));
                // the derivative of the sigmoid is a difference, accurate to a rounding of the sigmoid itself
                tolerance += 16 * EPS * (1 + Math.abs(points[j][i]) + StrictMath.exp(Math.max(0, points[j][i])));
            }
            tolerance += 16 * EPS * Math.abs(logDet);
            assertEquals(logDet, r[j][0], tolerance, "u = " + Arrays.toString(points[j]));
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void logDeterminantIsThatOfTheJacobianByDifferences(SupportCase c) {
        Constrained x = c.support().constrain(u, c.shape());
        double h = 1e-5;
        for (double at : new double[] {-4, -0.7, 0, 0.2, 3}) {
            double[] high = Replay.at(c.point(at + h, at + 1 + h, -at + h), c.inputs(u), x.value());
            double[] low = Replay.at(c.point(at - h, at + 1 - h, -at - h), c.inputs(u), x.value());
            double logDet = Replay.at(c.point(at, at + 1, -at), c.inputs(u), x.logAbsDetJacobian())[0];
            double expected = 0;
            double tolerance = 0;
            for (int i = 0; i < 3; i++) {
                double slope = Math.abs(high[i] - low[i]) / (2 * h);
                expected += StrictMath.log(slope);
                tolerance += h * h + 4 * c.rounding(i, high[i]) / (h * slope); // third derivatives are at most the first
            }
            assertEquals(expected, logDet, tolerance, "u = " + at);
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void logDeterminantAndItsGradientStayFiniteAtExtremes(SupportCase c) {
        Constrained x = c.support().constrain(u, c.shape());
        Expr gradient = Gradient.of(x.logAbsDetJacobian().plus(u.sum().times(0)), u);
        for (double extreme : new double[] {-1e6, -700, -40, 40, 700, 1e6}) {
            double[] r = Replay.at(c.point(extreme, 0, -extreme), c.inputs(u), x.logAbsDetJacobian(), gradient);
            double expected = 0;
            for (int i = 0; i < 3; i++) {
                double v = i == 1 ? 0 : i == 0 ? extreme : -extreme;
                SupportCase.Stretch stretch = c.stretches().get(i);
                expected += stretch.log().applyAsDouble(v);
                assertEquals(stretch.derivative().applyAsDouble(v), r[1 + i], 4 * EPS, "derivative at " + v);
            }
            assertEquals(expected, r[0], 16 * EPS * (1 + Math.abs(extreme)), "at " + extreme);
        }
    }

    /** The integral of exp(-distance from a bound) or of a constant, over the unconstrained space. */
    @ParameterizedTest
    @MethodSource("supports")
    void densitiesIntegrateToOneThroughTheTransform(SupportCase c) {
        Constrained x = c.support().constrain(u, c.shape());
        double step = 1.0 / 16;
        double[] total = new double[3];
        for (int i = 0; i < 3; i++) {
            double[][] points = new double[1281][];
            for (int k = 0; k < points.length; k++) {
                double[] at = new double[3];
                at[i] = (k - 640) * step;
                points[k] = c.point(at);
            }
            double rest = Replay.at(c.point(0, 0, 0), c.inputs(u), x.logAbsDetJacobian())[0];
            for (double[] r : Replay.at(points, c.inputs(u), List.of(x.value(), x.logAbsDetJacobian()))) {
                double own = c.stretches().get(i).log().applyAsDouble(0);
                total[i] += step * StrictMath.exp(logDensity(c, i, r[i]) + r[3] - (rest - own));
            }
            assertEquals(1, total[i], 1e-9, "element " + i);
        }
    }

    private static double logDensity(SupportCase c, int i, double x) {
        boolean low = Double.isFinite(c.low()[i]);
        boolean high = Double.isFinite(c.high()[i]);
        if (low && high) return -StrictMath.log(c.high()[i] - c.low()[i]);
        if (low || high) return -Math.abs(x - (low ? c.low()[i] : c.high()[i]));
        return -x * x / 2 - StrictMath.log(2 * Math.PI) / 2;
    }

    @ParameterizedTest
    @MethodSource("supports")
    void containsIsExactAtBoundsAndFalseForInfiniteAndMissing(SupportCase c) {
        Expr value = Expr.perDraw("value", Shape.of(3));
        Expr contains = c.support().contains(value.reshape(c.shape()));
        double[] tries = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, 4.9e-324, -4.9e-324,
            1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE};
        for (double t : tries) check(c, contains, value, t, t, t);
        check(c, contains, value, c.low());
        check(c, contains, value, c.high());
        check(c, contains, value, Arrays.stream(c.low()).map(Math::nextDown).toArray());
        check(c, contains, value, Arrays.stream(c.high()).map(Math::nextUp).toArray());
    }

    private static void check(SupportCase c, Expr contains, Expr value, double... x) {
        double[] r = Replay.at(c.point(x), c.inputs(value), contains);
        for (int i = 0; i < 3; i++) {
            boolean inside = Double.isFinite(x[i]) && x[i] >= c.low()[i] && x[i] <= c.high()[i];
            if (c.support().isOpen()) inside &= x[i] > c.low()[i] && x[i] < c.high()[i];
            assertEquals(inside ? 1 : 0, r[i], "contains " + x[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void interiorIsTheImageOfZero(SupportCase c) {
        Expr interior = c.support().interior(c.shape()).plus(u.reshape(c.shape()).times(0));
        double[] r = Replay.at(c.point(0, 0, 0), c.inputs(u), interior.flatten(),
                c.support().constrain(u, c.shape()).value(), c.support().contains(interior));
        for (int i = 0; i < 3; i++) {
            assertEquals(r[3 + i], r[i], 2 * c.rounding(i, r[i]));
            assertEquals(1, r[6 + i]);
        }
    }

    @ParameterizedTest
    @MethodSource("supports")
    void reachIsWhatTheElementsRunThrough(SupportCase c) {
        Reach reach = c.support().reach(c.shape());
        if (!c.drawBounds().isEmpty() && !c.factory().startsWith("affine")) {
            assertNull(reach);
            return;
        }
        assertNotNull(reach);
        assertEquals(3, reach.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(c.low()[i], reach.low(i));
            assertEquals(c.high()[i], reach.high(i));
        }
    }
}

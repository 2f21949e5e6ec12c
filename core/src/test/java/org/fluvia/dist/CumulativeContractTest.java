package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every distribution function. Its numbers are compared in {@link CumulativeReferenceTest}. */
class CumulativeContractTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    static List<FamilyCase> families() {
        return FamilyCase.cumulative();
    }

    /** A family without a distribution function is named here, or its function was forgotten. */
    @Test
    void othersAreKnown() {
        Set<String> without = FamilyCase.all().stream().map(FamilyCase::name).collect(Collectors.toCollection(TreeSet::new));
        without.removeAll(families().stream().map(FamilyCase::name).toList());
        assertEquals(new TreeSet<>(FamilyCase.WITHOUT_CDF), without);
    }

    private static Cumulative of(FamilyCase family, double... p) {
        return (Cumulative) family.of(p);
    }

    @ParameterizedTest
    @MethodSource("families")
    void agreesWithCommonsStatistics(FamilyCase family) {
        for (double[] p : family.typical()) {
            Oracle oracle = family.oracle().apply(p);
            double[] x = family.points(p);
            double[] below = SharedValues.of(of(family, p).logCdf(Expr.vector(x)));
            double[] above = SharedValues.of(of(family, p).logCcdf(Expr.vector(x)));
            for (int i = 0; i < x.length; i++) {
                // Student's t of Commons Statistics is 1/2 up to 1e-8 from its middle
                assertEquals(oracle.cdf(x[i]), StrictMath.exp(below[i]), 4e-9, "x = " + x[i]);
                assertEquals(1, StrictMath.exp(below[i]) + StrictMath.exp(above[i]), 1e-14, "x = " + x[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void slopeIsTheDensity(FamilyCase family) {
        for (double[] p : family.typical()) {
            Expr x = Expr.perDraw("x", Shape.scalar());
            Cumulative d = of(family, p);
            if (family.isDiscrete()) {
                for (double k : family.points(p)) {
                    double mass = StrictMath.exp(SharedValues.of(d.logDensity(Expr.of(k)))[0]);
                    double step = at(d.logCdf(Expr.of(k))) - at(d.logCdf(Expr.of(k - 1)));
                    assertEquals(mass, step, 1e-14 + 1e-11 * mass, "x = " + k);
                }
                continue;
            }
            double[][] points = Arrays.stream(family.points(p)).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
            List<Expr> outputs = List.of(d.logDensity(x).minus(d.logCdf(x)).exp(), Gradient.of(d.logCdf(x), x),
                    d.logDensity(x).minus(d.logCcdf(x)).exp().unaryMinus(), Gradient.of(d.logCcdf(x), x));
            double[][] values = Replay.at(points, List.of(x), outputs);
            for (int i = 0; i < points.length; i++) {
                String what = Arrays.toString(p) + ", x = " + points[i][0];
                assertEquals(values[i][0], values[i][1], 1e-10 * Math.abs(values[i][0]), what);
                assertEquals(values[i][2], values[i][3], 1e-10 * Math.abs(values[i][2]), what);
            }
        }
    }

    private static double at(Expr log) {
        return StrictMath.exp(SharedValues.of(log)[0]);
    }

    @ParameterizedTest
    @MethodSource("families")
    void wholeProbabilityLiesOnOneSideOfWhatIsBeyondTheSupport(FamilyCase family) {
        List<Expr> inputs = new ArrayList<>(List.of(Expr.perDraw("x", Shape.scalar())));
        for (FamilyCase.Parameter parameter : family.parameters()) inputs.add(Expr.perDraw(parameter.name(), Shape.scalar()));
        Cumulative d = (Cumulative) family.of(inputs.subList(1, inputs.size()).toArray(new Expr[0]));
        for (double[] p : family.typical()) {
            double middle = family.quantile(p, 0.5);
            double[] beyond = Arrays.copyOf(family.outside(), family.outside().length + 2);
            beyond[beyond.length - 1] = INF;
            beyond[beyond.length - 2] = -INF;
            for (double x : beyond) {
                double limit = x < middle ? -INF : 0;
                if (family.isDiscrete() && x != Math.rint(x)) continue;
                double[] point = new double[p.length + 1];
                point[0] = x;
                System.arraycopy(p, 0, point, 1, p.length);
                List<Expr> outputs = new ArrayList<>(List.of(d.logCdf(inputs.get(0)), d.logCcdf(inputs.get(0))));
                if (Double.isFinite(x)) {
                    outputs.addAll(Gradient.of(d.logCdf(inputs.get(0)), inputs));
                    outputs.addAll(Gradient.of(d.logCcdf(inputs.get(0)), inputs));
                }
                double[] r = Replay.at(point, inputs, outputs.toArray(new Expr[0]));
                assertEquals(limit, r[0] + 0.0, "logCdf at " + x);
                assertEquals(limit == 0 ? -INF : 0, r[1] + 0.0, "logCcdf at " + x);
                for (int i = 2; i < r.length; i++) assertEquals(0, Math.abs(r[i]), "derivative " + (i - 2) + " at " + x);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void betweenWholeNumbersTheSmallerCounts(FamilyCase family) {
        if (!family.isDiscrete()) return;
        for (double[] p : family.typical()) {
            for (double k : family.points(p)) {
                Cumulative d = of(family, p);
                assertEquals(at(d.logCdf(Expr.of(k))), at(d.logCdf(Expr.of(k + 0.75))));
                assertEquals(at(d.logCcdf(Expr.of(k))), at(d.logCcdf(Expr.of(k + 0.75))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void missingValuesStayMissing(FamilyCase family) {
        double[] p = family.typical()[0];
        Expr x = Expr.perDraw("x", Shape.scalar());
        double[] r = Replay.at(new double[] {Double.NaN}, List.of(x), of(family, p).logCdf(x), of(family, p).logCcdf(x));
        assertTrue(Double.isNaN(r[0]) && Double.isNaN(r[1]), Arrays.toString(r));
    }

    /** Whether there is probability on both sides. */
    private static boolean isBetween(Cumulative d, double x) {
        return Double.isFinite(SharedValues.of(d.logCdf(Expr.of(x)).plus(d.logCcdf(Expr.of(x))))[0]);
    }

    @ParameterizedTest
    @MethodSource("families")
    void derivativesInParametersAreThoseOfDifferences(FamilyCase family) {
        for (double[] p : family.typical()) {
            Expr[] parameters = new Expr[p.length];
            Arrays.setAll(parameters, k -> Expr.perDraw(family.parameters().get(k).name(), Shape.scalar()));
            double[] points = Arrays.stream(family.points(p)).filter(v -> isBetween(of(family, p), v)).toArray();
            Expr x = Expr.vector(points[points.length / 3], points[points.length * 2 / 3]);
            Cumulative d = (Cumulative) family.of(parameters);
            Expr sum = d.logCdf(x).minus(d.logCcdf(x).times(0.7)).sum();
            double[] gradient = Replay.at(p, List.of(parameters), Gradient.of(sum, List.of(parameters)).toArray(new Expr[0]));
            for (int k = 0; k < p.length; k++) {
                if (!family.isSmoothIn(k)) continue;
                double h = 1e-5 * (p[k] == 0 ? 1 : Math.abs(p[k]));
                double[][] around = new double[5][];
                for (int s = -2; s <= 2; s++) {
                    around[s + 2] = p.clone();
                    around[s + 2][k] += s * h;
                }
                double[][] f = Replay.at(around, List.of(parameters), List.of(sum));
                double slope = (8 * (f[3][0] - f[1][0]) - (f[4][0] - f[0][0])) / (12 * h);
                assertEquals(slope, gradient[k], 1e-13 * (1 + Math.abs(f[2][0])) / h + 1e-8 * Math.abs(slope),
                        family.parameters().get(k).name() + " at " + Arrays.toString(p));
            }
        }
    }

    /** Where there are no second derivatives, the expression says so, and nobody asks for them. */
    @ParameterizedTest
    @MethodSource("families")
    void secondDerivativesAreThoseOfDifferences(FamilyCase family) {
        for (double[] p : family.typical()) {
            for (int k = 0; k < p.length; k++) {
                if (!family.isSmoothIn(k)) continue;
                Expr[] parameters = Arrays.stream(p).mapToObj(Expr::of).toArray(Expr[]::new);
                Expr one = Expr.perDraw(family.parameters().get(k).name(), Shape.scalar());
                parameters[k] = one;
                double[] points = Arrays.stream(family.points(p)).filter(v -> isBetween(of(family, p), v)).toArray();
                Expr x = Expr.vector(points[points.length / 3], points[points.length * 2 / 3]);
                Cumulative d = (Cumulative) family.of(parameters);
                Expr sum = d.logCdf(x).minus(d.logCcdf(x).times(0.7)).sum();
                if (sum.hasFirstDerivativesOnly()) continue;
                Expr slope = Gradient.of(sum, one);
                double h = 1e-5 * (p[k] == 0 ? 1 : Math.abs(p[k]));
                double[] at = {p[k] - 2 * h, p[k] - h, p[k], p[k] + h, p[k] + 2 * h};
                double[][] f = Replay.at(Replay.points(at), List.of(one), List.of(slope, Gradient.of(slope, one)));
                double expected = (8 * (f[3][0] - f[1][0]) - (f[4][0] - f[0][0])) / (12 * h);
                assertEquals(expected, f[2][1], 1e-7 * Math.abs(expected) + 1e-12 * (1 + Math.abs(f[2][0])) / h,
                        family.parameters().get(k).name() + " at " + Arrays.toString(p));
            }
        }
    }
}

package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Constrained;
import org.fluvia.support.Replay;
import org.fluvia.support.Support;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the log-density of every distribution. Its numbers are compared in {@link DensityReferenceTest}. */
class DistributionContractTest {
    private static final double EPS = 0x1p-52;

    static List<FamilyCase> families() {
        return FamilyCase.all();
    }

    private static Expr[] constants(double[] p) {
        return Arrays.stream(p).mapToObj(Expr::of).toArray(Expr[]::new);
    }

    @ParameterizedTest
    @MethodSource("families")
    void agreesWithCommonsStatistics(FamilyCase family) {
        for (double[] p : family.typical()) {
            Oracle oracle = family.oracle().apply(p);
            double[] x = family.points(p);
            double[] values = SharedValues.of(family.of(p).logDensity(Expr.vector(x)));
            for (int i = 0; i < x.length; i++) {
                double expected = oracle.logDensity(x[i]);
                // theirs is the less accurate: the beta density of (60, 1.5) and the t density of 1e6 lose some digits
                assertEquals(expected, values[i], 1e-9 * Math.max(1, Math.abs(expected)), "x = " + x[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void densitiesAndMassesAddToOne(FamilyCase family) {
        for (double[] p : family.typical()) {
            double total = family.isDiscrete() ? sumOfMasses(family.of(p)) : integral(family, p);
            assertEquals(1, total, 1e-9, Arrays.toString(p));
        }
    }

    private static double sumOfMasses(Distribution d) {
        double[] counts = new double[1000];
        Arrays.setAll(counts, i -> i - 10);
        return Arrays.stream(SharedValues.of(d.logDensity(Expr.vector(counts)))).map(StrictMath::exp).sum();
    }

    /**
     * By the trapezoidal rule over t, where the unconstrained value is t, or sinh(t^3) on the real line: its tails become
     * short enough, and a kink in the middle smooth.
     */
    private static double integral(FamilyCase family, double[] p) {
        Distribution d = family.of(p);
        boolean line = d.support().equals(Support.real());
        double step = 1.0 / 256;
        int n = line ? 875 : 25600;
        if (family.name().equals("vonMises")) return integralOverPeriod(d, p[0]);
        double loc = line ? family.centre(p) : 0;
        double scale = line ? family.quantile(p, 0.8) - family.quantile(p, 0.2) : 1;
        double[] t = new double[2 * n + 1];
        double[] u = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            t[i] = (i - n) * step;
            u[i] = line ? loc + scale * StrictMath.sinh(t[i] * t[i] * t[i]) : t[i];
        }
        Expr input = Expr.perDraw("u", Shape.of(1));
        Constrained x = d.support().constrain(input, Shape.scalar());
        Expr logDensity = d.logDensity(x.value()).plus(x.logAbsDetJacobian());
        double[][] values = Replay.at(Replay.points(u), List.of(input), List.of(logDensity));
        double total = 0;
        for (int i = 0; i < t.length; i++) {
            double jacobian = line ? 3 * t[i] * t[i] * scale * StrictMath.cosh(t[i] * t[i] * t[i]) : 1;
            total += step * jacobian * StrictMath.exp(values[i][0]);
        }
        return total;
    }

    private static double integralOverPeriod(Distribution d, double centre) {
        int n = 256;
        double[] x = new double[n];
        Arrays.setAll(x, i -> centre - Math.PI + 2 * Math.PI * i / n);
        return Arrays.stream(SharedValues.of(d.logDensity(Expr.vector(x)))).map(StrictMath::exp).sum() * 2 * Math.PI / n;
    }

    /** The sum over a vector x, in x and every parameter, each parameter once a scalar and once a vector. */
    @ParameterizedTest
    @MethodSource("families")
    void derivativesAreThoseOfDifferences(FamilyCase family) {
        for (double[] p : family.typical()) {
            double[] points = family.points(p);
            int last = points.length - 1;
            double[] x = {points[last / 3], points[Math.min(last, last / 2 + 1)], points[last * 3 / 4]};
            for (int vectors = 0; vectors < 1 << p.length; vectors++) {
                List<Expr> inputs = new ArrayList<>(List.of(Expr.perDraw("x", Shape.of(3))));
                List<Double> point = new ArrayList<>();
                for (double v : x) point.add(v);
                for (int k = 0; k < p.length; k++) {
                    boolean vector = (vectors >> k & 1) == 1;
                    inputs.add(Expr.perDraw(family.parameters().get(k).name(), vector ? Shape.of(3) : Shape.scalar()));
                    for (int i = 0; i < (vector ? 3 : 1); i++) point.add(p[k]);
                }
                compareWithDifferences(family, inputs, point.stream().mapToDouble(Double::doubleValue).toArray());
            }
        }
    }

    private static void compareWithDifferences(FamilyCase family, List<Expr> inputs, double[] point) {
        Expr density = family.of(inputs.subList(1, inputs.size()).toArray(new Expr[0])).logDensity(inputs.get(0));
        Expr sum = density.sum();
        List<Expr> outputs = new ArrayList<>(List.of(sum, density));
        outputs.addAll(Gradient.of(sum, inputs));
        double[] r = Replay.at(point, inputs, outputs.toArray(new Expr[0]));
        assertEquals(r[1] + r[2] + r[3], r[0], 64 * EPS * (1 + Math.abs(r[1]) + Math.abs(r[2]) + Math.abs(r[3])), "sum");
        int at = 0;
        for (int k = 0; k < inputs.size(); k++) {
            for (int i = 0; i < inputs.get(k).shape().size(); i++, at++) {
                if (k == 0 ? family.isDiscrete() : !family.isSmoothIn(k - 1)) continue;
                double h = 1e-5 * (point[at] == 0 ? 1 : Math.abs(point[at]));
                double[][] around = new double[5][];
                for (int s = -2; s <= 2; s++) {
                    around[s + 2] = point.clone();
                    around[s + 2][at] += s * h;
                }
                double[][] f = Replay.at(around, inputs, List.of(sum));
                double slope = (8 * (f[3][0] - f[1][0]) - (f[4][0] - f[0][0])) / (12 * h);
                double rounding = 100 * EPS * (1 + Math.abs(r[0])) / h;
                assertEquals(slope, r[4 + at], rounding + 1e-8 * Math.abs(slope), inputs.get(k).name() + " at "
                        + Arrays.toString(point));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void parametersAreRepeatedOverElements(FamilyCase family) {
        double[] p = family.typical()[1];
        double[] points = family.points(p);
        double[] x = Arrays.copyOf(points, 2);
        double[] four = {x[0], x[1], x[1], x[0]};
        double[] expected = SharedValues.of(family.of(p).logDensity(Expr.vector(four)));
        assertEquals(expected[0], SharedValues.of(family.of(p).logDensity(Expr.of(x[0])))[0]);

        Expr matrix = family.of(p).logDensity(Expr.shared("m", Shape.of(2, 2), four));
        assertEquals(Shape.of(2, 2), matrix.shape());
        for (int i = 0; i < 4; i++) assertEquals(expected[i], SharedValues.of(matrix)[i]);

        Expr[] vectors = Arrays.stream(p).mapToObj(v -> Expr.vector(v, v, v, v)).toArray(Expr[]::new);
        assertEquals(p.length == 0 ? Shape.scalar() : Shape.of(4), family.of(vectors).shape());
        assertEquals(Shape.scalar(), family.of(p).shape());
        double[] byVectors = SharedValues.of(family.of(vectors).logDensity(Expr.vector(four)));
        double[] byScalar = SharedValues.of(family.of(vectors).logDensity(Expr.of(x[0])));
        for (int i = 0; i < 4; i++) {
            double tolerance = 64 * EPS * (1 + Math.abs(expected[i]));
            assertEquals(expected[i], byVectors[i], tolerance);
            assertEquals(expected[0], byScalar[byScalar.length == 1 ? 0 : i], tolerance + 64 * EPS * Math.abs(expected[0]));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void nothingLiesOutsideTheSupport(FamilyCase family) {
        List<Expr> inputs = new ArrayList<>(List.of(Expr.perDraw("x", Shape.scalar())));
        for (FamilyCase.Parameter parameter : family.parameters()) inputs.add(Expr.perDraw(parameter.name(), Shape.scalar()));
        Expr density = family.of(inputs.subList(1, inputs.size()).toArray(new Expr[0])).logDensity(inputs.get(0));
        List<Expr> outputs = new ArrayList<>(List.of(density));
        outputs.addAll(Gradient.of(density, inputs));
        for (double[] p : family.typical()) {
            for (double x : family.outside()) {
                double[] point = new double[p.length + 1];
                point[0] = x;
                System.arraycopy(p, 0, point, 1, p.length);
                double[] r = Replay.at(point, inputs, outputs.toArray(new Expr[0]));
                assertEquals(Double.NEGATIVE_INFINITY, r[0], "x = " + x);
                for (int i = 1; i < r.length; i++) assertEquals(0, Math.abs(r[i]), "derivative " + i + " at x = " + x);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void dataOutsideTheSupportMakeTheDensityZeroAndItsDerivativesFinite(FamilyCase family) {
        for (double[] p : family.typical()) {
            Expr[] parameters = new Expr[p.length];
            Arrays.setAll(parameters, k -> Expr.perDraw(family.parameters().get(k).name(), Shape.scalar()));
            double inside = family.points(p)[1];
            for (double x : family.outside()) {
                Expr data = Expr.shared("data", Shape.of(2), inside, x);
                Expr density = family.of(parameters).logDensity(data);
                Expr constant = family.of(p).logDensity(data);
                double[] r = Replay.at(p, List.of(parameters), density, density.sum(), constant);
                for (int i : new int[] {1, 2, 4}) assertEquals(Double.NEGATIVE_INFINITY, r[i], "x = " + x);
                assertTrue(Double.isFinite(r[0]) && r[0] == r[3]);
                Expr[] gradient = Gradient.of(density.sum(), List.of(parameters)).toArray(new Expr[0]);
                for (double g : Replay.at(p, List.of(parameters), gradient)) {
                    assertTrue(Double.isFinite(g), "derivative at x = " + x + " is " + g);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void missingValuesStayMissing(FamilyCase family) {
        double[] p = family.typical()[0];
        Expr x = Expr.perDraw("x", Shape.scalar());
        double[] r = Replay.at(new double[] {Double.NaN}, List.of(x), family.of(p).logDensity(x),
                family.of(p).logDensity(Expr.of(Double.NaN)));
        assertTrue(Double.isNaN(r[0]) && Double.isNaN(r[1]), Arrays.toString(r));

        Expr[] parameters = new Expr[p.length];
        Arrays.setAll(parameters, k -> Expr.perDraw(family.parameters().get(k).name(), Shape.scalar()));
        double inside = family.points(p)[1];
        for (int k = 0; k < p.length; k++) {
            double[] missing = p.clone();
            missing[k] = Double.NaN;
            double value = Replay.at(missing, List.of(parameters), family.of(parameters).logDensity(Expr.of(inside)))[0];
            assertTrue(Double.isNaN(value), family.parameters().get(k).name() + " gives " + value);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void parametersPerDrawThatAreInvalidGiveNoDensity(FamilyCase family) {
        double[] p = family.typical()[0];
        Expr[] parameters = new Expr[p.length];
        Arrays.setAll(parameters, k -> Expr.perDraw(family.parameters().get(k).name(), Shape.scalar()));
        Expr density = family.of(parameters).logDensity(Expr.vector(family.points(p)));
        for (int k = 0; k < p.length; k++) {
            if (!family.isSmoothIn(k)) continue;
            for (double invalid : family.parameters().get(k).invalid()) {
                double[] point = p.clone();
                point[k] = invalid;
                for (double value : Replay.at(point, List.of(parameters), density)) {
                    assertTrue(!Double.isFinite(value), family.parameters().get(k).name() + " = " + invalid + " gives "
                            + value);
                }
            }
        }
    }
}

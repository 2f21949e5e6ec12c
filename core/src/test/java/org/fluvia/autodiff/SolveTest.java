package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.fluvia.autodiff.analysis.NonFinite;
import org.fluvia.kernel.provider.KernelProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SolveTest {
    private static final double[] TINY = {0.0, -0.0, 1e-300, -1e-300, 1e-20, -1e-9};
    private static final double[] USUAL = new Random(1).doubles(200, -20, 20).toArray();
    private static final double[] HUGE = {1e9, -1e15, 1e100, -1e200, 1e300, -1e300};

    /**
     * @param f as it is recorded
     * @param exact the inverse, by other means
     * @param condition by how much more than their own rounding solutions may differ, relative to max(|x|, floor)
     */
    private record Case(String name, UnaryOperator<Expr> f, DoubleUnaryOperator exact, double condition, double floor, double[] at) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static double[] all() {
        return DoubleStream.concat(Arrays.stream(TINY), DoubleStream.concat(Arrays.stream(USUAL), Arrays.stream(HUGE))).toArray();
    }

    private static double[] tinyAndUsual() {
        return DoubleStream.concat(Arrays.stream(TINY), Arrays.stream(USUAL)).toArray();
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("identity", x -> x.times(1.0), y -> y, 1, 0, all()));
        cases.add(new Case("affine", x -> x.times(0.1).plus(5), y -> (y - 5) / 0.1, 8, 1, all()));
        cases.add(new Case("steep", x -> x.times(1e12), y -> y / 1e12, 1, 0, all()));
        cases.add(new Case("shallow", x -> x.times(1e-12), y -> y / 1e-12, 1, 0, tinyAndUsual()));
        cases.add(new Case("cube", x -> x.times(x).times(x), StrictMath::cbrt, 1, 0, all()));
        cases.add(new Case("cube and line", x -> x.times(x).times(x).plus(x), SolveTest::cardano, 4, 0, tinyAndUsual()));
        cases.add(new Case("sinh", x -> x.exp().minus(x.unaryMinus().exp()).times(0.5), SolveTest::asinh, 4, 1, all()));
        cases.add(new Case("cube root", x -> Expr.where(x.lt(0), x.abs().pow(1 / 3.0).unaryMinus(), x.abs().pow(1 / 3.0)),
                y -> y * y * y, 200, 1e-290, DoubleStream.concat(Arrays.stream(USUAL),
                        DoubleStream.of(0.0, 1e-9, 1e100, -1e90)).toArray()));
        cases.add(new Case("nearly flat here and there", x -> x.plus(Functions.sin(x).times(0.999)),
                y -> bisected(x -> x + 0.999 * StrictMath.sin(x), y, -1e4, 1e4), 4000, 1e-300, tinyAndUsual()));
        // 0.01 x to -1, then 100 x, then x, from 1 on 1e-3 x
        cases.add(new Case("kinks", x -> x.min(-1).times(0.01).plus(x.clamp(-1, 0).times(100)).plus(x.clamp(0, 1)).plus(x.max(1).times(1e-3))
                .plus(0.01 - 1e-3), SolveTest::straightened, 1000, 1, all()));
        cases.add(new Case("a step of a network", x -> x.times(0.01).plus(x.minus(0.3).times(50).tanh()).plus(x.plus(2).times(9).tanh()),
                y -> bisected(x -> 0.01 * x + StrictMath.tanh((x - 0.3) * 50) + StrictMath.tanh((x + 2) * 9), y, -1e5, 1e5),
                400, 1, tinyAndUsual()));
        cases.add(new Case("logarithm of exponentials", x -> x.plus(x.softplus()), y -> y < 700 ? logForm(y) : y / 2, 4, 1, all()));
        return cases;
    }

    /** x + log(1 + e^x) = y: with u = e^x, u + u^2 = e^y. */
    private static double logForm(double y) {
        if (y > 30) return y / 2 + StrictMath.log1p(-0.5 * StrictMath.exp(-y / 2));
        double e = StrictMath.exp(y);
        return y - StrictMath.log((1 + StrictMath.sqrt(1 + 4 * e)) / 2);
    }

    private static double asinh(double y) {
        double size = Math.abs(y);
        double x = size > 1e8 ? StrictMath.log(size) + StrictMath.log(2)
                : StrictMath.log1p(size + size * size / (StrictMath.sqrt(size * size + 1) + 1));
        return Math.copySign(x, y);
    }

    private static double cardano(double y) {
        return bisected(x -> x * x * x + x, y, -100, 100);
    }

    private static double straightened(double y) {
        if (y < -100) return (y + 100 - 0.01) * 100;
        if (y < 0) return y / 100;
        if (y < 1) return y;
        return (y - 1 + 1e-3) / 1e-3;
    }

    /** By halves, to the last bit. */
    private static double bisected(DoubleUnaryOperator f, double y, double low, double high) {
        double a = low;
        double b = high;
        while (true) {
            boolean small = a != 0 && b != 0 && Math.max(Math.abs(a), Math.abs(b)) < 1e-3;
            double geometric = Math.signum(b) * Math.sqrt(Math.abs(a)) * Math.sqrt(Math.abs(b));
            double middle = a < 0 && b > 0 ? 0 : small ? geometric : a + (b - a) / 2;
            if (!(a < middle && middle < b)) return middle;
            if (f.applyAsDouble(middle) < y) a = middle;
            else b = middle;
        }
    }

    private static double[] solve(UnaryOperator<Expr> f, double... ys) {
        Expr y = Expr.perDraw("y", Shape.scalar());
        Expr x = Solve.increasing(y, f);
        return values(run(y, ys, Workers.none(), x), x);
    }

    private static Workspace run(Expr input, double[] values, Workers workers, Expr... outputs) {
        Workspace w = Program.of(outputs).workspace(workers);
        int draws = values.length / input.size();
        w.set(input, source(values, draws));
        w.run(draws);
        return w;
    }

    private static DrawSource source(double[] values, int draws) {
        return (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < elements; i++) System.arraycopy(values, i * draws + first, x, offset + i * stride, count);
        };
    }

    private static double[] values(Workspace w, Expr x) {
        if (x.isPerDraw()) return Arrays.copyOf(w.perDraw(x).data, w.perDraw(x).getNumElements());
        double[] v = new double[x.size()];
        w.shared(x, v, 0);
        return v;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rootsAreThoseOfTheClosedForm(Case c) {
        double[] x = solve(c.f, c.at);
        for (int i = 0; i < x.length; i++) {
            double exact = c.exact.applyAsDouble(c.at[i]);
            double tolerance = 8 * Math.ulp(1.0) * c.condition * Math.max(Math.abs(exact), c.floor) + Double.MIN_NORMAL;
            assertEquals(exact, x[i], tolerance, c.name + " at " + c.at[i]);
        }
    }

    @Test
    void stepsAreFew() {
        for (Case c : cases()) {
            double[] usual = Arrays.stream(c.at).filter(y -> Math.abs(y) > 1e-3 && Math.abs(y) < 100).toArray();
            assertTrue(missing(c.f, usual, 16).length == 0, c + " at " + Arrays.toString(missing(c.f, usual, 16)));
            assertTrue(missing(c.f, c.at, 70).length == 0, c + " at " + Arrays.toString(missing(c.f, c.at, 70)));
        }
        // as layers of flows are: a line and some bends
        UnaryOperator<Expr> bends = x -> x.times(0.4).plus(x.minus(0.3).times(2).tanh()).plus(x.plus(1).tanh().times(0.5));
        assertEquals(0, missing(bends, USUAL, 8).length);
    }

    /** Where no root is found in so many steps. */
    private static double[] missing(UnaryOperator<Expr> f, double[] ys, int most) {
        Expr y = Expr.perDraw("y", Shape.scalar());
        Expr x = Solve.increasing(y, f, most);
        double[] found = values(run(y, ys, Workers.none(), x), x);
        return IntStream.range(0, ys.length).filter(i -> Double.isNaN(found[i])).mapToDouble(i -> ys[i]).toArray();
    }

    private static final Expr Y = Expr.perDraw("y", Shape.of(3));
    private static final Expr WEIGHTS = Expr.shared("w", Shape.of(3), 0.3, 2, 0.7);

    /** w_i sinh(x_i) + tilt x_i, where the tilt comes from elsewhere in the draw. */
    private static Expr tilted(Expr y, Expr weights, Expr tilt) {
        return Solve.increasing(y, x -> x.exp().minus(x.unaryMinus().exp()).times(0.5).times(weights).plus(x.times(tilt)));
    }

    private static double[] draws(int n) {
        double[] v = new Random(5).doubles(3 * n, -4, 4).toArray();
        v[3 * n / 2] = Double.NaN;
        v[n - 1] = 1e280;
        return v;
    }

    private static List<Expr> outputs() {
        Expr tilt = Y.square().sum().plus(1);
        Expr x = tilted(Y, WEIGHTS, tilt);
        Expr sum = x.square().sum();
        // used twice: as a value, and by what is solved with it
        Expr again = tilted(x, WEIGHTS.times(2), Expr.of(0.5));
        return List.of(x, Gradient.of(sum, Y), again, Gradient.of(again.sum(), WEIGHTS));
    }

    @Test
    void aDrawsBitsDependOnNoOtherDrawAndNoThreadAndNoKernels() {
        List<Expr> outputs = outputs();
        Expr[] perDraw = {outputs.get(0), outputs.get(1), outputs.get(2)};
        int n = 1021;
        double[] ys = draws(n);
        Workspace all = run(Y, ys, Workers.none(), perDraw);
        Workspace threads = run(Y, ys, Workers.of(4), perDraw);
        for (Expr x : perDraw) {
            bits(values(all, x), values(threads, x));
            assertTrue(Double.isNaN(values(all, x)[3 * n / 2]));
        }
        Workspace alone = Program.of(perDraw).workspace();
        for (int j : new int[] {0, 1, 7, 63, 64, n / 2, n - 1}) {
            alone.set(Y, source(new double[] {ys[j], ys[n + j], ys[2 * n + j]}, 1));
            alone.run(1);
            for (Expr x : perDraw) {
                for (int i = 0; i < 3; i++) bits(new double[] {values(all, x)[i * n + j]}, new double[] {values(alone, x)[i]});
            }
        }
        assumeTrue(KernelProvider.obstacle() == null);
        for (String kernels : List.of("off", "require")) {
            Workspace w = Program.of(perDraw).workspace(Workers.none(), KernelProvider.choose(kernels));
            w.set(Y, source(ys, n));
            w.run(n);
            for (Expr x : perDraw) bits(values(all, x), values(w, x));
        }
    }

    private static void bits(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(Double.doubleToLongBits(expected[i]), Double.doubleToLongBits(actual[i]), "element " + i);
        }
    }

    /** Of w sinh(x) + t x = y: dx/dy = 1 / (w cosh(x) + t), dx/dw = -sinh(x) / the same, dx/dt = -x / the same. */
    @Test
    void derivativesAreThoseOfTheInverse() {
        double[] ys = new Random(6).doubles(3 * 40, -4, 4).toArray();
        Expr t = Expr.shared("t", Shape.scalar(), 0.6);
        Expr x = tilted(Y, WEIGHTS, t);
        Expr c = Expr.vector(1, -2, 3);
        List<Expr> g = Gradient.of(x.dot(c), List.of(Y, WEIGHTS, t));
        Workspace w = run(Y, ys, Workers.none(), x, g.get(0), g.get(1), g.get(2));
        double[] xs = values(w, x);
        double[] byW = new double[3];
        double byT = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 40; j++) {
                double v = xs[i * 40 + j];
                double slope = new double[] {0.3, 2, 0.7}[i] * StrictMath.cosh(v) + 0.6;
                double weight = new double[] {1, -2, 3}[i];
                assertEquals(weight / slope, values(w, g.get(0))[i * 40 + j], 1e-14 * Math.abs(weight / slope));
                byW[i] -= weight * StrictMath.sinh(v) / slope;
                byT -= weight * v / slope;
            }
        }
        assertArrayEquals(byW, values(w, g.get(1)), 1e-11);
        assertEquals(byT, w.scalar(g.get(2)), 1e-11);
        assertTrue(x.hasFirstDerivativesOnly());
    }

    /** The logarithm, solved for, in the places where a function of the library may be. */
    @Test
    void theGradientIsThatOfTheClosedFormWhereverItIs() {
        UnaryOperator<Expr> f = x -> x.softplus().plus(x.times(0.5));
        Expr solved = Solve.increasing(Y, f).square().sum();
        Expr x = Expr.perDraw("x", Shape.of(3));
        Expr byX = Gradient.of(x.square().sum(), x).div(Gradient.of(f.apply(x).sum(), x));
        Expr byY = Gradient.of(solved, Y);
        double[] ys = new Random(7).doubles(3 * 25, -9, 9).toArray();
        Expr root = Solve.increasing(Y, f);
        Workspace w = run(Y, ys, Workers.none(), root, byY);
        Workspace v = run(x, values(w, root), Workers.none(), byX);
        double[] expected = values(v, byX);
        double[] actual = values(w, byY);
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], 1e-12 * (1 + Math.abs(expected[i])));
    }

    @Test
    void whatIsKnownIsNotSolved() {
        Expr x = Expr.perDraw("x", Shape.of(3));
        UnaryOperator<Expr> f = z -> z.times(WEIGHTS).plus(z.tanh());
        Expr known = Solve.increasingKnowing(Y, x, f);
        Expr solved = Solve.increasing(Y, f);
        Expr g = Gradient.of(known.square().sum(), Y);
        Expr byW = Gradient.of(known.square().sum(), WEIGHTS);
        Expr gSolved = Gradient.of(solved.square().sum(), Y);
        Expr byWSolved = Gradient.of(solved.square().sum(), WEIGHTS);
        Expr byX = Gradient.of(known.square().sum(), x);
        double[] ys = new Random(8).doubles(3 * 10, -4, 4).toArray();
        Workspace w = run(Y, ys, Workers.none(), solved, gSolved, byWSolved);
        Workspace v = Program.of(known, g, byW, byX).workspace();
        v.set(Y, source(ys, 10));
        v.set(x, source(values(w, solved), 10));
        v.run(10);
        bits(values(w, solved), values(v, known));
        bits(values(w, gSolved), values(v, g));
        bits(values(w, byWSolved), values(v, byW));
        assertArrayEquals(new double[30], values(v, byX));
    }

    /** By y and by a weight: the slope at the solution changes with both, and nothing that is recorded knows it. */
    @Test
    void secondDerivativesOfASolutionAreRefused() {
        Expr x = Expr.perDraw("x", Shape.of(3));
        for (Expr solution : List.of(Solve.increasingKnowing(Y, x, z -> z.times(WEIGHTS).plus(z.tanh())),
                Solve.increasing(Y, z -> z.times(WEIGHTS).plus(z.tanh())))) {
            assertTrue(solution.hasFirstDerivativesOnly());
            Expr first = Gradient.of(solution.square().sum(), Y).sum();
            assertEquals("solve: second derivatives of a solution",
                    assertThrows(UnsupportedOperationException.class, () -> Gradient.of(first, WEIGHTS)).getMessage());
        }
    }

    @Test
    void sharedValuesAreSolvedOnceAndMixWithValuesPerDraw() {
        Expr s = Expr.shared("s", Shape.of(2, 2), 1, 8, -27, 0);
        Expr x = Solve.increasing(s, z -> z.times(z).times(z));
        assertFalse(x.isPerDraw());
        assertEquals(Shape.of(2, 2), x.shape());
        assertArrayEquals(new double[] {1, 2, -3, 0}, SharedValues.of(x), 1e-15);
        // a shared y, a map per draw
        Expr tilt = Expr.perDraw("tilt", Shape.scalar());
        Expr mixed = Solve.increasing(s, z -> z.times(tilt));
        Expr bySlope = Gradient.of(mixed.sum(), tilt);
        Expr byS = Gradient.of(mixed.sum(), s);
        assertTrue(mixed.isPerDraw());
        Workspace w = run(tilt, new double[] {2, 4}, Workers.none(), mixed, bySlope, byS);
        assertArrayEquals(new double[] {0.5, 0.25, 4, 2, -13.5, -6.75, 0, 0}, values(w, mixed), 1e-15);
        assertArrayEquals(new double[] {18 / 4.0, 18 / 16.0}, values(w, bySlope), 1e-14);
        assertArrayEquals(new double[] {0.75, 0.75, 0.75, 0.75}, values(w, byS), 1e-15);
    }

    @Test
    void whatItIsMadeOfCanBeReplaced() {
        Expr tilt = Expr.shared("tilt", Shape.scalar(), 1.5);
        Expr x = tilted(Y, WEIGHTS, tilt);
        Map<Expr, Expr> fixed = new LinkedHashMap<>();
        fixed.put(WEIGHTS, WEIGHTS.stopGradient());
        Expr z = Expr.perDraw("z", Shape.of(3));
        fixed.put(Y, z.times(2));
        fixed.put(tilt, z.sum().square());
        Expr now = Expr.substitute(List.of(x), fixed).get(0);
        Expr direct = tilted(z.times(2), WEIGHTS, z.sum().square());
        Expr byZ = Gradient.of(now.sum(), z);
        Expr byZDirect = Gradient.of(direct.sum(), z);
        Expr byW = Gradient.of(now.sum(), WEIGHTS);
        double[] zs = new Random(8).doubles(3 * 10, 0, 4).toArray();
        Workspace w = run(z, zs, Workers.none(), now, direct, byZ, byZDirect, byW);
        bits(values(w, direct), values(w, now));
        double[] expected = values(w, byZDirect);
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], values(w, byZ)[i], 1e-14 * (1 + Math.abs(expected[i])));
        assertArrayEquals(new double[3], values(w, byW));
    }

    @Test
    void whereThereIsNoRootThereIsNaN() {
        assertTrue(Double.isNaN(solve(Expr::tanh, 2)[0]));
        assertTrue(Double.isNaN(solve(Expr::exp, -1)[0]));
        assertTrue(Double.isNaN(solve(x -> x.times(0).plus(1), 3)[0]));
        assertTrue(Double.isNaN(solve(x -> x.times(1e-12), 1e300)[0]), "beyond all doubles");
        assertTrue(Double.isNaN(solve(Expr::log, -3)[0]), "not a number at some values");
        double[] some = solve(Expr::exp, 3, Double.NaN, -1, Double.POSITIVE_INFINITY, 5, Double.NEGATIVE_INFINITY);
        assertArrayEquals(new double[] {StrictMath.log(3), Double.NaN, Double.NaN, Double.NaN, StrictMath.log(5), Double.NaN}, some, 1e-15);
        Expr x = Solve.increasing(Y, Expr::tanh);
        String why = NonFinite.explain(x.sum(), Map.of(Y, new double[] {0.5, 2, 0}));
        assertTrue(why != null && why.startsWith("solve gives NaN (SolveTest.java:"), why);
    }

    @Test
    void aFixedPointIsFoundDrawByDraw() {
        Expr a = Expr.shared("a", Shape.of(3, 3), 0.2, -0.3, 0.1, 0.4, 0.2, -0.1, 0.3, 0.3, 0.2);
        UnaryOperator<Expr> g = x -> Y.minus(a.matmul(x).tanh().times(0.9));
        Expr x = Solve.fixedPoint(Y, g, 1e-14, 200);
        Expr rest = x.minus(g.apply(x)).abs();
        int n = 300;
        double[] ys = draws(n);
        Expr byY = Gradient.of(x.sum(), Y);
        Expr tooFew = Solve.fixedPoint(Y, g, 1e-14, 3);
        Workspace w = run(Y, ys, Workers.none(), x, rest, byY, tooFew);
        double[] xs = values(w, x);
        int bad = 3 * n / 2 % n;
        for (int i = 0; i < 3 * n; i++) {
            if (i % n == bad) continue;
            assertEquals(0, values(w, rest)[i], 2e-14 * Math.max(1, Math.abs(xs[i])), "element " + i);
        }
        assertTrue(Double.isNaN(xs[n + bad]));
        assertArrayEquals(new double[3 * n], Arrays.stream(values(w, byY)).map(Math::abs).toArray(), "no derivative");
        assertTrue(Double.isNaN(values(w, tooFew)[0]));
        for (int j : new int[] {0, 100, n - 1}) {
            Workspace alone = run(Y, new double[] {ys[j], ys[n + j], ys[2 * n + j]}, Workers.none(), x);
            for (int i = 0; i < 3; i++) assertEquals(xs[i * n + j], values(alone, x)[i]);
        }
    }

    @Test
    void whatCannotBeSolvedIsRefused() {
        Map<String, Runnable> wrong = new LinkedHashMap<>();
        wrong.put("solve: the function must give a value of its argument's shape, (3), but gave scalar (SolveTest.java:",
                () -> Solve.increasing(Y, Expr::sum));
        wrong.put("solve: x must have the shape of y, (3), but has scalar (SolveTest.java:",
                () -> Solve.increasingKnowing(Y, Expr.of(1), x -> x));
        wrong.put("solve: tolerance must be positive, but was NaN", () -> Solve.fixedPoint(Y, x -> x, Double.NaN, 3));
        wrong.put("solve: most must be at least 1, but was 0", () -> Solve.fixedPoint(Y, x -> x, 1e-9, 0));
        wrong.forEach((message, work) -> {
            String actual = assertThrows(IllegalArgumentException.class, work::run).getMessage();
            assertTrue(actual.startsWith(message), actual);
        });
    }
}

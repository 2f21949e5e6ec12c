package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.AdjointTest.Inputs;
import org.fluvia.autodiff.analysis.SufficientStatistics;
import org.fluvia.autodiff.ode.OdeSettings;
import org.fluvia.autodiff.ode.TileSums;
import org.fluvia.autodiff.ode.Trajectory;
import org.fluvia.autodiff.op.Dag;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Values of no elements: the table of {@link AdjointTest} with vectors of length 0 and matrices without rows or columns, alone
 * and beside terms that have elements, whose derivatives must not be lost. What of the table asks for an element, or for a
 * fixed number of them, is refused while it is recorded; what else an operation can do with nothing stands in a table here.
 */
class EmptyValuesTest {
    /** The lengths of the table's vectors, and of the other side of its matrices. */
    private static final int[][] SIZES = {{0, 3}, {4, 0}, {0, 0}};

    /** Entries whose value is NaN, as 0 / 0: there is no mean or variance of nothing, and no derivative to compare. */
    private static final Set<String> UNDEFINED = Set.of("mean axis", "variances");
    /** Entries that are minus infinity, the sum or maximum of nothing on the log scale: see {@link #theLogOfASumOfNothing}. */
    private static final Set<String> MINUS_INFINITY = Set.of("log sum exp", "log sum exp shared");

    /** Of a scalar, or a shared or a long value, beside nothing: what the table of adjoints has with fixed sizes only. */
    private static final Map<String, Function<Inputs, Expr>> MORE = new LinkedHashMap<>();

    static {
        Expr none = Expr.vector();
        MORE.put("slice (0, 0)", in -> some(in).slice(0, 0).times(in.s).plus(in.c));
        MORE.put("slice at the end", in -> some(in).slice(3, 3).minus(in.s));
        MORE.put("slices, one empty", in -> some(in).slice(0, 0).sum().plus(some(in).slice(0, 2).sum()).plus(some(in).slice(2, 3).sum()));
        MORE.put("rows (1, 1) of a matrix", in -> Expr.columns(some(in), in.s).slice(1, 1).times(in.s));
        MORE.put("get by an empty index", in -> some(in).get(none).times(in.s));
        MORE.put("get by an empty index that is data", in -> some(in).get(empty()).times(in.s));
        MORE.put("rows by an empty index", in -> Expr.columns(some(in), in.s).get(empty()).times(in.s));
        MORE.put("elements by empty rows and columns", in -> Expr.columns(some(in), in.s).get(empty(), empty()).minus(in.s));
        MORE.put("segments of nothing", in -> Functions.segmentSum(some(in).get(empty()), empty(), 3).plus(in.s));
        MORE.put("no segments", in -> Functions.segmentSum(in.u.slice(0, 0), empty(), 0).plus(in.s));
        MORE.put("segments of rows of nothing", in -> Functions.segmentSum(Expr.columns(some(in), in.s).get(empty()), empty(), 2).plus(in.s));
        MORE.put("concat", in -> Expr.concat(in.u, in.s, in.a, in.c, in.u).square());
        MORE.put("concat of nothing", in -> Expr.concat(in.u, in.a).times(in.s));
        MORE.put("columns of nothing", in -> Functions.concatColumns(Expr.columns(some(in), in.s), in.s.expand(Shape.of(3, 0), true)));
        MORE.put("columns", in -> Expr.columns(Expr.of(1), in.u, in.a.times(in.s)).matmul(some(in)).plus(in.s));
        MORE.put("stack of nothing", in -> Functions.stack(in.u, in.v).times(in.s));
        MORE.put("mean of something beside nothing", in -> some(in).mean().plus(in.u.sum()));
        MORE.put("product of nothing", in -> Functions.product(in.u).times(in.s));
        MORE.put("dot of data and nothing", in -> in.a.dot(in.u).plus(in.s));
        MORE.put("data minus a scalar", in -> in.a.minus(in.s).div(in.s).square().sum().minus(in.s.log().times(in.a.shape().size())));
        MORE.put("where the condition is a scalar", in -> Expr.where(in.s.lt(1), in.u, in.s));
        MORE.put("matmul of no unknowns", in -> Expr.shared("X", Shape.of(3, 0)).matmul(in.u.slice(0, 0)).plus(in.s).square());
        MORE.put("matmul of no unknowns, long", in -> Expr.shared("X", Shape.of(200, 0)).matmul(in.u.slice(0, 0)).plus(in.s).square());
        MORE.put("matmul of no rows", in -> Expr.shared("X", Shape.of(0, 3)).matmul(some(in)).plus(in.s).square());
        MORE.put("matmul of nothing at all", in -> Expr.shared("X", Shape.of(0, 0)).matmul(in.u.slice(0, 0)).plus(in.s).square());
        MORE.put("matmul per draw of no unknowns", in -> in.s.expand(Shape.of(3, 0), true).matmul(in.u.slice(0, 0)).plus(in.s).square());
        MORE.put("matmul of stacks of nothing", in -> in.s.expand(Shape.of(0, 2, 3), true).matmul(in.s.expand(Shape.of(0, 3, 2), true)));
        MORE.put("outer with nothing", in -> Matrices.outer(some(in), in.u.slice(0, 0)).times(in.s));
        MORE.put("outer draws with nothing", in -> in.u.slice(0, 0).outerSumDraws(some(in)).times(in.c));
        MORE.put("solve for no columns", in -> Matrices.solve(Matrices.diagonalMatrix(some(in)), in.s.expand(Shape.of(3, 0), true)));
        MORE.put("solve lower for no columns", in -> Matrices.solveLower(Matrices.diagonalMatrix(some(in)), in.s.expand(Shape.of(3, 0), true)));
        MORE.put("stacks of no matrices", in -> {
            Expr spd = in.s.expand(Shape.of(0, 2, 2), true);
            return Expr.concat(Matrices.cholesky(spd), Matrices.determinant(spd), Matrices.logDeterminantSpd(spd), Matrices.inverse(spd),
                    Matrices.eigenvaluesSymmetric(spd), Matrices.matrixExponential(spd)).sum().plus(in.s);
        });
        MORE.put("solve lower shared", in -> TriangularSolve.of(false, in.l, in.u).times(in.s));
        for (int axis = 0; axis < 3; axis++) {
            int a = axis;
            for (int[] dims : new int[][] {{0, 3, 2}, {2, 0, 3}, {3, 2, 0}}) {
                String of = " of axis " + a + " of " + Shape.of(dims);
                MORE.put("sum" + of, in -> Functions.sum(in.s.expand(Shape.of(dims), true), a).plus(in.s));
                MORE.put("max" + of, in -> Functions.max(in.s.expand(Shape.of(dims), true), a).max(in.s));
                MORE.put("min shared" + of, in -> Functions.min(in.c.expand(Shape.of(dims), false), a).min(in.c));
                MORE.put("log sum exp" + of, in -> Functions.logSumExp(in.s.expand(Shape.of(dims), true), a).max(in.s));
                MORE.put("softmax" + of, in -> Functions.softmax(in.s.expand(Shape.of(dims), true)).times(in.s));
                MORE.put("repeat" + of, in -> Functions.repeat(in.s.expand(Shape.of(dims), true), a, 2).times(in.s));
                MORE.put("repeat no times" + of, in -> Functions.repeat(Expr.columns(some(in), in.s), Math.min(a, 2), 0).times(in.s));
            }
        }
        MORE.put("cumulative sum", in -> Functions.cumulativeSum(in.u.plus(in.s)).times(in.s));
        MORE.put("guard", in -> in.u.guard().sum().plus(in.s.guard()));
        MORE.put("sum over draws", in -> in.u.times(in.s).sumDraws().times(in.c));
        MORE.put("external of nothing", in -> in.u.slice(0, 0).external((x, g) -> 0.25).times(in.s));
        MORE.put("scan of no steps", in -> Scan.of(in.s, in.u.slice(0, 0), (h, x) -> h.times(x).plus(in.c)).path());
        MORE.put("scan of no steps: its last state", in -> Scan.of(some(in), in.a.slice(0, 0), (h, x) -> h.times(x).plus(in.c)).last());
        MORE.put("scan of no steps: its states", in -> Scan.of(in.s, in.u.slice(0, 0), (h, x) -> h.times(x).plus(in.c)).states().plus(in.s));
        MORE.put("scan of no steps that emits", in -> {
            Scan s = Scan.of(List.of(in.s), List.of(in.u.slice(0, 0)), (h, x) -> Scan.Next.of(h.get(0).times(in.c), h.get(0).times(x.get(0))));
            return s.emitted(0).sum().plus(s.last(0));
        });
        MORE.put("scan of no state", in -> Scan.of(in.u.slice(0, 0), Expr.vector(1, 2, 3), (h, x) -> h.times(x).times(in.s)).states());
        MORE.put("scan of no state that emits", in -> Scan.of(List.of(in.u.slice(0, 0)), List.of(Expr.vector(1, 2, 3)),
                (h, x) -> Scan.Next.of(h.get(0), h.get(0).sum().plus(in.s.times(x.get(0))))).emitted(0));
        MORE.put("scan over rows of nothing", in -> Scan.of(in.s, in.s.expand(Shape.of(3, 0), true), (h, x) -> h.plus(x.sum()).times(in.c)).states());
        MORE.put("ode at no times", in -> Trajectory.of((t, z) -> z.times(in.s), some(in), Expr.of(0.5), Expr.vector(),
                new OdeSettings(false, 1e-10, 1e-10, 10_000)).times(in.s));
        MORE.put("end of an ode with a part of nothing", in -> Trajectory.end((t, z) -> z.slice(0, 0).times(in.u.slice(0, 0)).sum()
                .plus(z.times(in.c)), some(in), 0.5, 0.7, new OdeSettings(false, 1e-14, 1e-14, 1000)).times(in.s));
    }

    /** A vector per draw of three elements, whatever the length of the table's vectors. */
    private static Expr some(Inputs in) {
        return Expr.vector(0.4, 1.1, 0.8).times(in.s.exp());
    }

    private static Expr empty() {
        return Expr.shared("none", Shape.of(0));
    }

    private static Map<String, Function<Inputs, Expr>> all() {
        Map<String, Function<Inputs, Expr>> all = new LinkedHashMap<>(AdjointTest.TABLE);
        MORE.forEach((name, f) -> all.put("with nothing: " + name, f));
        return all;
    }

    private static boolean isRecorded(Function<Inputs, Expr> f, int[] size) {
        try {
            f.apply(new Inputs(size[0], size[1]));
            return true;
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().matches("(?s)[^:]+: .*(\\(0|0\\)|x 0|-1|shape|slice|must).*"), e.getMessage());
            return false;
        }
    }

    @TestFactory
    Stream<DynamicTest> valuesAndDerivativesAreRightWithoutElements() {
        return all().entrySet().stream().flatMap(e -> Arrays.stream(SIZES).filter(s -> isRecorded(e.getValue(), s)).map(size ->
                DynamicTest.dynamicTest(e.getKey() + " " + Arrays.toString(size), () -> check(e.getKey(), e.getValue(), size))));
    }

    private static void check(String name, Function<Inputs, Expr> f, int[] size) {
        if (MINUS_INFINITY.contains(name)) return;
        if (UNDEFINED.contains(name)) {
            for (double v : values(f, size)) assertTrue(Double.isNaN(v), name + " is " + v);
            return;
        }
        // what is summed over draws meets shared values only
        Function<Inputs, Expr> scalar = in -> sumsDraws(f.apply(in)) ? in.c.exp() : in.s;
        AdjointTest.check(new Inputs(size[0], size[1]), f);
        AdjointTest.check(new Inputs(size[0], size[1]), in -> f.apply(in).times(scalar.apply(in)).plus(in.c));
        AdjointTest.check(new Inputs(size[0], size[1]), in -> Expr.concat(f.apply(in), scalar.apply(in), in.c).times(scalar.apply(in)));
        AdjointTest.check(new Inputs(size[0], size[1]), in -> f.apply(in).sum().plus(scalar.apply(in).exp().times(in.c))
                .plus(Expr.vector(0.3, 1.4, 0.9).minus(scalar.apply(in)).square().sum()).plus(in.c.log()));
    }

    private static boolean sumsDraws(Expr y) {
        return Dag.reachable(List.of(y)).stream().anyMatch(x -> x.op.sumsDraws());
    }

    private static double[] values(Function<Inputs, Expr> f, int[] size) {
        Inputs in = new Inputs(size[0], size[1]);
        Expr y = f.apply(in).repeatedOverDraws();
        Workspace w = Program.of(y).workspace();
        for (Expr x : in.all()) {
            DMatrixRMaj ones = new DMatrixRMaj(x.shape().size(), 2);
            Arrays.fill(ones.data, 0.7);
            if (x.isPerDraw()) w.set(x, DrawSource.of(ones));
        }
        w.run(2);
        return Arrays.copyOf(w.perDraw(y).data, y.shape().size() * 2);
    }

    @Test
    void theLogOfASumOfNothingIsMinusInfinityAndNothingDependsOnIt() {
        for (String name : MINUS_INFINITY) {
            for (double v : values(AdjointTest.TABLE.get(name), SIZES[0])) assertEquals(Double.NEGATIVE_INFINITY, v);
            AdjointTest.check(new Inputs(0, 3), in -> AdjointTest.TABLE.get(name).apply(in).max(in.s).times(in.c));
        }
    }

    @Test
    void everyPrimitiveMeetsAValueOfNoElements() throws Exception {
        Set<Class<?>> seen = new HashSet<>();
        all().values().forEach(f -> Arrays.stream(SIZES).filter(s -> isRecorded(f, s)).forEach(size -> {
            Inputs in = new Inputs(size[0], size[1]);
            Expr y = f.apply(in);
            Expr scalar = y.sum();
            List<Expr> outputs = new ArrayList<>(Gradient.of(scalar.isPerDraw() ? scalar.sumDraws() : scalar, in.all()));
            outputs.add(y);
            for (Expr x : Dag.reachable(outputs)) {
                boolean empty = x.shape().size() == 0;
                for (int i = 0; i < x.operandCount(); i++) empty |= x.operand(i).shape().size() == 0;
                if (empty) seen.add(x.op.getClass());
            }
        }));
        // adjoints, which are not recorded for what has no elements
        seen.addAll(List.of(CholeskyAdjoint.class, MaskDraws.class, AddAt.class, TileSums.class, Solved.Slope.class));
        for (Class<?> op : Primitives.recorded()) assertTrue(seen.contains(op), op.getSimpleName());
    }

    @Test
    void anEquationForNothingIsRefused() {
        Inputs in = new Inputs(0, 0);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> AdjointTest.TABLE.get("ode").apply(in));
        assertTrue(e.getMessage().startsWith("ode: y0 must have an element"), e.getMessage());
    }

    /** Sums over data, replaced by what the data contribute, with and without data. */
    @Test
    void sufficientStatisticsOfNothing() {
        for (int n : new int[] {0, 1, 7, 8, 9, 40}) {
            double[] data = new double[n];
            Arrays.setAll(data, i -> Math.sin(i));
            double expected = Arrays.stream(data).map(y -> (y - 0.5) * (y - 0.5) / 0.01).sum();
            double slope = Arrays.stream(data).map(y -> -2 * (y - 0.5) / 0.01).sum();
            Expr mu = Expr.perDraw("mu", Shape.scalar());
            Expr beta = Expr.perDraw("beta", Shape.of(0));
            Expr y = Expr.shared("y", Shape.of(n), data);
            Expr predictor = Expr.shared("X", Shape.of(n, 0)).matmul(beta).plus(mu);
            for (Expr residual : List.of(y.minus(mu), y.minus(predictor))) {
                Expr sum = residual.div(0.1).square().sum();
                List<Expr> outputs = SufficientStatistics.of(List.of(sum, Gradient.of(sum, mu)));
                Workspace w = Program.of(outputs).workspace();
                w.set(mu, DrawSource.of(new DMatrixRMaj(new double[][] {{0.5}})));
                w.set(beta, DrawSource.of(new DMatrixRMaj(0, 1)));
                w.run(1);
                assertEquals(expected, w.perDraw(outputs.get(0)).get(0, 0), 1e-10 * Math.max(1, expected), "value of " + n);
                Expr g = outputs.get(1);
                double[] shared = new double[1];
                if (!g.isPerDraw()) w.shared(g, shared, 0);
                assertEquals(slope, g.isPerDraw() ? w.perDraw(g).get(0, 0) : shared[0], 1e-10 * Math.max(1, Math.abs(slope)), "slope of " + n);
            }
        }
    }
}

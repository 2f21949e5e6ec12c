package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.analysis.SufficientStatistics;
import org.fluvia.autodiff.op.Dag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SufficientStatisticsTest {
    private static final int N = 300;
    private static final int K = 4;
    private static final int DRAWS = 9;

    private final Random random = new Random(3);
    private final Expr design = data("X", Shape.of(N, K));
    private final Expr a = data("a", Shape.of(N));
    private final Expr b = data("b", Shape.of(N));
    private final Expr y = data("y", Shape.of(N));
    private final Expr group = Expr.shared("group", Shape.of(N), random.ints(N, 0, 5).asDoubleStream().toArray());
    private final Expr u = Expr.perDraw("u", Shape.of(10));
    private final Expr beta = u.slice(0, K);
    private final Expr s = u.get(4);
    private final Expr t = u.get(5);
    private final Expr five = u.slice(5, 10);

    private Expr data(String name, Shape shape) {
        return Expr.shared(name, shape, random.doubles(shape.size(), -2, 2).toArray());
    }

    private enum Form {
        MATRIX((t, r) -> r.minus(t.design.matmul(t.beta))),
        INTERCEPT((t, r) -> t.design.matmul(t.beta).plus(t.s).minus(r)),
        COLUMNS((t, r) -> r.minus(t.s.plus(t.a.times(t.t)).plus(t.b.times(2).times(t.s.times(t.t))))),
        SCALED((t, r) -> r.minus(t.design.matmul(t.beta).times(t.s)).div(t.t.exp())),
        WEIGHTED((t, r) -> r.minus(t.design.matmul(t.beta)).times(t.a)),
        GROUPS((t, r) -> r.minus(t.five.get(t.group)).minus(t.a.times(t.s)).unaryMinus()),
        CONSTANT_TIMES_DRAW((t, r) -> r.times(t.s).minus(t.a.times(3).plus(1).times(t.t))),
        DIVIDED((t, r) -> r.minus(t.a.times(t.s).div(t.b).plus(t.s.expand(Shape.of(N), true).div(3))));

        final BiFunction<SufficientStatisticsTest, Expr, Expr> make;

        Form(BiFunction<SufficientStatisticsTest, Expr, Expr> make) {
            this.make = make;
        }
    }

    @ParameterizedTest
    @EnumSource
    void sumsOfSquaresOfLinearFormsLoseTheData(Form form) {
        Expr r = form.make.apply(this, y);
        losesTheData(r.square().sum().times(-0.5), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void productsOfDataWithLinearFormsLoseTheData(Form form) {
        Expr r = form.make.apply(this, y);
        losesTheData(r.times(b).sum().plus(r.sum()), 1e-12);
    }

    @Test
    void theLinearPartOfALogisticRegressionLosesTheData() {
        Expr eta = design.matmul(beta).plus(s);
        Expr density = y.times(eta).minus(eta.softplus()).sum();
        Expr reduced = agrees(density, 1e-12);
        assertEquals(1, Dag.reachable(List.of(reduced)).stream()
                .filter(x -> x.op instanceof MatMul && x.operand(1).shape().size() == N || x.op instanceof SumElements).count());
    }

    @Test
    void residualsMuchSmallerThanTheDataKeepTheirDigits() {
        double[] far = random.doubles(N, 1e6 - 1, 1e6 + 1).toArray();
        Expr r = Expr.shared("far", Shape.of(N), far).minus(s.plus(1e6)).minus(a.times(t));
        losesTheData(r.square().sum(), 1e-9);
    }

    @Test
    void dependentColumnsDoNoHarm() {
        Expr r = y.minus(a.times(s)).minus(a.times(2).times(t)).minus(design.matmul(beta)).minus(design.matmul(beta.times(t)))
                .minus(a.times(0).times(s));
        losesTheData(r.square().sum(), 1e-12);
    }

    @Test
    void otherSumsStayAsTheyAre() {
        Expr perElement = u.slice(0, 5).get(group).exp();
        List<Expr> others = List.of(y.minus(a.times(s)).times(perElement).square().sum(), a.times(s).exp().sum(),
                y.slice(0, 6).minus(s).square().sum(), y.minus(s).times(a.minus(t)).sum());
        for (Expr x : others) assertSame(x, SufficientStatistics.of(List.of(x)).get(0));
    }

    @Test
    void dataThatAreNotFiniteStayWhereTheyAre() {
        double[] values = random.doubles(N).toArray();
        values[17] = Double.POSITIVE_INFINITY;
        Expr sum = Expr.shared("y", Shape.of(N), values).minus(s).square().sum();
        assertSame(sum, SufficientStatistics.of(List.of(sum)).get(0));
    }

    private void losesTheData(Expr density, double tolerance) {
        Expr reduced = agrees(density, tolerance);
        for (Expr x : Dag.reachable(List.of(reduced, Gradient.of(reduced, u)))) {
            assertTrue(!x.isPerDraw() || x.shape().size() < N, () -> "still of the data's size: " + x);
        }
    }

    private Expr agrees(Expr density, double tolerance) {
        Expr reduced = SufficientStatistics.of(List.of(density)).get(0);
        List<Expr> all = List.of(density, Gradient.of(density, u), reduced, Gradient.of(reduced, u));
        Workspace w = Program.of(all).workspace();
        w.set(u, DrawSource.of(DMatrixRMaj.wrap(10, DRAWS, new Random(7).doubles(10 * DRAWS, -2, 2).toArray())));
        w.run(DRAWS);
        for (int k = 0; k < 2; k++) {
            DMatrixRMaj expected = w.perDraw(all.get(k));
            DMatrixRMaj actual = w.perDraw(all.get(2 + k));
            double scale = 0;
            for (double v : expected.data) scale = Math.max(scale, Math.abs(v));
            for (int i = 0; i < expected.data.length; i++) {
                assertEquals(expected.data[i], actual.data[i], tolerance * scale);
            }
        }
        return reduced;
    }
}

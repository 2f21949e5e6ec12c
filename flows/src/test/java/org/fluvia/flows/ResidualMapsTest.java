package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.FlowSpec.Use;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.residual.Planar;
import org.fluvia.flows.residual.Radial;
import org.fluvia.flows.residual.Residual;
import org.fluvia.flows.residual.Sylvester;
import org.fluvia.flows.residual.Sylvester.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps x + g(x) against closed forms, against the solvers of Commons Math, and against each other. */
class ResidualMapsTest {
    private static final double[] AT = {0.7, -1.1, 0.4};

    private record Values(double[] value, double logDet) {}

    private static Values forward(Bijection map, double... weights) {
        Expr in = Expr.perDraw("in", Shape.of(map.dimension()));
        return values(map, in, map.forward(in), weights, AT);
    }

    private static Values inverse(Bijection map, double[] at, double... weights) {
        Expr in = Expr.perDraw("in", Shape.of(map.dimension()));
        return values(map, in, map.inverse(in), weights, at);
    }

    private static Values values(Bijection map, Expr in, Transformed t, double[] weights, double[] at) {
        DMatrixRMaj column = new DMatrixRMaj(map.dimension(), 1);
        System.arraycopy(at, 0, column.data, 0, map.dimension());
        Weights layout = Weights.of(map.weights());
        Replay r = Replay.of(in, t.value(), t.logAbsDetJacobian()).weights(layout, weights.length > 0 ? weights : layout.initial()).run(column);
        return new Values(r.matrix(t.value()).data, r.scalars(t.logAbsDetJacobian())[0]);
    }

    private static double root(DoubleUnaryOperator f) {
        return new BrentSolver(1e-15, 1e-15, 1e-15).findRoot(f, -50, 50);
    }

    /** w = (1, 2, 2), |w|^2 = 9, with w'u = 1.5, where v is u, and w'u = -4.5, where w'v is expm1(7 tanh(-4.5 / 7)). */
    @Test
    void planarMapsAreThoseOfTheirEquation() {
        double[] w = {1, 2, 2};
        double b = 0.3;
        double p = AT[0] + 2 * AT[1] + 2 * AT[2] + b;
        for (double wu : new double[] {1.5, -4.5}) {
            double[] u = {wu / 3, wu / 3, 0};
            double wv = wu > 0 ? wu : StrictMath.expm1(7 * StrictMath.tanh(wu / 7));
            double[] v = new double[3];
            double[] y = new double[3];
            for (int i = 0; i < 3; i++) {
                v[i] = u[i] + (wv - wu) * w[i] / 9;
                y[i] = AT[i] + v[i] * StrictMath.tanh(p);
            }
            double logDet = StrictMath.log(1 + wv * (1 - StrictMath.tanh(p) * StrictMath.tanh(p)));
            Planar map = Planar.of(3, FreeWeights.fixed(w, u, new double[] {b}), Context.none(), 1);
            assertClose(y, logDet, forward(map));

            double wy = AT[0] + 2 * AT[1] + 2 * AT[2];
            double q = root(s -> s + wv * StrictMath.tanh(s) - wy - b);
            double[] x = new double[3];
            for (int i = 0; i < 3; i++) x[i] = AT[i] - v[i] * StrictMath.tanh(q);
            double back = -StrictMath.log(1 + wv * (1 - StrictMath.tanh(q) * StrictMath.tanh(q)));
            assertClose(x, back, inverse(map, AT));
        }
    }

    /** Where w'u is very negative or w is 0 the map is still invertible, and nothing is divided by 0. */
    @Test
    void planarMapsAreInvertibleWhateverTheirParameters() {
        for (double[] w : new double[][] {{0, 0, 0}, {1e-80, 0, 0}, {30, -20, 10}}) {
            Planar map = Planar.of(3, FreeWeights.fixed(w, new double[] {-1e3, 1e3, 50}, new double[] {1}), Context.none(), 1);
            Values there = forward(map);
            Values back = inverse(map, there.value());
            assertTrue(Double.isFinite(there.logDet()), "log-determinant " + there.logDet());
            // slopes may be as small as exp(-7), and the elements of v are thousands
            assertArrayEquals(AT, back.value(), 1e-9);
            assertEquals(-there.logDet(), back.logDet(), 1e-6);
        }
    }

    /** c = x - (1, 2, 2), so that r = 3; alpha = exp(3 tanh(a / 3)); beta = 2 alpha, or alpha expm1(7 tanh(-5 / 7)). */
    @Test
    void radialMapsAreThoseOfTheirEquation() {
        double[] from = {1, 2, 2};
        double[] c = {AT[0] - 1, AT[1] - 2, AT[2] - 2};
        double alpha = StrictMath.exp(3 * StrictMath.tanh(0.4 / 3));
        for (double s : new double[] {2, -5}) {
            double beta = alpha * (s > 0 ? s : StrictMath.expm1(7 * StrictMath.tanh(s / 7)));
            double[] y = new double[3];
            for (int i = 0; i < 3; i++) y[i] = AT[i] + beta * from[i] / (alpha + 3);
            double h = beta / (alpha + 3);
            double logDet = 2 * StrictMath.log(1 + h) + StrictMath.log(1 + h - beta * 3 / ((alpha + 3) * (alpha + 3)));
            Radial map = Radial.of(3, FreeWeights.fixed(c, new double[] {0.4}, new double[] {s}), Context.none(), 1);
            assertClose(y, logDet, forward(map));

            double r = root(t -> Math.abs(t) + beta * Math.abs(t) / (alpha + Math.abs(t)) - 3);
            double[] x = new double[3];
            for (int i = 0; i < 3; i++) x[i] = c[i] + from[i] * Math.abs(r) / 3;
            double g = beta / (alpha + Math.abs(r));
            double back = -2 * StrictMath.log(1 + g) - StrictMath.log(1 + g - beta * Math.abs(r) / ((alpha + Math.abs(r)) * (alpha + Math.abs(r))));
            assertClose(x, back, inverse(map, AT));
        }
    }

    /** With one bend along a unit vector q, R = r and R~ = s it is a planar map of w = s q and v = r q. */
    @ParameterizedTest
    @MethodSource("bases")
    void sylvesterMapsOfOneBendArePlanar(Basis basis) {
        double t = 0.8;
        double s = StrictMath.exp(3 * StrictMath.tanh(0.5 / 3));
        Sylvester map = Sylvester.of(3, 1, basis, FreeWeights.fixed(new double[] {t}, new double[] {0.5}, new double[] {-0.2}), Context.none(), 4);
        Values there = forward(map);
        double[] q = new double[3];
        double length = 0;
        for (int i = 0; i < 3; i++) {
            q[i] = there.value()[i] - AT[i];
            length += q[i] * q[i];
        }
        double[] w = new double[3];
        double[] u = new double[3];
        for (int i = 0; i < 3; i++) {
            q[i] /= Math.sqrt(length);
            w[i] = s * q[i];
            u[i] = t / s * q[i];
        }
        // a step along -q is one along q with everything turned round
        double along = q[0] * AT[0] + q[1] * AT[1] + q[2] * AT[2];
        double sign = StrictMath.tanh(s * along - 0.2) > 0 ? 1 : -1;
        Planar planar = Planar.of(3, FreeWeights.fixed(w, u, new double[] {-0.2 * sign}), Context.none(), 1);
        assertClose(forward(planar).value(), forward(planar).logDet(), there);
    }

    static Stream<Basis> bases() {
        return Stream.of(Basis.values());
    }

    @Test
    void residualMapsOfOneElementAreInvertedAsByASolver() {
        Residual map = Residual.of(1, List.of(8), 0.95, FreeWeights.trainable(), Context.none(), 3);
        double[] weights = Instances.perturbed(Weights.of(map.weights()), 2);
        for (double y : new double[] {-4, -0.3, 0, 1, 7}) {
            double x = root(z -> {
                Expr in = Expr.perDraw("in", Shape.of(1));
                return values(map, in, map.forward(in), weights, new double[] {z}).value()[0] - y;
            });
            assertEquals(x, inverse(map, new double[] {y}, weights).value()[0], 1e-11);
        }
    }

    /** Weights in the hundreds would stretch by millions, were they not scaled: no slope of the whole map is beyond 1 +- k. */
    @Test
    void residualMapsAreContractiveWhateverTheirWeights() {
        double k = 0.9;
        for (double size : new double[] {0.3, 10, 300}) {
            Residual map = Residual.of(3, List.of(16, 12), k, FreeWeights.trainable(), Context.none(), 2);
            Weights layout = Weights.of(map.weights());
            Expr in = Expr.perDraw("in", Shape.of(3));
            Expr g = map.forward(in).value().minus(in);
            List<Expr> rows = new ArrayList<>();
            for (int i = 0; i < 3; i++) rows.add(Gradient.of(g.get(i), in));
            DMatrixRMaj at = Replay.normal(3, 50, 9);
            Replay r = Replay.of(in, rows).weights(layout, Instances.perturbed(layout, size)).run(at);
            double most = 0;
            for (int j = 0; j < at.numCols; j++) {
                DMatrixRMaj jacobian = new DMatrixRMaj(3, 3);
                for (int i = 0; i < 3; i++) {
                    for (int l = 0; l < 3; l++) jacobian.set(i, l, r.matrix(rows.get(i)).get(l, j));
                }
                most = Math.max(most, org.ejml.dense.row.SingularOps_DDRM.singularValues(jacobian)[0]);
            }
            assertTrue(most <= k, most + " is more than " + k);
            assertTrue(most > 0.02, "the map hardly moves anything: " + most);
        }
    }

    /** A context per draw gives what the same context gives that is shared by all draws. */
    @ParameterizedTest
    @MethodSource("specs")
    void contextsPerDrawAreContexts(FlowSpec spec) {
        double[] context = {0.4, -1.3};
        for (int d : new int[] {1, 3}) {
            Expr given = Expr.perDraw("context", Shape.of(2));
            Flow each = spec.build(d, 1, Context.of(given));
            Flow all = spec.build(d, 1, Context.of(Expr.vector(context)));
            DMatrixRMaj at = Replay.normal(d, 5, 2);
            DMatrixRMaj contexts = new DMatrixRMaj(2, 5);
            for (int i = 0; i < 10; i++) contexts.data[i] = context[i / 5];
            double[] weights = Instances.perturbed(all.weights(), 0.2);
            for (boolean inverse : new boolean[] {false, true}) {
                Expr in = Expr.perDraw("in", Shape.of(d));
                Transformed a = inverse ? Instances.map(each).inverse(in) : Instances.map(each).forward(in);
                Transformed b = inverse ? Instances.map(all).inverse(in) : Instances.map(all).forward(in);
                Replay one = Replay.of(in, a.value(), a.logAbsDetJacobian()).weights(each.weights(), weights).also(given, contexts).run(at);
                Replay other = Replay.of(in, b.value(), b.logAbsDetJacobian()).weights(all.weights(), weights).run(at);
                assertArrayEquals(other.matrix(b.value()).data, one.matrix(a.value()).data, 1e-9);
                assertArrayEquals(other.scalars(b.logAbsDetJacobian()), one.scalars(a.logAbsDetJacobian()), 1e-9);
            }
        }
    }

    /** What is solved for a draw does not depend on the draws beside it. */
    @ParameterizedTest
    @MethodSource("specs")
    void inversesOfManyDrawsAreThoseOfEach(FlowSpec spec) {
        Flow flow = spec.build(3, 1);
        Expr in = Expr.perDraw("in", Shape.of(3));
        Expr back = Instances.map(flow).inverse(in).value();
        Replay r = Replay.of(in, back).weights(flow.weights(), Instances.perturbed(flow.weights(), 0.3));
        DMatrixRMaj at = Replay.normal(3, 41, 8);
        for (int j = 0; j < 41; j += 5) at.set(0, j, 1e5 * at.get(0, j));
        DMatrixRMaj all = r.run(at).matrix(back);
        for (int j = 0; j < 41; j++) {
            DMatrixRMaj column = new DMatrixRMaj(3, 1);
            for (int i = 0; i < 3; i++) column.set(i, 0, at.get(i, j));
            DMatrixRMaj one = r.run(column).matrix(back);
            for (int i = 0; i < 3; i++) assertEquals(all.get(i, j), one.get(i, 0), "element " + i + ", draw " + j);
        }
    }

    static Stream<FlowSpec> specs() {
        return Stream.of(Flows.planar().layers(3).hidden(4), Flows.radial().layers(3).hidden(4), Flows.sylvester().layers(2).hidden(4),
                Flows.sylvester().layers(2).width(2).basis(Basis.HOUSEHOLDER).hidden(4), Flows.residual().layers(2).hidden(4),
                Flows.triangularSpline().layers(3).hidden(4).bins(3));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void flowsStartAsExactlyTheIdentity(FlowSpec spec) {
        for (int d : new int[] {1, 2, 3, 10}) {
            for (Context context : List.of(Context.none(), Context.of(Expr.vector(0.4, -1.3)))) {
                for (Use use : Use.values()) {
                    Flow flow = spec.towards(use).build(d, 5, context);
                    Expr in = Expr.perDraw("in", Shape.of(d));
                    for (Transformed t : List.of(Instances.map(flow).forward(in), Instances.map(flow).inverse(in))) {
                        Replay r = Replay.of(in, t.value(), t.logAbsDetJacobian());
                        for (DMatrixRMaj at : List.of(Replay.normal(d, 20, 1), Replay.extreme(d))) {
                            double[] value = r.run(at).matrix(t.value()).data;
                            for (int i = 0; i < value.length; i++) assertEquals(at.data[i] + 0.0, value[i] + 0.0);
                            for (double logDet : r.scalars(t.logAbsDetJacobian())) assertEquals(0, Math.abs(logDet));
                        }
                    }
                }
            }
        }
    }

    @Test
    void flowsAreTurnedTowardsTheirUseUnlessToldHow() {
        for (FlowSpec spec : List.of(Flows.planar(), Flows.sylvester(), Flows.residual())) {
            for (Use use : Use.values()) {
                Flow flow = spec.towards(use).build(2, 1);
                assertEquals(use == Use.DRAWS ? Cost.ONE_PASS : Cost.ITERATIVE, flow.drawCost());
                assertEquals(use == Use.DRAWS ? Cost.ITERATIVE : Cost.ONE_PASS, flow.densityCost());
            }
            assertEquals(Cost.ONE_PASS, spec.build(2, 1).drawCost());
        }
        for (FlowSpec told : List.of(Flows.planar().cheap(Use.DENSITY), Flows.sylvester().cheap(Use.DENSITY), Flows.residual().cheap(Use.DENSITY))) {
            assertEquals(told, told.towards(Use.DRAWS));
        }
        for (FlowSpec both : List.of(Flows.radial(), Flows.triangularSpline())) {
            assertEquals(Cost.ONE_PASS, both.build(2, 1).drawCost().and(both.build(2, 1).densityCost()));
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("PlanarFlow: layers must be at least 1, but was 0", () -> Flows.planar().layers(0));
        assertMessage("RadialFlow: layers must be at least 1, but was -1", () -> Flows.radial().layers(-1));
        assertMessage("SylvesterFlow: layers must be at least 1, but was 0", () -> Flows.sylvester().layers(0));
        assertMessage("SylvesterFlow: width must be at least 1, but was 0", () -> Flows.sylvester().width(0));
        assertMessage("TriangularSpline: layers must be at least 1, but was 0", () -> Flows.triangularSpline().layers(0));
        assertMessage("TriangularSpline: bins must be from 2 to 999, but were 1", () -> Flows.triangularSpline().bins(1));
        assertMessage("TriangularSpline: bound must be positive and finite, but was 0.0", () -> Flows.triangularSpline().bound(0));
        assertMessage("ResidualFlow: layers must be at least 1, but was 0", () -> Flows.residual().layers(0));
        assertMessage("ResidualFlow: hidden widths must be at least 1, but were [4, 0]", () -> Flows.residual().hidden(4, 0));
        assertMessage("ResidualFlow: lipschitz must be more than 0 and less than 1, but was 1.0", () -> Flows.residual().lipschitz(1));
        assertMessage("ResidualFlow: lipschitz must be more than 0 and less than 1, but was NaN", () -> Flows.residual().lipschitz(Double.NaN));
        assertMessage("Sylvester: width must be at least 1 and at most the dimension, 2, but was 3",
                () -> Sylvester.of(2, 3, Basis.HOUSEHOLDER, FreeWeights.trainable(), Context.none(), 1));
        for (String name : List.of("planar", "radial", "sylvester", "triangularSpline", "residual")) {
            String message = assertThrows(IllegalArgumentException.class, () -> Flows.table().named(name).spec().get().build(0, 1)).getMessage();
            assertTrue(message.endsWith(": dimension must be at least 1, but was 0"), message);
        }
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }

    private static void assertClose(double[] value, double logDet, Values actual) {
        assertArrayEquals(value, actual.value(), 1e-13);
        assertEquals(logDet, actual.logDet(), 1e-12);
    }
}

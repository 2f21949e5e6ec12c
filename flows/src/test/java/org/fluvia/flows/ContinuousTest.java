package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.analysis.NonFinite;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.layer.Continuous;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Continuous flows at the tolerances that fits use, and against closed forms; the contract of bijections tests them closely solved. */
class ContinuousTest {

    /** What {@link Continuous} states of its errors, for networks that fold space over many times. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void roundTripsAndLogDeterminantsAreWithinAMillionth(int d) {
        Flow flow = Flows.ffjord().build(d, 3);
        Expr in = Expr.perDraw("in", Shape.of(d));
        Transformed there = Instances.map(flow).forward(in);
        Transformed back = Instances.map(flow).inverse(there.value());
        List<Expr> rows = new ArrayList<>();
        for (int i = 0; i < d; i++) rows.add(Gradient.of(there.value().get(i), in));
        DMatrixRMaj at = Replay.normal(d, 100, 1);
        Replay r = Replay.of(in, rows, List.of(back.value(), there.logAbsDetJacobian(), back.logAbsDetJacobian()))
                .weights(flow.weights(), Instances.perturbed(flow.weights(), 0.3)).run(at);
        assertArrayEquals(at.data, r.matrix(back.value()).data, 1e-6);
        double[] logDet = r.scalars(there.logAbsDetJacobian());
        double[] opposite = r.scalars(back.logAbsDetJacobian());
        double largest = 0;
        for (int j = 0; j < logDet.length; j++) {
            DMatrixRMaj jacobian = new DMatrixRMaj(d, d);
            for (int i = 0; i < d; i++) for (int k = 0; k < d; k++) jacobian.set(i, k, r.matrix(rows.get(i)).get(k, j));
            assertEquals(StrictMath.log(Math.abs(CommonOps_DDRM.det(jacobian))), logDet[j], 1e-6, "Jacobian, draw " + j);
            assertEquals(-logDet[j], opposite[j], 1e-6, "inverse, draw " + j);
            largest = Math.max(largest, Math.abs(logDet[j]));
        }
        assertTrue(largest > 0.3, "a map that does something: " + largest);
    }

    /** tanh(e x) / e is x but for e^2: v = A x + b + a t. The flow is exp(A) x + the integral of exp(A (1 - s)) (b + a s). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theFlowOfALinearFieldIsTheMatrixExponential(int layers) {
        int d = 2;
        double e = 1e-5;
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{0.3, -1.1}, {0.7, -0.4}});
        double[] constant = {0.2, -0.1};
        double[] perTime = {0.5, 0.9};
        Continuous map = Continuous.of(d, layers == 1 ? List.of(3) : List.of(3, 3), 1e-11, 1000, Context.none(), 1);
        // units: e t, e x_1, e x_2
        List<double[]> parts = new ArrayList<>(List.of(new double[] {e, 0, 0, 0, e, 0, 0, 0, e}, new double[3]));
        if (layers == 2) parts.addAll(List.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]));
        parts.add(new double[] {perTime[0] / e, a.get(0, 0) / e, a.get(0, 1) / e, perTime[1] / e, a.get(1, 0) / e, a.get(1, 1) / e});
        parts.add(constant);
        double[] weights = parts.stream().flatMapToDouble(Arrays::stream).toArray();

        Expr in = Expr.perDraw("in", Shape.of(d));
        Transformed forward = map.forward(in);
        Transformed inverse = map.inverse(forward.value());
        DMatrixRMaj at = Replay.normal(d, 50, 2);
        Replay r = Replay.of(in, forward.value(), forward.logAbsDetJacobian(), inverse.value(), inverse.logAbsDetJacobian())
                .weights(Weights.of(map.weights()), weights).run(at);

        DMatrixRMaj expected = new DMatrixRMaj(d, 50);
        CommonOps_DDRM.mult(series(a, 0), at, expected);
        DMatrixRMaj shift = new DMatrixRMaj(d, 1);
        CommonOps_DDRM.mult(series(a, 1), new DMatrixRMaj(d, 1, true, constant), shift);
        CommonOps_DDRM.multAdd(series(a, 2), new DMatrixRMaj(d, 1, true, perTime), shift);
        for (int j = 0; j < 50; j++) for (int i = 0; i < d; i++) expected.add(i, j, shift.get(i));
        assertArrayEquals(expected.data, r.matrix(forward.value()).data, 1e-8);
        assertArrayEquals(at.data, r.matrix(inverse.value()).data, 1e-8);
        double[] trace = new double[50];
        Arrays.fill(trace, CommonOps_DDRM.trace(a));
        assertArrayEquals(trace, r.scalars(forward.logAbsDetJacobian()), 1e-8);
        Arrays.fill(trace, -CommonOps_DDRM.trace(a));
        assertArrayEquals(trace, r.scalars(inverse.logAbsDetJacobian()), 1e-8);
    }

    /** The sum over k of A^k / (k + n)!: for n = 0 exp(A), for n = 1 the integral of exp(A s), for n = 2 that of (1 - s) exp(A s). */
    private static DMatrixRMaj series(DMatrixRMaj a, int n) {
        DMatrixRMaj sum = new DMatrixRMaj(a.numRows, a.numCols);
        DMatrixRMaj power = CommonOps_DDRM.identity(a.numRows);
        double factorial = n == 2 ? 2 : 1;
        for (int k = 0; k < 40; k++) {
            CommonOps_DDRM.addEquals(sum, 1 / factorial, power);
            DMatrixRMaj next = new DMatrixRMaj(a.numRows, a.numCols);
            CommonOps_DDRM.mult(power, a, next);
            power = next;
            factorial *= k + 1 + n;
        }
        return sum;
    }

    @Test
    void theDensityIntegratesToOne() {
        Flow flow = Flows.ffjord().hidden(8).tolerance(1e-6).build(2, 5);
        FlowCheck check = FittedFlow.of(flow, Instances.perturbed(flow.weights(), 0.4)).check();
        assertTrue(check.findings().stream().filter(f -> f.law().contains("integrates")).allMatch(FlowCheck.Finding::isKept), check.toString());
    }

    /** A draw that may take too few steps has NaN, which says why, and no part in the derivatives of the others. */
    @Test
    void whereStepsRunOutAValueIsNaNAndSaysWhy() {
        Flow flow = Flows.ffjord().mostSteps(12).build(2, 3);
        double[] weights = Instances.perturbed(flow.weights(), 1);
        Expr in = Expr.perDraw("in", Shape.of(2));
        Transformed t = Instances.map(flow).forward(in);
        List<Expr> gradients = flow.weights().gradients(t.logAbsDetJacobian());
        // from far out the way is straight
        DMatrixRMaj at = new DMatrixRMaj(new double[][] {{1e6, 0.1}, {1e6, 0.2}});
        Replay r = Replay.of(in, List.of(t.value(), t.logAbsDetJacobian()), gradients).weights(flow.weights(), weights).run(at);
        double[] logDet = r.scalars(t.logAbsDetJacobian());
        assertTrue(Double.isFinite(logDet[0]) && Double.isNaN(logDet[1]), Arrays.toString(logDet));
        for (double g : r.gradient(flow.weights(), gradients)) assertTrue(Double.isFinite(g));
        Map<Expr, Expr> fixed = new HashMap<>();
        int from = 0;
        for (Expr w : flow.weights().inputs()) {
            fixed.put(w, Expr.vector(Arrays.copyOfRange(weights, from, from + w.size())).reshape(w.shape()));
            from += w.size();
        }
        Expr value = Expr.substitute(List.of(t.value().sum()), fixed).get(0);
        String why = NonFinite.explain(value, Map.of(in, new double[] {0.1, 0.2}));
        assertTrue(why.matches("ode: more than 12 steps at t = 0\\.\\d+ \\(ContinuousTest.java:\\d+\\)"), why);
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("Ffjord: there must be 1 or 2 hidden widths, but were [8, 8, 8]. With more, the divergence has no closed form.",
                () -> Flows.ffjord().hidden(8, 8, 8));
        assertMessage("Ffjord: there must be 1 or 2 hidden widths, but were []. With more, the divergence has no closed form.",
                () -> new Ffjord(List.of(), 1e-8, 10));
        assertMessage("Ffjord: hidden widths must be at least 1, but were [8, 0]", () -> Flows.ffjord().hidden(8, 0));
        assertMessage("Ffjord: tolerance must be from 1.0E-13 to 0.01, but was NaN", () -> Flows.ffjord().tolerance(Double.NaN));
        assertMessage("Ffjord: tolerance must be from 1.0E-13 to 0.01, but was 0.0", () -> Flows.ffjord().tolerance(0));
        assertMessage("Ffjord: mostSteps must be from 1 to 10000, but was 0", () -> Flows.ffjord().mostSteps(0));
        assertMessage("Continuous: dimension must be at least 1, but was 0", () -> Flows.ffjord().build(0, 1));
        assertEquals(new Ffjord(List.of(16), 1e-6, 99), Flows.ffjord().hidden(16).tolerance(1e-6).mostSteps(99));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}

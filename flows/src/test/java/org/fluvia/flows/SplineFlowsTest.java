package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.junit.jupiter.api.Test;

class SplineFlowsTest {

    @Test
    void inOneDimensionSplinesAreElementwise() {
        assertEquals("Chain[Elementwise(rational-quadratic spline, 8 bins on +-5.0, 1), Elementwise(rational-quadratic spline, 8 bins on +-5.0, 1), "
                + "Elementwise(affine, 1)]", Instances.map(Flows.splineCoupling().layers(3).build(1, 1)).toString());
        assertEquals("Elementwise(affine, 1)", Instances.map(Flows.nice().build(1, 1)).toString());
    }

    @Test
    void anAutoregressiveFlowTurnsTowardsItsUseUnlessItIsToldHow() {
        SplineAutoregressive free = Flows.splineAutoregressive();
        assertCosts(Cost.ONE_PASS, Cost.SEQUENTIAL, free);
        assertCosts(Cost.ONE_PASS, Cost.SEQUENTIAL, free.towards(FlowSpec.Use.DRAWS));
        assertCosts(Cost.SEQUENTIAL, Cost.ONE_PASS, free.towards(FlowSpec.Use.DENSITY));
        assertCosts(Cost.SEQUENTIAL, Cost.ONE_PASS, free.cheap(FlowSpec.Use.DENSITY).towards(FlowSpec.Use.DRAWS));
    }

    private static void assertCosts(Cost draws, Cost density, FlowSpec spec) {
        Flow flow = spec.build(3, 1);
        assertEquals(draws, flow.drawCost());
        assertEquals(density, flow.densityCost());
    }

    @Test
    void additiveCouplingsKeepVolume() {
        Flow flow = Flows.nice().hidden(6).build(4, 1);
        Expr in = Expr.perDraw("in", Shape.of(4));
        Transformed t = Instances.map(flow).forward(in);
        double[] weights = Instances.perturbed(flow.weights(), 0.5);
        Replay r = Replay.of(in, t.value(), t.logAbsDetJacobian()).weights(flow.weights(), weights).run(Replay.normal(4, 9, 1));
        double logScales = 0;
        for (int i = 1; i <= 4; i++) logScales += weights[weights.length - i];
        for (double logDet : r.scalars(t.logAbsDetJacobian())) assertEquals(logScales, logDet, 1e-14);
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("Nice: layers must be at least 1, but was 0", () -> Flows.nice().layers(0));
        assertMessage("Nice: hidden widths must be at least 1, but were [0]", () -> Flows.nice().hidden(0));
        assertMessage("SplineCoupling: layers must be at least 1, but was 0", () -> Flows.splineCoupling().layers(0));
        assertMessage("SplineAutoregressive: layers must be at least 1, but was -1", () -> Flows.splineAutoregressive().layers(-1));
        assertMessage("SplineAutoregressive: hidden widths must be at least 1, but were [2, 0]", () -> Flows.splineAutoregressive().hidden(2, 0));
        for (FlowSpec spec : List.of(Flows.nice(), Flows.splineCoupling(), Flows.splineAutoregressive())) {
            String message = assertThrows(IllegalArgumentException.class, () -> spec.build(0, 1)).getMessage();
            assertTrue(message.endsWith("dimension must be at least 1, but was 0"), message);
        }
        assertMessage("SplineCoupling: bins must be from 2 to 999, but were 1", () -> Flows.splineCoupling().bins(1));
        assertMessage("SplineCoupling: bound must be positive and finite, but was -1.0", () -> Flows.splineCoupling().bound(-1));
        assertMessage("SplineAutoregressive: bins must be from 2 to 999, but were 0", () -> Flows.splineAutoregressive().bins(0));
        assertMessage("SplineAutoregressive: bound must be positive and finite, but was 0.0", () -> Flows.splineAutoregressive().bound(0));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}

package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.conditioner.Context;
import org.junit.jupiter.api.Test;

class CircularCouplingTest {
    private static final double TURN = 2 * Math.PI;
    private static final int SIDE = 300;

    /** A sum over a grid of a periodic function is as good as its smoothness allows; splines have continuous slopes. */
    @Test
    void theDensityIntegratesToOneOverATurn() {
        Flow flow = new CircularCoupling().layers(4).hidden(8).bins(4).build(2, 1, Context.of(Expr.vector(0.3)));
        Expr y = Expr.perDraw("y", Shape.of(2));
        Expr density = flow.logDensity(y);
        Replay r = Replay.of(y, density).weights(flow.weights(), Instances.perturbed(flow.weights(), 0.3));
        DMatrixRMaj at = new DMatrixRMaj(2, SIDE * SIDE);
        for (int j = 0; j < SIDE * SIDE; j++) {
            at.set(0, j, 1 + TURN * (j / SIDE) / SIDE);
            at.set(1, j, -9 + TURN * (j % SIDE) / SIDE);
        }
        double mass = 0;
        double largest = 0;
        for (double logDensity : r.run(at).scalars(density)) {
            mass += StrictMath.exp(logDensity) * TURN * TURN / (SIDE * SIDE);
            largest = Math.max(largest, StrictMath.exp(logDensity) * TURN * TURN);
        }
        assertEquals(1, mass, 1e-3);
        assertTrue(largest > 1.5, "the density is not uniform, but at most " + largest);
    }

    @Test
    void anglesAFullTurnApartHaveTheSameDensityAndImagesATurnApart() {
        for (int d : new int[] {1, 3}) {
            Flow flow = new CircularCoupling().hidden(8).build(d, 1);
            Expr in = Expr.perDraw("in", Shape.of(d));
            Expr value = Instances.map(flow).forward(in).value();
            Expr density = flow.logDensity(in);
            Replay r = Replay.of(in, value, density).weights(flow.weights(), Instances.perturbed(flow.weights(), 0.4));
            DMatrixRMaj at = Replay.normal(d, 20, 1);
            DMatrixRMaj turned = at.copy();
            for (int j = 0; j < 20; j++) turned.add(d - 1, j, -3 * TURN);
            DMatrixRMaj image = r.run(at).matrix(value);
            double[] expected = r.scalars(density);
            DMatrixRMaj imageOfTurned = r.run(turned).matrix(value);
            for (int j = 0; j < 20; j++) {
                for (int i = 0; i < d; i++) assertEquals(image.get(i, j) - (i == d - 1 ? 3 * TURN : 0), imageOfTurned.get(i, j), 1e-12);
                assertEquals(expected[j], r.scalars(density)[j], 1e-12);
            }
        }
    }

    @Test
    void drawsHaveTheDensityOfTheirValuesAndStartUniform() {
        Flow flow = new CircularCoupling().build(2, 1);
        Expr noise = Expr.perDraw("noise", Shape.of(2));
        Flow.Draw draw = flow.sample(noise);
        Expr density = flow.logDensity(draw.value());
        Replay r = Replay.of(noise, draw.value(), draw.logDensity(), density);
        DMatrixRMaj at = Replay.normal(2, 1000, 3);
        int[] quadrants = new int[4];
        DMatrixRMaj value = r.run(at).matrix(draw.value());
        for (int j = 0; j < 1000; j++) {
            quadrants[(int) Math.floor(value.get(0, j) / (Math.PI / 2)) + 2]++;
            assertEquals(-2 * StrictMath.log(TURN), r.scalars(draw.logDensity())[j], 1e-15);
        }
        // each count is binomial with mean 250 and standard deviation 13.7
        for (int count : quadrants) assertEquals(250, count, 5 * 13.7);
        r.weights(flow.weights(), Instances.perturbed(flow.weights(), 0.1)).run(at);
        for (int j = 0; j < 1000; j++) assertEquals(r.scalars(density)[j], r.scalars(draw.logDensity())[j], 1e-9);
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("CircularCoupling: layers must be at least 1, but was 0", () -> new CircularCoupling().layers(0));
        assertMessage("CircularCoupling: hidden widths must be at least 1, but were [0]", () -> new CircularCoupling().hidden(0));
        assertMessage("CircularCoupling: bins must be from 2 to 500, but were 1", () -> new CircularCoupling().bins(1));
        assertMessage("uniformAngles: dimension must be at least 1, but was 0", () -> new CircularCoupling().build(0, 1));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}

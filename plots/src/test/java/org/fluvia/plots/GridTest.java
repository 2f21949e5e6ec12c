package org.fluvia.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GridTest {
    private static final DoubleBinaryOperator NORMAL = (x, y) -> Math.exp(-(x * x + y * y) / 2) / (2 * Math.PI);

    @Test
    void levelsOfMassOfANormalDensityAreItsOwn() {
        // outside a circle of radius r is exp(-r^2 / 2) of the mass, and there the density is exp(-r^2 / 2) / (2 pi)
        Grid grid = Grid.over(-6, 6, -6, 6).cells(400, 400).of(NORMAL);
        double[] levels = grid.levelsOfMass(0.1, 0.5, 0.9);
        for (int i = 0; i < 3; i++) assertEquals((1 - new double[] {0.1, 0.5, 0.9}[i]) / (2 * Math.PI), levels[i], 5e-3 * levels[i]); // 700 cells and more
        assertArrayEquals(levels, grid.map(v -> v * 7).map(v -> v / 7).levelsOfMass(0.1, 0.5, 0.9), 1e-15);
    }

    @Test
    void levelsOfMassRefuseWhatIsNoDensity() {
        Grid grid = Grid.over(0, 1, 0, 1).of((x, y) -> x - 0.5);
        assertMessage("values must not be negative", () -> grid.levelsOfMass(0.5));
        assertMessage("parts must be more than 0 and less than 1, but one was 1.0", () -> grid.map(Math::abs).levelsOfMass(1));
        assertMessage("the sum of the values must be positive and finite, but was 0.0", () -> grid.map(v -> 0).levelsOfMass(0.5));
    }

    @Test
    void theDensityOfAFlowIsItsDensityAtTheMiddleOfEachCell() {
        FittedFlow flow = FittedFlow.of(Flows.realNvp().build(2, 1), Flows.realNvp().build(2, 1).weights().initial());
        Grid grid = Grid.over(-3, 3, -2, 2).cells(6, 8).density(flow);
        assertEquals(NORMAL.applyAsDouble(-2.5, -1.75), grid.value(0, 0), 1e-12);
        assertEquals(NORMAL.applyAsDouble(2.5, -1.75), grid.value(5, 0), 1e-12);
        assertEquals(NORMAL.applyAsDouble(-0.5, 1.75), grid.value(2, 7), 1e-12);
        DMatrixRMaj nodes = grid.over().nodes();
        assertArrayEquals(flow.logDensity(nodes), IntStream.range(0, 48).mapToDouble(i -> Math.log(grid.value(i % 6, i / 6))).toArray(), 1e-12);
        FittedFlow three = FittedFlow.of(Flows.realNvp().build(3, 1), Flows.realNvp().build(3, 1).weights().initial());
        assertMessage("the flow must have 2 dimensions, but has 3", () -> Grid.over(0, 1, 0, 1).density(three));
    }

    @Test
    void theDensityOfPointsHasTheirMassAndIsNearTheTruth() {
        Random random = new Random(4);
        int n = 20_000;
        double[] x = random.doubles(n).map(u -> random.nextGaussian()).toArray();
        double[] y = random.doubles(n).map(u -> random.nextGaussian()).toArray();
        Grid grid = Grid.over(-6, 6, -6, 6).cells(120, 100).kernelDensity(x, y);
        double cell = 12.0 * 12 / (120 * 100);
        double mass = 0;
        double worst = 0;
        for (int i = 0; i < 120 * 100; i++) {
            double at = grid.value(i % 120, i / 120);
            mass += at * cell;
            worst = Math.max(worst, Math.abs(at - NORMAL.applyAsDouble(-6 + (i % 120 + 0.5) * 0.1, -6 + (i / 120 + 0.5) * 0.12)));
        }
        assertEquals(1, mass, 1e-9);
        // the kernel's width is n^(-1/6) = 0.19: a bias of h^2 at most, 0.006 at the top, and a standard error of 0.0035 there
        assertTrue(worst < 0.02, "worst " + worst);
    }

    @Test
    void pointsThatAreAllTheSameHaveADensity() {
        Grid grid = Grid.over(-1, 1, -1, 1).cells(10, 10).kernelDensity(new double[] {0.05, 0.05}, new double[] {0.05, 0.05});
        assertEquals(grid.highest(), grid.value(5, 5));
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}

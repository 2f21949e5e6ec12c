package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.flows.conditioner.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FittedFlowTest {
    private final Flow flow = Flows.realNvp().layers(4).hidden(8).build(3, 1);
    private final double[] weights = Instances.perturbed(flow.weights(), 0.2);
    private final FittedFlow fitted = FittedFlow.of(flow, weights);

    @Test
    void drawsAreAFunctionOfTheSeed() {
        DMatrixRMaj draws = fitted.sample(1000, 5);
        assertEquals(3, draws.numRows);
        assertEquals(1000, draws.numCols);
        assertArrayEquals(draws.data, fitted.sample(1000, 5).data);
        DMatrixRMaj fewer = fitted.sample(7, 5);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 7; j++) assertEquals(draws.get(i, j), fewer.get(i, j));
        }
        assertEquals(0, fitted.sample(0, 5).numCols);
    }

    /** Within 5 standard errors: of the mean sd / sqrt(n), of the standard deviation of a normal distribution sd / sqrt(2 n). */
    @Test
    void drawsHaveTheMomentsOfTheNormalDistribution() {
        Flow normal = Flow.of(LowerTriangularAffine.fixed(new double[] {3, -2, 0}, Instances.lower()));
        int n = 40_000;
        DMatrixRMaj draws = FittedFlow.of(normal, new double[0]).sample(n, 1);
        double[] means = {3, -2, 0};
        double[] sds = {0.1, Math.sqrt(101), Math.sqrt(1309)};
        for (int i = 0; i < 3; i++) {
            double sum = 0;
            double squares = 0;
            for (int j = 0; j < n; j++) {
                sum += draws.get(i, j);
                squares += (draws.get(i, j) - means[i]) * (draws.get(i, j) - means[i]);
            }
            assertEquals(means[i], sum / n, 5 * sds[i] / Math.sqrt(n));
            assertEquals(sds[i], Math.sqrt(squares / n), 5 * sds[i] / Math.sqrt(2.0 * n));
        }
    }

    @Test
    void nothingGivenOrReturnedIsShared() {
        DMatrixRMaj at = fitted.sample(5, 1);
        double[] before = fitted.logDensity(at);
        weights[0] += 1;
        fitted.weights()[0] += 1;
        fitted.sample(5, 1).data[0] += 1;
        assertArrayEquals(before, fitted.logDensity(at));
    }

    @Test
    void aConditionalFlowIsADistributionForEachContext() {
        Expr c = Expr.perDraw("c", Shape.of(2));
        Flow conditional = Flows.realNvp().layers(2).hidden(8).build(2, 1, Context.of(c));
        FittedFlow any = FittedFlow.of(conditional, Instances.perturbed(conditional.weights(), 0.3));
        FittedFlow one = any.given(c, 0.5, -1);
        FittedFlow other = any.given(c, 0.5, 2);
        DMatrixRMaj at = one.sample(200, 3);
        assertArrayEquals(at.data, one.sample(200, 3).data);
        assertFalse(Arrays.equals(at.data, other.sample(200, 3).data));
        assertFalse(Arrays.equals(one.logDensity(at), other.logDensity(at)));
        for (Executable unknown : List.<Executable>of(() -> any.sample(1, 3),
                () -> any.logDensity(at), any::check, conditional::check)) {
            String message = assertThrows(IllegalStateException.class, unknown).getMessage();
            assertTrue(message.contains(": the flow is conditional on c (2) per draw (FittedFlowTest.java:"), message);
            assertTrue(message.endsWith("which must be known. Take given(input, values) first."), message);
        }
        assertMessage("given: values of c (2) per draw (FittedFlowTest.java:", () -> any.given(c, 1, Double.NaN));
        Expr another = Expr.perDraw("another", Shape.of(2));
        assertMessage("given: the flow must depend on another (2) per draw (FittedFlowTest.java:", () -> any.given(another, 1, 2));
        assertMessage("given: the flow must depend on c (2) per draw (FittedFlowTest.java:", () -> fitted.given(c, 1, 2));
        assertMessage("given: c (2) per draw (FittedFlowTest.java:", () -> any.given(c, 1));
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("Weights: values must have " + flow.weights().size() + " elements, but had 2",
                () -> FittedFlow.of(flow, new double[2]));
        double[] diverged = flow.weights().initial();
        diverged[3] = Double.NaN;
        assertMessage("FittedFlow: weights must be finite, but was NaN at index 3", () -> FittedFlow.of(flow, diverged));
        assertMessage("sample: n must not be negative, but was -1", () -> fitted.sample(-1, 1));
        assertMessage("logDensity: values must have 3 rows, one for each element, but had 2",
                () -> fitted.logDensity(new DMatrixRMaj(2, 3)));
    }

    private static void assertMessage(String expected, Executable e) {
        String message = assertThrows(IllegalArgumentException.class, e).getMessage();
        assertTrue(message.startsWith(expected), message);
    }

    /** Operations are recorded for the kinds of their operands: a context that was given for each draw is not shared. */
    @Test
    void everyFamilyTakesAContextThatIsGiven() {
        Expr input = Expr.perDraw("context", Shape.of(2));
        for (FlowFamily family : Flows.table()) {
            Flow flow = family.spec().get().build(2, 1, Context.of(input));
            FittedFlow given = FittedFlow.of(flow, Instances.perturbed(flow.weights(), 0.1)).given(input, 0.5, -1);
            for (double x : given.logDensity(given.sample(5, 1))) assertTrue(Double.isFinite(x), family.name());
        }
    }
}

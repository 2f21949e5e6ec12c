package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private final Expr a = Expr.shared("a", Shape.of(2, 2), 1, 2, 3, 4);
    private final Expr b = Expr.shared("b", Shape.of(3), 5, 6, 7);
    private final Weights weights = Weights.of(List.of(a, b, a));

    @Test
    void inputsLieOneAfterTheOtherEachOnce() {
        assertEquals(7, weights.size());
        assertEquals(List.of(a, b), weights.inputs());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7}, weights.initial());
    }

    @Test
    void valuesAndGradientsHaveTheSameLayout() {
        Expr f = a.square().sum().plus(b.square().sum().times(10));
        List<Expr> gradients = weights.gradients(f);
        Workspace w = Program.of(gradients).workspace();
        double[] values = {1, -1, 2, -2, 3, -3, 4};
        double[] gradient = new double[7];
        weights.set(w, values);
        w.run(0);
        weights.read(w, gradients, gradient);
        assertArrayEquals(new double[] {2, -2, 4, -4, 60, -60, 80}, gradient);
    }

    @Test
    void wrongSizesAreNamed() {
        Workspace w = Program.of(a.sum()).workspace();
        String message = assertThrows(IllegalArgumentException.class, () -> weights.set(w, new double[6])).getMessage();
        assertEquals("Weights: values must have 7 elements, but had 6", message);
    }
}

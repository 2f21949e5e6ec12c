package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;
import org.fluvia.flows.transformer.Shift;
import org.junit.jupiter.api.Test;

class MaskTest {

    @Test
    void masksMoveWhatTheySay() {
        assertMoves("110", Mask.firstHalf(3));
        assertMoves("001", Mask.secondHalf(3));
        assertMoves("01010", Mask.alternate(5));
        assertMoves("10101", Mask.alternate(5).opposite());
        assertMoves("010 101 010 101", Mask.chequerboard(2, 2, 3));
        assertMoves("0101 1010 0101 1010 0101 1010", Mask.chequerboard(3, 2, 4));
        assertMoves("0000 0000 1111", Mask.channels(3, 2, 2));
        assertMoves("1001", Mask.of(true, false, false, true));
    }

    /** By what each element is shifted. */
    private static void assertMoves(String expected, Mask mask) {
        double[] ones = new double[mask.size()];
        Arrays.fill(ones, 1);
        Expr in = Expr.perDraw("in", Shape.of(mask.dimension()));
        Expr out = Coupling.of(mask, Shift.of(), FreeWeights.fixed(ones), Context.none(), 1).forward(in).value();
        StringBuilder moved = new StringBuilder();
        for (double v : Replay.of(in, out).run(new DMatrixRMaj(mask.dimension(), 1)).matrix(out).data) moved.append((int) v);
        assertEquals(expected.replace(" ", ""), moved.toString());
    }

    /** What is kept depends on nothing else, what moves on itself and on all that is kept, exactly. */
    @Test
    void whatMovesDependsOnItselfAndOnWhatIsKept() {
        boolean[] moves = {true, false, true, true, false};
        Bijection layer = Coupling.of(Mask.of(moves), Affine.bounded(2), Mlp.of(6), Context.none(), 1);
        Weights layout = Weights.of(layer.weights());
        Expr in = Expr.perDraw("in", Shape.of(5));
        for (Expr value : new Expr[] {layer.forward(in).value(), layer.inverse(in).value()}) {
            for (int i = 0; i < 5; i++) {
                Expr row = Gradient.of(value.get(i), in);
                double[] derivative = Replay.of(in, row).weights(layout, Instances.perturbed(layout, 0.4))
                        .run(Replay.normal(5, 1, 1)).matrix(row).data;
                for (int j = 0; j < 5; j++) assertEquals(i == j || moves[i] && !moves[j], derivative[j] != 0, i + " by " + j);
            }
        }
    }

    @Test
    void masksAreCopies() {
        boolean[] moves = {true, false};
        Mask mask = Mask.of(moves);
        moves[0] = false;
        assertMoves("10", mask);
        assertArrayEquals(new int[] {2, 1}, new int[] {mask.dimension(), mask.size()});
    }

    @Test
    void masksThatLeaveNothingToDoAreRefused() {
        assertMessage("Coupling: dimension must be at least 2, but was 1. One element has no other to depend on.", () -> Mask.secondHalf(1));
        assertMessage("Coupling: dimension must be at least 2, but was -3. One element has no other to depend on.", () -> Mask.alternate(-3));
        assertMessage("Coupling: a mask must keep some elements and move others, but keeps all 3", () -> Mask.of(false, false, false));
        assertMessage("Coupling: a mask must keep some elements and move others, but moves all 2", () -> Mask.of(true, true));
        assertMessage("Coupling: a mask must keep some elements and move others, but keeps all 4", () -> Mask.channels(1, 2, 2));
        assertMessage("Mask: channels, height and width must be at least 1, but were 1, 0 and 2", () -> Mask.chequerboard(1, 0, 2));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}

package org.fluvia.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.junit.jupiter.api.Test;

class WholeTest {
    private static final double[] INSIDE = {0, -0.0, 1, 2, 3, 1e6, 0x1p51 + 1, 0x1p52 - 1, 0x1p52, 0x1p52 + 1, 0x1p53 + 2,
        1e300, Double.MAX_VALUE};
    private static final double[] OUTSIDE = {-1, -4.9e-324, 4.9e-324, 1e-300, 0.5, 1 - 0x1p-53, 1 + 0x1p-52, 1e6 + 0.25,
        0x1p51 + 0.5, 0x1p52 - 0.5, -1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    private static double contains(Support support, double x) {
        return SharedValues.of(support.contains(Expr.of(x)))[0];
    }

    @Test
    void containsWholeNumbersAndNoOthers() {
        for (double x : INSIDE) assertEquals(1, contains(Support.whole(), x), "contains " + x);
        for (double x : OUTSIDE) assertEquals(0, contains(Support.whole(), x), "contains " + x);
    }

    @Test
    void containsNoneAboveTheBound() {
        for (double x : INSIDE) assertEquals(x <= 2 ? 1 : 0, contains(Support.whole(2), x), "contains " + x);
        for (double x : OUTSIDE) assertEquals(0, contains(Support.whole(2), x), "contains " + x);
        Expr bound = Expr.perDraw("n", Shape.scalar());
        Expr contains = Support.whole(bound.plus(1)).contains(Expr.vector(2, 3, 4));
        assertEquals(List.of(1.0, 1.0, 0.0), java.util.Arrays.stream(
                Replay.at(new double[] {2}, List.of(bound), contains)).boxed().toList());
    }

    @Test
    void mayBeginAnywhere() {
        for (double x : new double[] {-3, -2, 0, 4}) assertEquals(1, contains(Support.whole(-3, 4), x), "contains " + x);
        for (double x : new double[] {-4, -2.5, -3 - 0x1p-51, 0.5, 5}) {
            assertEquals(0, contains(Support.whole(-3, 4), x), "contains " + x);
        }
        assertEquals(1, contains(Support.whole(-0x1p60, 0), -0x1p54 - 4));
        assertEquals(2, SharedValues.of(Support.whole(2, 5).interior(Shape.scalar()))[0]);
    }

    @Test
    void namesAreWhatPeopleSay() {
        assertEquals("whole numbers from 0", Support.whole().toString());
        assertEquals("whole numbers from 0 to 10", Support.whole(10).toString());
        assertEquals("0 or 1", Support.whole(1).toString());
        assertEquals("whole numbers from 1 to 4", Support.whole(1, 4).toString());
        assertEquals("whole numbers from 0 to n", Support.whole(Expr.shared("n", Shape.of(2), 1, 2)).toString());
    }

    @Test
    void parametersCannotBeWhole() {
        Expr u = Expr.perDraw("u", Shape.of(1));
        for (org.junit.jupiter.api.function.Executable e : List.<org.junit.jupiter.api.function.Executable>of(
                () -> Support.whole().unconstrainedSize(Shape.scalar()),
                () -> Support.whole().constrain(u, Shape.scalar()),
                () -> Support.whole().unconstrain(u))) {
            String message = assertThrows(IllegalArgumentException.class, e).getMessage();
            assertTrue(message.matches("whole numbers from 0: a parameter must be continuous, but its support is discrete"
                    + " \\(WholeTest.java:\\d+\\)\\. Sum it out .*"), message);
        }
    }
}

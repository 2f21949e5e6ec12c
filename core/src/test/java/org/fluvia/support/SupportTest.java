package org.fluvia.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SupportTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private static void fails(String pattern, Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.matches(pattern), message);
    }

    @Test
    void namesAreWhatPeopleSay() {
        assertEquals("real", Support.real().toString());
        assertEquals("positive", Support.positive().toString());
        assertEquals("at least 0", Support.lower(0).toString());
        assertEquals("at most -2.5", Support.upper(-2.5).toString());
        assertEquals("interval (0, 1)", Support.interval(0, 1).toString());
        assertEquals("interval (0, 1.0E20)", Support.interval(0, 1e20).toString());
        assertEquals("real", Support.interval(-INF, INF).toString());
        assertEquals("at least cut", Support.lower(Expr.shared("cut", Shape.of(2), 1, 2)).toString());
        assertEquals("interval (an array, 7)", Support.interval(Expr.vector(1, 2), 7).toString());
        assertEquals("at most a parameter", Support.upper(Expr.perDraw("b", Shape.scalar()).times(2)).toString());
    }

    @Test
    void boundsMustBeFinite() {
        fails("lower bound: the bound must be finite, but was NaN \\(SupportTest.java:\\d+\\)\\. Leave .*",
                () -> Support.lower(Double.NaN));
        fails("lower bound: .* Infinity .*", () -> Support.lower(INF));
        fails("upper bound: .* -Infinity .*", () -> Support.upper(-INF));
        fails("upper bound: .* NaN \\(cut\\[2\\], SupportTest.java:\\d+\\).*",
                () -> Support.upper(Expr.shared("cut", Shape.of(2), 1, Double.NaN)));
        fails("interval: .* NaN .*", () -> Support.interval(0, Double.NaN));
        fails("whole numbers: .* Infinity .*", () -> Support.whole(INF));
    }

    @Test
    void boundsMustBeInOrder() {
        fails("interval: the upper bound must be above the lower bound 2.0, but was 1.0 \\(SupportTest.java:\\d+\\)\\. G.*",
                () -> Support.interval(2, 1));
        fails("interval: .* 1.0, but was 1.0 .*", () -> Support.interval(1, 1));
        fails("interval: .* 2.0, but was 1.5 \\(element\\[2\\], SupportTest.java:\\d+\\).*",
                () -> Support.interval(2, Expr.vector(3, 1.5)));
        fails("interval: .* 4.0, but was 3.0 .*", () -> Support.interval(Expr.vector(1, 4), 3));
        fails("interval: bounds must be scalars or have equal shapes, but have \\(2\\) and \\(3\\) .*",
                () -> Support.interval(Expr.vector(0, 0), Expr.vector(1, 2, 3)));
    }

    @Test
    void shapesMustFit() {
        Expr u = Expr.perDraw("u", Shape.of(3));
        fails("positive: the unconstrained value must be a vector of 4 for a value of shape \\(4\\), but has .*\\(3\\) .*",
                () -> Support.positive().constrain(u, Shape.of(4)));
        fails("at least an array: the bound of the value must be a scalar or have its shape \\(3\\), but .* \\(2\\) .*",
                () -> Support.lower(Expr.vector(1, 2)).constrain(u, Shape.of(3)));
        fails("at most an array: the bound of x .*", () -> Support.upper(Expr.vector(1, 2)).checkShape("x", Shape.of(3)));
        fails("interval .*: the upper bound of x .*",
                () -> Support.interval(0, Expr.vector(1, 2)).checkShape("x", Shape.of(3)));
    }

    @Test
    void scalarsComeFromAVectorOfOne() {
        Expr u = Expr.perDraw("u", Shape.of(1));
        Constrained x = Support.interval(0, 4).constrain(u, Shape.scalar());
        assertEquals(Shape.scalar(), x.value().shape());
        assertEquals(Shape.of(1), Support.interval(0, 4).unconstrain(x.value()).shape());
        assertEquals(2, Replay.at(new double[] {0}, List.of(u), x.value())[0]);
    }

    @Test
    void emptyValuesHaveNoDeterminant() {
        Expr u = Expr.vector();
        for (Support s : List.of(Support.real(), Support.positive(), Support.lower(1), Support.interval(0, 3))) {
            assertEquals(0, SharedValues.of(s.constrain(u, Shape.of(0)).logAbsDetJacobian())[0], s.toString());
        }
    }

    @Test
    void intervalsDoNotRoundBeyondTheirUpperBound() {
        Random random = new Random(5);
        double[] low = random.doubles(2000, -1, 1).toArray();
        double[] high = random.doubles(2000, 1, 3).toArray();
        Expr u = Expr.perDraw("u", Shape.of(2000));
        Expr x = Support.interval(Expr.vector(low), Expr.vector(high)).constrain(u, Shape.of(2000)).value();
        double[] at = new double[2000];
        java.util.Arrays.fill(at, 800);
        double[] values = Replay.at(at, List.of(u), x);
        int rounded = 0;
        for (int i = 0; i < values.length; i++) {
            assertTrue(values[i] <= high[i]);
            if (low[i] + (high[i] - low[i]) > high[i]) rounded++;
        }
        assertTrue(rounded > 0, "no bounds of this sample round, so it shows nothing");
    }

    @Test
    void boundsThatDependOnParametersAreCheckedByNobody() {
        Expr bound = Expr.perDraw("b", Shape.scalar());
        Expr u = Expr.perDraw("u", Shape.of(1));
        Constrained x = Support.interval(0, bound).constrain(u, Shape.scalar());
        double[] r = Replay.at(new double[] {0, -1}, List.of(u, bound), x.logAbsDetJacobian());
        assertTrue(Double.isNaN(r[0]), "an empty interval has no density");
    }
}

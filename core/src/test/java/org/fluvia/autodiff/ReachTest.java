package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fluvia.autodiff.analysis.ParameterReach;
import org.fluvia.autodiff.op.Reach;
import org.junit.jupiter.api.Test;

/** What is known of the values that expressions run through. */
class ReachTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private static Expr parameter(String name, double low, double high, int... dims) {
        Shape shape = Shape.of(dims);
        return Expr.perDraw(name, shape).declared(name, "test", Reach.of(low, high, shape.size()));
    }

    private static void assertReach(Expr x, double[] low, double[] high) {
        Reach r = ParameterReach.of(x).orElseThrow().reach();
        assertArrayEquals(low, r.low);
        assertArrayEquals(high, r.high);
    }

    private static void assertUnknown(Expr x) {
        assertTrue(ParameterReach.of(x).isEmpty());
    }

    @Test
    void elementsOfAParameterRunThroughWhatItWasDeclaredFor() {
        Expr a = Expr.perDraw("a", Shape.of(2, 2)).declared("a", "test", Reach.of(new double[] {0, 1, 2, 3}, new double[] {5, 6, 7, 8}));
        assertReach(a, new double[] {0, 1, 2, 3}, new double[] {5, 6, 7, 8});
        assertReach(a.transpose(), new double[] {0, 2, 1, 3}, new double[] {5, 7, 6, 8});
        assertReach(a.get(1), new double[] {2, 3}, new double[] {7, 8});
        assertReach(a.flatten().get(Expr.vector(3, 3, 0)), new double[] {3, 3, 0}, new double[] {8, 8, 5});
        assertTrue(ParameterReach.of(a.get(1).get(0)).orElseThrow().isParameter());
        assertEquals(List.of(new ParameterReach.Declaration("a", "test")), ParameterReach.of(a.get(0)).orElseThrow().declarations());
    }

    @Test
    void linearValuesRunThroughTheImages() {
        Expr a = parameter("a", 0, INF, 2);
        Expr b = parameter("b", -1, 1);
        assertReach(a.times(-2).plus(3), new double[] {-INF, -INF}, new double[] {3, 3});
        assertReach(Expr.of(1).minus(b), new double[] {0}, new double[] {2});
        assertReach(b.times(Expr.vector(2, 0, -4)), new double[] {-2, 0, -4}, new double[] {2, 0, 4});
        assertReach(b.div(4), new double[] {-0.25}, new double[] {0.25});
        assertReach(a.minus(b), new double[] {-1, -1}, new double[] {INF, INF});
        assertReach(Expr.concat(b, a), new double[] {-1, 0, 0}, new double[] {1, INF, INF});
        assertReach(a.sum(), new double[] {0}, new double[] {INF});
        Expr matrix = Expr.vector(1, 1, 1, -1, 0, 0).reshape(Shape.of(3, 2));
        assertReach(matrix.matmul(a), new double[] {0, -INF, 0}, new double[] {INF, INF, 0});
        assertFalse(ParameterReach.of(a.plus(1)).orElseThrow().isParameter());
    }

    @Test
    void nothingIsClaimedOfOtherValues() {
        Expr a = parameter("a", 0, INF, 2);
        assertUnknown(a.exp());
        assertUnknown(a.times(a));
        assertUnknown(a.minus(a));
        assertUnknown(a.plus(Expr.perDraw("input", Shape.of(2))));
        assertUnknown(Expr.of(1).div(a));
        assertUnknown(a.get(Expr.vector(0, 0)).sum());
        assertUnknown(Expr.concat(a, a));
        assertUnknown(Expr.perDraw("raw", Shape.of(2)));
        assertUnknown(Expr.vector(1, 2));
        assertUnknown(Expr.perDraw("u", Shape.of(2)).declared("x", "test", null));
        Expr dependent = Expr.perDraw("d", Shape.of(2)).declared("d", "test", Reach.of(0, 1, 2).dependent());
        assertUnknown(dependent.sum());
        assertReach(dependent.times(2), new double[] {0, 0}, new double[] {2, 2});
        Expr deep = a;
        for (int i = 0; i < 100_000; i++) deep = deep.plus(1);
        assertUnknown(deep);
    }

    @Test
    void conditionsAreAskedNearTheEnds() {
        assertTrue(Reach.of(0, 1, 3).meets(v -> v > 0 && v < 1));
        assertFalse(Reach.of(0, 1, 3).meets(v -> v < 0.999));
        assertFalse(Reach.of(0, 1, 3).meets(v -> v > 0.001));
        assertFalse(Reach.of(0, INF, 1).meets(v -> v < 1e5));
        assertFalse(Reach.of(-INF, 1e9, 1).meets(v -> v > 0));
        assertTrue(Reach.of(2, 2, 1).meets(v -> false), "a constant is for another check");
        assertThrows(IllegalArgumentException.class, () -> Expr.perDraw("x", Shape.of(2)).declared("x", "real", Reach.of(0, 1, 3)));
    }

    @Test
    void aDeclarationCostsNothing() {
        Expr u = Expr.perDraw("u", Shape.of(3));
        Expr x = u.exp();
        int plain = Program.of(x.sum(), Gradient.of(x.sum(), u)).operations();
        Expr declared = x.declared("x", "positive", Reach.of(0, INF, 3));
        assertEquals(plain, Program.of(declared.sum(), Gradient.of(declared.sum(), u)).operations());
    }
}

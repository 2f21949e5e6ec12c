package org.fluvia.autodiff;

import static org.fluvia.autodiff.Functions.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Axes, shapes and indices: values by hand, and what the messages say. The adjoints are in AdjointTest. */
class AlongTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    /** 0, 1, 2, ... in this shape. */
    private static Expr counting(int... dims) {
        Shape s = Shape.of(dims);
        return Expr.vector(IntStream.range(0, s.size()).asDoubleStream().toArray()).reshape(s);
    }

    private static void assertValues(Expr x, Shape shape, double... expected) {
        assertEquals(shape, x.shape());
        assertArrayEquals(expected, SharedValues.of(x), 1e-15);
        // the same per draw, in every lane of several tiles
        Expr draws = x.repeatedOverDraws();
        Workspace w = Program.of(draws).workspace();
        w.run(3);
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], w.perDraw(draws).get(i, 2), 1e-15);
    }

    private static String message(Runnable code) {
        return assertThrows(IllegalArgumentException.class, code::run).getMessage();
    }

    @Test
    void reductionsDropTheirAxis() {
        Expr x = counting(2, 3);
        assertValues(sum(x, 0), Shape.of(3), 3, 5, 7);
        assertValues(sum(x, 1), Shape.of(2), 3, 12);
        assertValues(sum(x, -1), Shape.of(2), 3, 12);
        assertValues(mean(x, 0), Shape.of(3), 1.5, 2.5, 3.5);
        assertValues(max(x, 1), Shape.of(2), 2, 5);
        assertValues(min(x, 0), Shape.of(3), 0, 1, 2);
        assertValues(max(x), Shape.scalar(), 5);
        assertValues(min(x), Shape.scalar(), 0);
        assertValues(sum(counting(4), 0), Shape.scalar(), 6);
        assertValues(sum(counting(2, 2, 2), 1), Shape.of(2, 2), 2, 4, 10, 12);
        assertValues(logSumExp(Expr.vector(0, 0, 1000, -INF), 0), Shape.scalar(), 1000);
    }

    @Test
    void varianceIsThatOfASample() {
        assertValues(variance(Expr.vector(1, 2, 4, 9)), Shape.scalar(), 38.0 / 3);
        Expr x = Expr.vector(1, 2, 4, 9, 1, 5).reshape(Shape.of(2, 3));
        assertValues(variance(x, 0), Shape.of(3), 32, 0.5, 0.5);
        assertValues(variance(x, -1), Shape.of(2), 7.0 / 3, 16);
        assertValues(sd(x, 1), Shape.of(2), Math.sqrt(7.0 / 3), 4);
    }

    @Test
    void productsAreOfAllElements() {
        for (int n = 0; n < 10; n++) {
            double expected = 1;
            for (int i = 1; i <= n; i++) expected *= -i;
            assertValues(product(range(1, n + 1).unaryMinus()), Shape.scalar(), expected);
        }
        assertValues(product(ones(2, 3).times(2)), Shape.scalar(), 64);
        assertValues(zeros(2).max(0.5).min(3), Shape.of(2), 0.5, 0.5);
        assertValues(sd(counting(2, 3).times(-2)), Shape.scalar(), Math.sqrt(14));
    }

    @Test
    void emptyAxesHaveTheNeutralElement() {
        assertValues(sum(counting(0, 2), 0), Shape.of(2), 0, 0);
        assertValues(max(counting(0, 2), 0), Shape.of(2), -INF, -INF);
        assertValues(logSumExp(counting(0, 2), 0), Shape.of(2), -INF, -INF);
        assertValues(sum(counting(2, 0), 0), Shape.of(0));
        assertValues(cumulativeSum(counting(0)), Shape.of(0));
    }

    /** A state that no path leads to has probability 0; that must not spoil the derivatives of the others. */
    @Test
    void derivativeOfLogSumExpOfMinusInfinitiesIsZero() {
        Expr x = Expr.perDraw("x", Shape.of(2, 2));
        Expr g = Gradient.of(logSumExp(logSumExp(x, 1), 0), x);
        Expr all = Gradient.of(x.flatten().logSumExp(), x);
        Workspace w = Program.of(g, all).workspace();
        w.set(x, DrawSource.of(new DMatrixRMaj(new double[][] {{-INF, -INF}, {-INF, -INF}, {0, -INF}, {0, -INF}})));
        w.run(2);
        for (Expr e : new Expr[] {g, all}) {
            assertArrayEquals(new double[] {0, 0, 0.5, 0.5}, column(w.perDraw(e), 0));
            assertArrayEquals(new double[4], column(w.perDraw(e), 1));
        }
    }

    private static double[] column(DMatrixRMaj m, int j) {
        return IntStream.range(0, m.numRows).mapToDouble(i -> m.get(i, j)).toArray();
    }

    @Test
    void equalsShareTheDerivativeOfTheLargest() {
        Expr x = Expr.perDraw("x", Shape.of(3));
        Expr g = Gradient.of(max(x), x);
        Workspace w = Program.of(g).workspace();
        w.set(x, DrawSource.of(new DMatrixRMaj(new double[][] {{2}, {1}, {2}})));
        w.run(1);
        assertArrayEquals(new double[] {0.5, 0, 0.5}, column(w.perDraw(g), 0));
    }

    @Test
    void runningSumsAndDifferencesGoAlongTheLastAxis() {
        assertValues(cumulativeSum(counting(2, 3)), Shape.of(2, 3), 0, 1, 3, 3, 7, 12);
        assertValues(Functions.reverseCumulativeSum(counting(2, 3)), Shape.of(2, 3), 3, 3, 2, 12, 9, 5);
        assertValues(diff(Expr.vector(1, 4, 9, 16)), Shape.of(3), 3, 5, 7);
        assertValues(diff(counting(2, 3)), Shape.of(2, 2), 1, 1, 1, 1);
        assertValues(reverse(counting(2, 3)), Shape.of(2, 3), 2, 1, 0, 5, 4, 3);
        assertValues(part(counting(2, 3), 1, 2), Shape.of(2, 1), 1, 4);
        assertValues(softmax(Expr.vector(800, 800)), Shape.of(2), 0.5, 0.5);
        assertValues(logSoftmax(Expr.vector(-800, -1600)), Shape.of(2), 0, -800);
    }

    @Test
    void shapesAreJoinedAndRepeated() {
        Expr x = Expr.vector(1, 2);
        assertValues(stack(x, x.plus(2)), Shape.of(2, 2), 1, 2, 3, 4);
        assertValues(stack(Expr.of(1), Expr.of(2)), Shape.of(2), 1, 2);
        assertValues(repeatRows(x, 2), Shape.of(2, 2), 1, 2, 1, 2);
        assertValues(repeatColumns(x, 3), Shape.of(2, 3), 1, 1, 1, 2, 2, 2);
        assertValues(concatRows(counting(1, 2), counting(2, 2)), Shape.of(3, 2), 0, 1, 0, 1, 2, 3);
        assertValues(concatColumns(counting(2, 1), counting(2, 2)), Shape.of(2, 3), 0, 0, 1, 1, 2, 3);
        assertValues(concatRows(x, Expr.vector(3)), Shape.of(3), 1, 2, 3);
        assertValues(concatRows(x, counting(1, 2)), Shape.of(2, 2), 1, 2, 0, 1);
        assertValues(concatColumns(x, counting(2, 2)), Shape.of(2, 3), 1, 0, 1, 2, 2, 3);
        assertValues(concatColumns(x, x), Shape.of(2, 2), 1, 1, 2, 2);
        assertValues(range(-1, 2), Shape.of(3), -1, 0, 1);
        assertValues(range(2, 2), Shape.of(0));
        assertValues(segmentSum(Expr.vector(1, 2, 4), Expr.vector(2, 0, 2), 3), Shape.of(3), 2, 0, 5);
        assertValues(segmentSum(counting(3, 2), Expr.vector(1, 0, 1), 2), Shape.of(2, 2), 2, 3, 4, 6);
    }

    @Test
    void elementsAndRowsByIndex() {
        Expr x = counting(3, 2);
        assertValues(x.get(Expr.vector(2, 0)), Shape.of(2, 2), 4, 5, 0, 1);
        assertValues(x.get(Expr.of(1)), Shape.of(2), 2, 3);
        assertValues(x.get(Expr.vector(2, 0), Expr.vector(1, 1)), Shape.of(2), 5, 1);
        assertValues(x.get(2, 1), Shape.scalar(), 5);
        assertValues(x.column(1), Shape.of(3), 1, 3, 5);
        assertValues(counting(4).get(Expr.of(3)), Shape.scalar(), 3);
        assertValues(counting(4).get(counting(2, 2)), Shape.of(2, 2), 0, 1, 2, 3);
    }

    @Test
    void indexOutOfRangeIsNamedWithItsLineAndRemedy() {
        Expr theta = Expr.perDraw("theta", Shape.of(3));
        Expr county = Expr.shared("county", Shape.of(4), 1, 2, 3, 1);
        String message = message(() -> theta.get(county));
        assertTrue(message.matches("get: index 3 of county must be a whole number from 0 to 2, but was 3 \\(AlongTest.java:\\d+\\)\\. "
                + "These count from 1, as Stan's do: use index.minus\\(1\\)\\."), message);
        theta.get(county.minus(1));
        message = message(() -> theta.get(county.minus(2)));
        assertTrue(message.startsWith("get: index 1 of county must be a whole number from 0 to 2, but was -1 ("), message);
        assertTrue(message.endsWith("there is a 0 among numbers that should count from 1, or 1 was taken off twice."), message);
        assertTrue(message(() -> theta.get(Expr.vector(0, 5))).endsWith("Elements are counted from 0."));
        assertTrue(message(() -> theta.get(Expr.vector(0.5))).contains("but was 0.5 ("), "not whole");
        assertTrue(message(() -> theta.get(Expr.vector(Double.NaN))).contains("but was NaN ("), "NaN");
        assertTrue(message(() -> theta.get(theta)).startsWith("get: the index must be data, but depends on a parameter (AlongTest"));
        assertTrue(message(() -> segmentSum(theta, Expr.vector(0, 1, 2), 2)).startsWith("segmentSum: index 3 must be"));
        assertTrue(message(() -> counting(2, 2).get(Expr.of(0), Expr.of(2))).startsWith("get: column: index 1 must be"));
    }

    @Test
    void aVectorForEveryRowOrColumnIsShownTheWay() {
        Expr x = counting(2, 3);
        assertTrue(message(() -> x.plus(counting(3))).endsWith("repeatRows(x, 2) makes the vector every row of a matrix."));
        assertTrue(message(() -> counting(2).minus(x)).endsWith("repeatColumns(x, 3) makes the vector every column of a matrix."));
        assertTrue(message(() -> x.plus(counting(4))).endsWith("need equal shapes or a scalar."));
        assertTrue(message(() -> x.times(counting(3))).contains("For the matrix product use matmul. repeatRows(x, 2)"));
    }

    @Test
    void wrongShapesAndAxesAreNamed() {
        String message = message(() -> sum(counting(2, 3), 2));
        assertTrue(message.startsWith("sum: axis must be from -2 to 1 for shape (2 x 3), but was 2 (AlongTest.java:"), message);
        assertTrue(message(() -> softmax(Expr.of(1))).endsWith("A scalar has none."));
        assertTrue(message(() -> stack(counting(2), counting(3))).startsWith("stack: shapes (2) and (3) must be equal"));
        assertTrue(message(() -> concatColumns(counting(2, 2), counting(3, 2))).contains("(2 x 2) and (3 x 2) do not match"));
        assertTrue(message(() -> concatColumns(Expr.of(1), Expr.of(2))).startsWith("concatColumns:"));
        assertTrue(message(() -> range(2, 1)).startsWith("range: the end must not be below the start 2, but was 1"));
        assertTrue(message(() -> counting(3).column(0)).startsWith("column: index 0 must be a column of shape (3)"));
        assertTrue(message(() -> part(counting(3), 1, 4)).startsWith("part: [1, 4) must lie in the last dimension of (3)"));
        assertTrue(message(() -> segmentSum(counting(3), Expr.vector(0, 0), 2)).startsWith("segmentSum: shapes (3)"));
        assertTrue(message(() -> segmentSum(counting(1), Expr.vector(0), -2)).contains("count must not be negative, but was -2"));
        assertTrue(message(() -> repeat(counting(2), 3, 2)).startsWith("repeat: (2) cannot"));
        assertTrue(message(() -> diff(counting(0))).startsWith("diff:"));
    }
}

package org.fluvia.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.junit.jupiter.api.Test;

/** What the supports of vectors and matrices say of shapes and values that cannot be. */
class EventMessagesTest {

    private static void refuses(String message, Support support, int... dims) {
        String actual = assertThrows(IllegalArgumentException.class, () -> support.checkShape("theta", Shape.of(dims))).getMessage();
        assertEquals(message, actual.replaceFirst(" \\(EventMessagesTest.java:\\d+\\)", " (LINE)"));
        assertThrows(IllegalArgumentException.class, () -> support.unconstrainedSize(Shape.of(dims)));
        assertThrows(IllegalArgumentException.class, () -> support.constrain(Expr.perDraw("u", Shape.of(1)), Shape.of(dims)));
        assertThrows(IllegalArgumentException.class, () -> support.interior(Shape.of(dims)));
    }

    @Test
    void shapesThatNoValueHasAreRefused() {
        refuses("ordered vector: theta must have at least 1 element, but has shape (0) (LINE). Leave it out where there is nothing to"
                + " order.", Support.ordered(), 0);
        refuses("ordered vector: theta must be a vector, but is declared as a scalar (LINE). Give its length as the last dimension.",
                Support.ordered());
        refuses("positive ordered vector: theta must have at least 1 element, but has shape (3 x 0) (LINE). Leave it out where there"
                + " is nothing to order.", Support.positiveOrdered(), 3, 0);
        refuses("simplex: theta must have at least 2 elements, but has shape (1) (LINE). The only simplex of one element is 1: write"
                + " Expr.vector(1).", Support.simplex(), 1);
        refuses("simplex: theta must have at least 2 elements, but has shape (5 x 1) (LINE). The only simplex of one element is 1:"
                + " write Expr.vector(1).", Support.simplex(), 5, 1);
        refuses("unit vector: theta must have at least 2 elements, but has shape (1) (LINE). A unit vector of one element is 1 or -1,"
                + " which no smooth map reaches.", Support.unitVector(), 1);
        refuses("sum-to-zero vector: theta must have at least 2 elements, but has shape (1) (LINE). One number that sums to 0 is 0:"
                + " leave it out.", Support.sumToZero(), 1);
        refuses("sum-to-zero matrix: theta must have at least 2 rows and columns, but has shape (3 x 1) (LINE). One number that sums"
                + " to 0 is 0: leave it out.", Support.sumToZeroMatrix(), 3, 1);
        refuses("Cholesky factor of a correlation matrix: theta must be a matrix, but is declared with shape (3) (LINE). Give its rows"
                + " and columns as the last two dimensions.", Support.choleskyFactorCorr(), 3);
        refuses("Cholesky factor of a correlation matrix: theta must be square, but has shape (3 x 2) (LINE). Its last two dimensions"
                + " must be equal.", Support.choleskyFactorCorr(), 3, 2);
        refuses("Cholesky factor of a correlation matrix: theta must have at least 1 row and column, but has shape (0 x 0) (LINE)."
                + " Leave it out where there is nothing to correlate.", Support.choleskyFactorCorr(), 0, 0);
        refuses("Cholesky factor of a covariance matrix: theta must not have more columns than rows, but has shape (2 x 3) (LINE)."
                + " Rows come first.", Support.choleskyFactorCov(), 2, 3);
    }

    @Test
    void unconstrainedVectorsMustHaveTheLength() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> Support.simplex().constrain(Expr.perDraw("u", Shape.of(3)), Shape.of(3))).getMessage();
        assertTrue(message.matches("simplex: the unconstrained value must be a vector of 2 for a value of shape \\(3\\), but has shape"
                + " \\(3\\) \\(EventMessagesTest.java:\\d+\\)"), message);
    }

    private static void violates(String message, Support support, Shape shape, double... x) {
        assertEquals(message, support.violation("x", Expr.vector(x).reshape(shape)).orElse("nothing"));
    }

    @Test
    void valuesOutsideAreDescribed() {
        Shape two = Shape.of(2);
        Shape square = Shape.of(2, 2);
        violates("x must sum to 1, but sums to 1.2", Support.simplex(), two, 0.5, 0.7);
        violates("x must not be negative, but x[1] is -0.1", Support.simplex(), two, -0.1, 1.1);
        violates("x[2] must sum to 1, but sums to 0.99", Support.simplex(), square, 0.5, 0.5, 0.5, 0.49);
        violates("x must be in ascending order, but x[2] is 1 after x[1] = 2.5", Support.ordered(), two, 2.5, 1);
        violates("x must be finite, but x[2] is NaN", Support.ordered(), two, 1, Double.NaN);
        violates("x must not be negative, but x[1] is -1", Support.positiveOrdered(), two, -1, 0);
        violates("x[1] must be in ascending order, but x[1,2] is 0.5 after x[1,1] = 1", Support.positiveOrdered(), square, 1, 0.5, 0, 0);
        violates("x must have length 1, but has length 5", Support.unitVector(), two, 3, 4);
        violates("x must sum to 0, but sums to 0.25", Support.sumToZero(), two, 1, -0.75);
        violates("x must have rows and columns that sum to 0, but column 2 sums to -2", Support.sumToZeroMatrix(), square, 1, -1, 0, -1);
        violates("x must have rows of length 1, but row 2 has length 0.5", Support.choleskyFactorCorr(), square, 1, 0, 0.3, 0.4);
        violates("x must be 0 above the diagonal, but x[1,2] is 0.1", Support.choleskyFactorCorr(), square, 1, 0.1, 0.6, 0.8);
        violates("x must have a positive diagonal, but x[2,2] is -0.8", Support.choleskyFactorCorr(), square, 1, 0, 0.6, -0.8);
        violates("x[2] must have a positive diagonal, but x[2,1,1] is 0", Support.choleskyFactorCov(), Shape.of(2, 2, 2),
                1, 0, 2, 1, 0, 0, 2, 1);
        violates("x must have ones on the diagonal, but x[2,2] is 2", Support.corrMatrix(), square, 1, 0.5, 0.5, 2);
        violates("x must be symmetric, but x[2,1] is 0.4 and x[1,2] is 0.5", Support.corrMatrix(), square, 1, 0.5, 0.4, 1);
        violates("x must be positive definite, but its first 2 rows and columns are not", Support.corrMatrix(), Shape.of(3, 3),
                1, 1, 0, 1, 1, 0, 0, 0, 1);
        violates("x[2] must be positive definite, but its first 1 rows and columns are not", Support.covMatrix(), Shape.of(2, 1, 1), 3, -2);
        violates("x must be positive definite, but its first 3 rows and columns are not", Support.covMatrix(), Shape.of(3, 3),
                1, 0, 1, 0, 1, 0, 1, 0, 1);
        violates("nothing", Support.simplex(), two, 0.5, 0.5 + 5e-9);
        violates("nothing", Support.sumToZero(), two, 1e9, -1e9 - 1);
        violates("x must be from 0 to 1, but is 1.5", Support.interval(0, 1), Shape.scalar(), 1.5);
        violates("x[2,1] must be positive, but is 0", Support.positive(), square, 1, 1, 0, 1);
        violates("x[2] must be finite, but is Infinity", Support.lower(3), two, 4, Double.POSITIVE_INFINITY);
        violates("x[2] must be at most 5, but is 6", Support.upper(Expr.vector(6, 5)), two, 6, 6);
        violates("x must be a whole number from 0 to 7, but is 7.5", Support.whole(7), Shape.scalar(), 7.5);
        violates("x must be finite, but is NaN", Support.real(), Shape.scalar(), Double.NaN);
    }

    @Test
    void numbersAreWrittenAsPeopleDo() {
        assertEquals("1.2", Violations.number(0.5 + 0.7));
        assertEquals("0.3", Violations.number(0.1 + 0.2));
        assertEquals("-3", Violations.number(-3));
        assertEquals("0", Violations.number(-0.0));
        assertEquals("1000000", Violations.number(1e6));
        assertEquals("1E+300", Violations.number(1e300));
        assertEquals("1E-7", Violations.number(1e-7));
    }
}

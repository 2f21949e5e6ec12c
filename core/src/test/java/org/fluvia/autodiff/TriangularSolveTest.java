package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriangularSolveTest {
    private static final int DRAWS = 11;

    /** Sizes around the block that is solved at a time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 16, 17, 33})
    void solutionIsThatOfEjml(int n) {
        DMatrixRMaj matrix = lower(n);
        DMatrixRMaj b = normal(n, DRAWS, 2);
        Expr l = shared("l", matrix);
        Expr in = Expr.perDraw("b", Shape.of(n));
        Expr x = l.solveLower(in);
        Expr transposed = TriangularSolve.of(true, l, in);
        Workspace w = Program.of(x, transposed).workspace();
        w.set(in, DrawSource.of(b));
        w.run(DRAWS);

        assertSolves(matrix, b, w.perDraw(x));
        CommonOps_DDRM.transpose(matrix);
        assertSolves(matrix, b, w.perDraw(transposed));
    }

    @Test
    void whatStandsAboveTheDiagonalIsNotRead() {
        DMatrixRMaj matrix = lower(9);
        Expr b = shared("b", normal(9, 1, 3)).flatten();
        double[] clean = SharedValues.of(shared("l", matrix).solveLower(b));
        for (int i = 0; i < 9; i++) {
            for (int j = i + 1; j < 9; j++) matrix.set(i, j, Double.NaN);
        }
        assertArrayEquals(clean, SharedValues.of(shared("l", matrix).solveLower(b)));
        assertArrayEquals(SharedValues.of(TriangularSolve.of(true, shared("l", lower(9)), b)),
                SharedValues.of(TriangularSolve.of(true, shared("l", matrix), b)));
    }

    @Test
    void matricesAreSolvedColumnByColumn() {
        DMatrixRMaj matrix = lower(10);
        DMatrixRMaj b = normal(10, 3, 4);
        double[] x = SharedValues.of(shared("l", matrix).solveLower(shared("b", b)));
        assertSolves(matrix, b, DMatrixRMaj.wrap(10, 3, x));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void adjointsAreThoseOfDifferences(boolean transpose) {
        for (int n : new int[] {1, 3, 10}) {
            for (int columns : new int[] {1, 2}) {
                checkAdjoint(transpose, Shape.of(n, columns), true);
                checkAdjoint(transpose, Shape.of(n, columns), false);
            }
            checkAdjoint(transpose, Shape.of(n), true);
        }
    }

    /** Against central differences of sum(weights x^2), whose error is of order h^2 + eps / h. */
    private static void checkAdjoint(boolean transpose, Shape shape, boolean perDraw) {
        int n = shape.dim(0);
        DMatrixRMaj matrix = lower(n);
        Expr l = shared("l", matrix);
        Expr shift = Expr.shared("shift", shape, normal(shape.size(), 1, 5).data);
        Expr noise = Expr.perDraw("noise", shape);
        Expr x = TriangularSolve.of(transpose, l, perDraw ? shift.plus(noise) : shift);
        Expr f = Expr.shared("weights", shape, normal(shape.size(), 1, 6).data).times(x.square()).sum();
        Expr total = perDraw ? f.sumDraws() : f;
        List<Expr> gradients = Gradient.of(f, List.of(l, shift));
        Workspace w = Program.of(List.of(total, gradients.get(0), gradients.get(1))).workspace();
        w.set(noise, DrawSource.of(normal(shape.size(), DRAWS, 7)));

        double[] byL = new double[n * n];
        double[] byShift = new double[shape.size()];
        w.run(DRAWS);
        w.shared(gradients.get(0), byL, 0);
        w.shared(gradients.get(1), byShift, 0);
        assertDifferences(w, total, l, matrix.data, byL);
        assertDifferences(w, total, shift, normal(shape.size(), 1, 5).data, byShift);
    }

    private static void assertDifferences(Workspace w, Expr f, Expr input, double[] at, double[] gradient) {
        double h = 1e-5;
        for (int i = 0; i < at.length; i++) {
            double[] moved = at.clone();
            moved[i] = at[i] + h;
            w.set(input, moved, 0);
            w.run(DRAWS);
            double up = w.scalar(f);
            moved[i] = at[i] - h;
            w.set(input, moved, 0);
            w.run(DRAWS);
            double difference = (up - w.scalar(f)) / (2 * h);
            w.set(input, at, 0);
            assertEquals(difference, gradient[i], 1e-6 * (1 + Math.abs(up)), input + " element " + i);
        }
    }

    @Test
    void wrongShapesAreNamed() {
        Expr l = shared("l", lower(3));
        String message = assertThrows(IllegalArgumentException.class, () -> l.solveLower(Expr.vector(1, 2))).getMessage();
        assertTrue(message.startsWith("solveLower: shapes (3 x 3) and (2) do not match"), message);
        assertTrue(message.endsWith("(n x n) and (n) or (n x p) are needed, with the same leading dimensions."), message);
    }

    private static void assertSolves(DMatrixRMaj matrix, DMatrixRMaj b, DMatrixRMaj x) {
        DMatrixRMaj expected = new DMatrixRMaj(b.numRows, b.numCols);
        assertTrue(CommonOps_DDRM.solve(matrix, b, expected));
        for (int i = 0; i < b.getNumElements(); i++) {
            assertEquals(expected.get(i), x.get(i), 1e-11 * (1 + Math.abs(expected.get(i))));
        }
    }

    /** Well-conditioned: a solution does not grow. */
    private static DMatrixRMaj lower(int n) {
        DMatrixRMaj m = normal(n, n, 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) m.set(i, j, j > i ? 0 : j == i ? 1 + Math.abs(m.get(i, i)) : m.get(i, j) / Math.sqrt(n));
        }
        return m;
    }

    private static Expr shared(String name, DMatrixRMaj m) {
        return Expr.shared(name, Shape.of(m.numRows, m.numCols), m.data);
    }

    private static DMatrixRMaj normal(int rows, int columns, long seed) {
        DMatrixRMaj m = new DMatrixRMaj(rows, columns);
        NormalNoise.of(seed).fill(0, columns, rows, m.data, 0, columns);
        return m;
    }
}

package org.fluvia.autodiff;

import static org.fluvia.autodiff.Matrices.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linear algebra against EJML, at sizes around the blocks of the algorithms. The adjoints are in AdjointTest too. */
class MatricesTest {
    private static final int DRAWS = 11;

    private static DMatrixRMaj random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj m = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < m.getNumElements(); i++) m.set(i, random.nextGaussian());
        return m;
    }

    private static DMatrixRMaj spd(int n, long seed) {
        DMatrixRMaj a = random(n, n, seed);
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(a, a, out);
        for (int i = 0; i < n; i++) out.add(i, i, 0.5 * n);
        return out;
    }

    /** Matrices, a draw each, as elements x draws. */
    private static DMatrixRMaj draws(DMatrixRMaj... matrices) {
        int size = matrices[0].getNumElements();
        DMatrixRMaj m = new DMatrixRMaj(size, matrices.length);
        for (int i = 0; i < size; i++) for (int j = 0; j < matrices.length; j++) m.set(i, j, matrices[j].get(i));
        return m;
    }

    private static DMatrixRMaj draw(DMatrixRMaj draws, int j, int rows, int columns) {
        DMatrixRMaj m = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows * columns; i++) m.set(i, draws.get(i, j));
        return m;
    }

    private static void assertNear(DMatrixRMaj expected, DMatrixRMaj actual, double tolerance) {
        for (int i = 0; i < expected.getNumElements(); i++) {
            assertEquals(expected.get(i), actual.get(i), tolerance * (1 + Math.abs(expected.get(i))), "element " + i);
        }
    }

    private static DMatrixRMaj ejmlCholesky(DMatrixRMaj a) {
        var decomposition = DecompositionFactory_DDRM.chol(a.numRows, true);
        assertTrue(decomposition.decompose(a.copy()));
        return decomposition.getT(null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 11, 16, 17, 33, 100})
    void factorsSolvesAndDeterminantsAreThoseOfEjml(int n) {
        DMatrixRMaj[] a = new DMatrixRMaj[DRAWS];
        for (int j = 0; j < DRAWS; j++) a[j] = spd(n, 100 + j);
        DMatrixRMaj b = random(n, 3, 5);
        Expr x = Expr.perDraw("a", Shape.of(n, n));
        Expr right = Expr.shared("b", Shape.of(n, 3), b.data);
        Expr l = cholesky(x);
        Expr solution = solveSpd(x, right);
        Expr upper = solveUpper(l.transpose(), right);
        Expr logDeterminant = logDeterminantSpd(x);
        Workspace w = Program.of(l, solution, upper, logDeterminant).workspace();
        w.set(x, DrawSource.of(draws(a)));
        w.run(DRAWS);
        for (int j = 0; j < DRAWS; j++) {
            DMatrixRMaj factor = ejmlCholesky(a[j]);
            assertNear(factor, draw(w.perDraw(l), j, n, n), 1e-13);
            DMatrixRMaj expected = new DMatrixRMaj(n, 3);
            assertTrue(CommonOps_DDRM.solve(a[j], b, expected));
            assertNear(expected, draw(w.perDraw(solution), j, n, 3), 1e-12);
            DMatrixRMaj transposed = CommonOps_DDRM.transpose(factor, null);
            assertTrue(CommonOps_DDRM.solve(transposed, b, expected));
            assertNear(expected, draw(w.perDraw(upper), j, n, 3), 1e-12);
            double sum = 0;
            for (int i = 0; i < n; i++) sum += 2 * Math.log(factor.get(i, i));
            assertEquals(sum, w.perDraw(logDeterminant).get(0, j), 1e-12 * (1 + Math.abs(sum)));
        }
    }

    /** The derivative of log det A is A^-1, twice that below the diagonal since only the lower triangle is read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 25, 40})
    void adjointOfCholeskyIsTheInverseForTheLogDeterminant(int n) {
        DMatrixRMaj a = spd(n, 3);
        Expr x = Expr.perDraw("a", Shape.of(n, n));
        Expr g = Gradient.of(logDeterminantSpd(x), x);
        Expr inverse = inverseSpd(x);
        Workspace w = Program.of(g, inverse).workspace();
        w.set(x, DrawSource.of(draws(a, a)));
        w.run(2);
        DMatrixRMaj expected = a.copy();
        assertTrue(CommonOps_DDRM.invert(expected));
        assertNear(expected, draw(w.perDraw(inverse), 1, n, n), 1e-13);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) expected.set(i, j, j > i ? 0 : j == i ? expected.get(i, i) : 2 * expected.get(i, j));
        }
        assertNear(expected, draw(w.perDraw(g), 1, n, n), 1e-12);
    }

    /** Second derivatives go by another formula than first ones: against differences of the first. */
    @Test
    void secondDerivativesOfCholeskyAreDifferencesOfFirst() {
        int n = 10;
        Expr x = Expr.perDraw("x", Shape.of(n, n));
        Expr y = cholesky(addToDiagonal(tcrossprod(x), 3)).times(Expr.shared("c", Shape.of(n, n), random(n, n, 9).data)).sum();
        Expr first = Gradient.of(y, x);
        Expr along = Expr.shared("along", Shape.of(n, n), random(n, n, 10).data);
        Expr second = Gradient.of(first.times(along).sum(), x);
        Workspace w = Program.of(first, second).workspace();
        DMatrixRMaj at = random(n, n, 11);
        double h = 1e-5;
        DMatrixRMaj up = at.copy();
        DMatrixRMaj down = at.copy();
        CommonOps_DDRM.addEquals(up, h, random(n, n, 10));
        CommonOps_DDRM.addEquals(down, -h, random(n, n, 10));
        w.set(x, DrawSource.of(draws(at, up, down)));
        w.run(3);
        for (int i = 0; i < n * n; i++) {
            double difference = (w.perDraw(first).get(i, 1) - w.perDraw(first).get(i, 2)) / (2 * h);
            assertEquals(difference, w.perDraw(second).get(i, 0), 1e-8 * (1 + Math.abs(difference)));
        }
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteSpoilsItsOwnDrawOnly() {
        DMatrixRMaj good = spd(3, 1);
        DMatrixRMaj indefinite = new DMatrixRMaj(new double[][] {{1, 2, 0}, {2, 1, 0}, {0, 0, 1}});
        DMatrixRMaj singular = new DMatrixRMaj(new double[][] {{1, 1, 0}, {1, 1, 0}, {0, 0, 1}});
        DMatrixRMaj broken = new DMatrixRMaj(new double[][] {{Double.NaN, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        DMatrixRMaj zero = new DMatrixRMaj(3, 3);
        Expr x = Expr.perDraw("a", Shape.of(3, 3));
        Expr l = cholesky(x);
        Expr density = logDeterminantOfCholesky(l).times(-0.5).minus(solveLower(l, Expr.vector(1, 2, 3)).square().sum());
        Workspace w = Program.of(l, density).workspace();
        w.set(x, DrawSource.of(draws(good, indefinite, singular, broken, zero, good)));
        w.run(6);
        for (int j = 1; j < 5; j++) assertEquals(Double.NaN, w.perDraw(density).get(0, j));
        assertEquals(w.perDraw(density).get(0, 0), w.perDraw(density).get(0, 5));
        assertNear(ejmlCholesky(good), draw(w.perDraw(l), 0, 3, 3), 1e-14);
    }

    @Test
    void sharedMatricesGoTheSameWay() {
        DMatrixRMaj a = spd(12, 4);
        Expr shared = Expr.shared("a", Shape.of(12, 12), a.data);
        Expr x = Expr.perDraw("a", Shape.of(12, 12));
        Expr perDraw = cholesky(x);
        Workspace w = Program.of(perDraw).workspace();
        w.set(x, DrawSource.of(draws(a, a)));
        w.run(2);
        // the same bits
        assertArrayEquals(SharedValues.of(cholesky(shared)), draw(w.perDraw(perDraw), 0, 12, 12).data);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 17, 40})
    void solutionsInversesAndDeterminantsOfSquareMatricesAreThoseOfEjml(int n) {
        DMatrixRMaj[] a = new DMatrixRMaj[DRAWS];
        for (int j = 0; j < DRAWS; j++) a[j] = random(n, n, 200 + j);
        DMatrixRMaj b = random(n, 3, 5);
        Expr x = Expr.perDraw("a", Shape.of(n, n));
        Expr solution = solve(x, shared(b));
        Expr vector = solve(x, shared(b).column(1));
        Expr inverse = inverse(x);
        Expr determinant = determinant(x);
        Expr log = logDeterminant(x);
        Workspace w = Program.of(solution, vector, inverse, determinant, log).workspace();
        w.set(x, DrawSource.of(draws(a)));
        w.run(DRAWS);
        for (int j = 0; j < DRAWS; j++) {
            DMatrixRMaj expected = new DMatrixRMaj(n, 3);
            assertTrue(CommonOps_DDRM.solve(a[j], b, expected));
            assertNear(expected, draw(w.perDraw(solution), j, n, 3), 1e-10);
            for (int i = 0; i < n; i++) assertEquals(w.perDraw(solution).get(3 * i + 1, j), w.perDraw(vector).get(i, j));
            DMatrixRMaj inverted = a[j].copy();
            assertTrue(CommonOps_DDRM.invert(inverted));
            assertNear(inverted, draw(w.perDraw(inverse), j, n, n), 1e-10);
            double d = CommonOps_DDRM.det(a[j]);
            assertEquals(d, w.perDraw(determinant).get(0, j), 1e-12 * Math.abs(d));
            assertEquals(Math.log(Math.abs(d)), w.perDraw(log).get(0, j), 1e-12 * (1 + Math.abs(Math.log(Math.abs(d)))));
        }
        // shared matrices: the same bits
        Expr first = shared(a[0]);
        assertArrayEquals(draw(w.perDraw(inverse), 0, n, n).data, SharedValues.of(inverse(first)));
        assertEquals(w.perDraw(determinant).get(0, 0), SharedValues.of(determinant(first))[0]);
        assertEquals(w.perDraw(log).get(0, 0), SharedValues.of(logDeterminant(first))[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 20})
    void orthogonalFactorsAreThoseOfEjmlWithAPositiveDiagonal(int k) {
        int n = 20;
        DMatrixRMaj[] a = {random(n, k, 1), random(n, k, 2), random(n, k, 3)};
        for (int i = 0; i < n; i++) a[2].set(i, 0, a[2].get(i, k - 1) + 1e-6 * a[2].get(i, 0)); // nearly collinear
        Expr x = Expr.perDraw("x", Shape.of(n, k));
        Expr q = qrThinQ(x);
        Expr r = qrThinR(x);
        Workspace w = Program.of(q, r).workspace();
        w.set(x, DrawSource.of(draws(a)));
        w.run(3);
        for (int j = 0; j < 3; j++) {
            var decomposition = DecompositionFactory_DDRM.qr(n, k);
            assertTrue(decomposition.decompose(a[j].copy()));
            DMatrixRMaj eq = decomposition.getQ(null, true);
            DMatrixRMaj er = decomposition.getR(null, true);
            for (int c = 0; c < k; c++) {
                if (er.get(c, c) > 0) continue;
                for (int i = 0; i < n; i++) eq.set(i, c, -eq.get(i, c));
                for (int i = 0; i < k; i++) er.set(c, i, -er.get(c, i));
            }
            double tolerance = j == 2 && k > 1 ? 1e-8 : 1e-12;
            assertNear(eq, draw(w.perDraw(q), j, n, k), tolerance);
            assertNear(er, draw(w.perDraw(r), j, k, k), tolerance);
            DMatrixRMaj orthonormal = new DMatrixRMaj(k, k);
            CommonOps_DDRM.multTransA(draw(w.perDraw(q), j, n, k), draw(w.perDraw(q), j, n, k), orthonormal);
            assertNear(CommonOps_DDRM.identity(k), orthonormal, 1e-13);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> qrThinQ(Expr.perDraw("x", Shape.of(2, 3)))).getMessage()
                .startsWith("qrThinQ: the matrix must have no more columns than rows, but has shape (2 x 3) (MatricesTest.java:"));
    }

    @Test
    void aSingularMatrixHasNoDeterminantAndSpoilsItsOwnDrawOnly() {
        DMatrixRMaj good = random(3, 3, 1);
        DMatrixRMaj singular = new DMatrixRMaj(new double[][] {{1, 2, 3}, {2, 4, 6}, {0, 1, 5}});
        DMatrixRMaj broken = new DMatrixRMaj(new double[][] {{1, 2, 3}, {2, Double.NaN, 6}, {0, 1, 5}});
        DMatrixRMaj permuted = new DMatrixRMaj(new double[][] {{0, 2, 0}, {0, 0, 3}, {5, 0, 0}});
        Expr x = Expr.perDraw("a", Shape.of(3, 3));
        Expr determinant = determinant(x);
        Expr log = logDeterminant(x);
        Expr solution = solve(x, Expr.vector(1, 2, 3)).sum();
        Workspace w = Program.of(determinant, log, solution).workspace();
        w.set(x, DrawSource.of(draws(good, singular, new DMatrixRMaj(3, 3), broken, permuted, good)));
        w.run(6);
        for (int j = 1; j < 3; j++) {
            assertEquals(0, w.perDraw(determinant).get(0, j), 0);
            assertEquals(Double.NEGATIVE_INFINITY, w.perDraw(log).get(0, j));
        }
        for (int j = 1; j < 4; j++) assertTrue(!Double.isFinite(w.perDraw(solution).get(0, j)));
        assertEquals(Double.NaN, w.perDraw(determinant).get(0, 3));
        assertEquals(30, w.perDraw(determinant).get(0, 4));
        assertEquals(3. / 5 + 1. / 2 + 2. / 3, w.perDraw(solution).get(0, 4), 1e-15);
        assertEquals(w.perDraw(solution).get(0, 0), w.perDraw(solution).get(0, 5));
        assertEquals(CommonOps_DDRM.det(good), w.perDraw(determinant).get(0, 5), 1e-14);
    }

    /** Of symmetric matrices, by their eigenvalues; each draw has its own size, up to 1000. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9})
    void exponentialsOfSymmetricMatricesAreThoseOfTheirEigenvalues(int n) {
        DMatrixRMaj[] a = new DMatrixRMaj[DRAWS];
        for (int j = 0; j < DRAWS; j++) {
            a[j] = spd(n, j);
            CommonOps_DDRM.scale(-Math.pow(10, j % 7 - 3.0) / n, a[j]);
        }
        Expr x = Expr.perDraw("a", Shape.of(n, n));
        Expr exponential = matrixExponential(x);
        Expr v = eigenvectorsSymmetric(x);
        Expr expected = matmul(timesDiagonal(v, eigenvaluesSymmetric(x).exp()), v.transpose());
        Workspace w = Program.of(exponential, expected).workspace();
        w.set(x, DrawSource.of(draws(a)));
        w.run(DRAWS);
        for (int j = 0; j < DRAWS; j++) assertNear(draw(w.perDraw(expected), j, n, n), draw(w.perDraw(exponential), j, n, n), 1e-13);
        // a draw does not depend on how often its neighbours are squared
        Workspace alone = Program.of(exponential).workspace();
        alone.set(x, DrawSource.of(draws(a[1])));
        alone.run(1);
        for (int i = 0; i < n * n; i++) assertEquals(w.perDraw(exponential).get(i, 1), alone.perDraw(exponential).get(i, 0));
    }

    @Test
    void exponentialsByHand() {
        Shape square = Shape.of(2, 2);
        double e = Math.E;
        assertValues(matrixExponential(Expr.vector(0, 0, 0, 0).reshape(square)), square, 1, 0, 0, 1);
        assertValues(matrixExponential(Expr.vector(1, 1, 0, 1).reshape(square)), square, e, e, 0, e);
        // a rotation, and the probabilities of two states with rates 1 and 2
        double t = 20;
        double c = Math.cos(t);
        double s = Math.sin(t);
        double[] rotation = SharedValues.of(matrixExponential(Expr.vector(0, -t, t, 0).reshape(square)));
        assertArrayEquals(new double[] {c, -s, s, c}, rotation, 1e-13);
        double p = (1 - Math.exp(-3)) / 3;
        assertValues(matrixExponential(Expr.vector(-1, 1, 2, -2).reshape(square)), square, 1 - p, p, 2 * p, 1 - 2 * p);
        double[] infinite = SharedValues.of(matrixExponential(Expr.vector(0, Double.POSITIVE_INFINITY, 0, 0).reshape(square)));
        assertEquals(Double.NaN, infinite[0]);
    }

    /** A design matrix for each of several groups, and coefficients in common. */
    @Test
    void manyMatricesMayShareOneVector() {
        Expr x = Expr.vector(1, 2, 3, 4, 5, 6, 7, 8).reshape(Shape.of(2, 2, 2));
        assertValues(x.matmul(Expr.vector(1, 10)), Shape.of(2, 2), 21, 43, 65, 87);
        assertValues(x.matmul(Expr.vector(1, 10, 2, 20).reshape(Shape.of(2, 2))), Shape.of(2, 2), 21, 43, 130, 174);
    }

    /** A draw that is done must not be moved by neighbours that are not; a spoilt one must not hold up the others. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 30})
    void eigenvectorsDiagonaliseAndAreOrthonormal(int n) {
        DMatrixRMaj[] a = new DMatrixRMaj[7];
        for (int j = 0; j < 4; j++) a[j] = spd(n, j);
        a[4] = CommonOps_DDRM.identity(n);
        a[5] = new DMatrixRMaj(n, n);
        a[5].fill(Double.NaN);
        a[6] = random(n, n, 8);
        CommonOps_DDRM.scale(1e150, a[6]);
        Expr x = Expr.perDraw("a", Shape.of(n, n));
        Expr values = eigenvaluesSymmetric(x);
        Expr v = eigenvectorsSymmetric(x);
        Expr orthonormal = crossprod(v);
        Expr lower = lowerTriangle(x);
        Expr symmetric = lower.plus(lower.transpose()).minus(diagonalMatrix(diagonal(x)));
        Expr rebuilt = matmul(timesDiagonal(v, values), v.transpose()).minus(symmetric);
        Workspace w = Program.of(values, v, orthonormal, rebuilt).workspace();
        w.set(x, DrawSource.of(draws(a)));
        w.run(7);
        for (int j : new int[] {0, 1, 2, 3, 4, 6}) {
            double scale = j == 6 ? 1e150 : 1;
            assertNear(CommonOps_DDRM.identity(n), draw(w.perDraw(orthonormal), j, n, n), 1e-14 * n);
            DMatrixRMaj difference = draw(w.perDraw(rebuilt), j, n, n);
            CommonOps_DDRM.scale(1 / scale, difference);
            assertNear(new DMatrixRMaj(n, n), difference, 1e-14 * n * n);
            for (int i = 1; i < n; i++) assertTrue(w.perDraw(values).get(i - 1, j) <= w.perDraw(values).get(i, j));
        }
        assertEquals(Double.NaN, w.perDraw(values).get(0, 5));
        Workspace alone = Program.of(values, v).workspace();
        alone.set(x, DrawSource.of(draws(a[2])));
        alone.run(1);
        for (int i = 0; i < n; i++) assertEquals(alone.perDraw(values).get(i, 0), w.perDraw(values).get(i, 2));
        for (int i = 0; i < n * n; i++) assertEquals(alone.perDraw(v).get(i, 0), w.perDraw(v).get(i, 2));
    }

    @Test
    void upperTrianglesAreNotRead() {
        DMatrixRMaj a = spd(9, 6);
        DMatrixRMaj spoilt = a.copy();
        for (int i = 0; i < 9; i++) for (int j = i + 1; j < 9; j++) spoilt.set(i, j, Double.NaN);
        Expr b = Expr.vector(random(9, 1, 7).data);
        assertArrayEquals(SharedValues.of(solveSpd(shared(a), b)), SharedValues.of(solveSpd(shared(spoilt), b)));
        Expr x = Expr.perDraw("l", Shape.of(9, 9));
        Expr y = solveLowerTransposed(x, b);
        Workspace w = Program.of(y).workspace();
        w.set(x, DrawSource.of(draws(a, spoilt)));
        w.run(2);
        for (int i = 0; i < 9; i++) assertEquals(w.perDraw(y).get(i, 0), w.perDraw(y).get(i, 1));
    }

    private static Expr shared(DMatrixRMaj m) {
        return Expr.shared("m", Shape.of(m.numRows, m.numCols), m.data);
    }

    /** Each combination of kinds gives the product that all-shared operands give. */
    @Test
    void productsOfEveryKindAreThoseOfEjml() {
        DMatrixRMaj a = random(5, 9, 1);
        DMatrixRMaj b = random(9, 6, 2);
        DMatrixRMaj expected = new DMatrixRMaj(5, 6);
        CommonOps_DDRM.mult(a, b, expected);
        DMatrixRMaj at = CommonOps_DDRM.transpose(a, null);
        DMatrixRMaj bt = CommonOps_DDRM.transpose(b, null);
        for (int kind = 0; kind < 4; kind++) {
            boolean drawsA = (kind & 1) == 1;
            boolean drawsB = (kind & 2) == 2;
            for (Expr product : List.of(matmul(of(a, drawsA), of(b, drawsB)), transposedTimes(of(at, drawsA), of(b, drawsB)),
                    timesTransposed(of(a, drawsA), of(bt, drawsB)))) {
                Expr y = product.expand(product.shape(), true);
                Workspace w = Program.of(y).workspace();
                w.run(13);
                assertEquals(Shape.of(5, 6), y.shape());
                assertNear(expected, draw(w.perDraw(y), 12, 5, 6), 1e-13);
            }
            Expr vector = matmul(of(a, drawsA), of(b, drawsB).column(2)).repeatedOverDraws();
            Workspace w = Program.of(vector).workspace();
            w.run(2);
            for (int i = 0; i < 5; i++) assertEquals(expected.get(i, 2), w.perDraw(vector).get(i, 1), 1e-13 * 10);
        }
    }

    private static Expr of(DMatrixRMaj m, boolean perDraw) {
        Expr x = shared(m);
        return perDraw ? x.repeatedOverDraws() : x;
    }

    private static void assertValues(Expr x, Shape shape, double... expected) {
        assertEquals(shape, x.shape());
        assertArrayEquals(expected, SharedValues.of(x), 1e-14);
    }

    @Test
    void smallCasesByHand() {
        Expr a = Expr.vector(1, 2, 3, 4).reshape(Shape.of(2, 2));
        Expr v = Expr.vector(5, 7);
        Shape square = Shape.of(2, 2);
        assertValues(diagonal(a), Shape.of(2), 1, 4);
        assertValues(diagonalMatrix(v), square, 5, 0, 0, 7);
        assertValues(trace(a), Shape.scalar(), 5);
        assertValues(outer(v, Expr.vector(1, 2, 3)), Shape.of(2, 3), 5, 10, 15, 7, 14, 21);
        assertValues(quadraticForm(a, v), Shape.scalar(), 25 + 2 * 35 + 3 * 35 + 4 * 49);
        assertValues(quadraticForm(a, identity(2)), square, 1, 2, 3, 4);
        assertValues(quadraticFormDiagonal(a, v), square, 25, 70, 105, 196);
        assertValues(diagonalTimes(v, a), square, 5, 10, 21, 28);
        assertValues(timesDiagonal(a, v), square, 5, 14, 15, 28);
        assertValues(addToDiagonal(a, 10), square, 11, 2, 3, 14);
        assertValues(addToDiagonal(a, v), square, 6, 2, 3, 11);
        assertValues(lowerTriangle(a), square, 1, 0, 3, 4);
        assertValues(upperTriangle(a), square, 1, 2, 0, 4);
        assertValues(crossprod(a), square, 10, 14, 14, 20);
        assertValues(tcrossprod(a), square, 5, 11, 11, 25);
        Expr stacked = Expr.vector(1, 2, 3, 4, 5, 6, 7, 8).reshape(Shape.of(2, 2, 2));
        assertValues(transpose(stacked), Shape.of(2, 2, 2), 1, 3, 2, 4, 5, 7, 6, 8);
        assertValues(diagonal(stacked), square, 1, 4, 5, 8);
        assertValues(diagonalMatrix(a), Shape.of(2, 2, 2), 1, 0, 0, 2, 3, 0, 0, 4);
        assertValues(trace(stacked), Shape.of(2), 5, 13);
    }

    @Test
    void drawsHaveTheSameBitsInTilesOfAnyWidthAndOnAnyThread() {
        Expr x = Expr.perDraw("x", Shape.of(9, 9));
        Expr y = solveSpd(addToDiagonal(tcrossprod(x), 1), x.column(0)).sum().plus(solve(x, x.get(0)).sum()).plus(determinant(x))
                .plus(logDeterminant(x)).plus(trace(matrixExponential(x.times(x.get(3, 3)))));
        Expr g = Gradient.of(y, x);
        DMatrixRMaj all = random(81, 700, 1);
        Program program = Program.of(y, g);
        Workspace wide = program.workspace();
        wide.set(x, DrawSource.of(all));
        wide.run(700);
        Workspace narrow = program.workspace();
        for (int j = 0; j < 700; j += 233) {
            narrow.set(x, DrawSource.of(draw(all, j, 81, 1)));
            narrow.run(1);
            assertEquals(wide.perDraw(y).get(0, j), narrow.perDraw(y).get(0, 0));
            for (int i = 0; i < 81; i++) assertEquals(wide.perDraw(g).get(i, j), narrow.perDraw(g).get(i, 0));
        }
    }

    @Test
    void wrongShapesAreNamed() {
        Expr a = Expr.perDraw("a", Shape.of(2, 3));
        for (Runnable code : Arrays.<Runnable>asList(() -> cholesky(a), () -> addToDiagonal(a, 1), () -> quadraticForm(a, a),
                () -> solveLower(a, a), () -> solve(a, a), () -> inverse(a), () -> logDeterminant(a), () -> matrixExponential(a))) {
            String message = assertThrows(IllegalArgumentException.class, code::run).getMessage();
            assertTrue(message.contains(": the matrix must be square, but has shape (2 x 3) (MatricesTest.java:"), message);
        }
        Expr b = Expr.perDraw("b", Shape.of(4, 2, 3));
        for (Expr other : new Expr[] {Expr.vector(1, 2), a, b, Expr.of(1)}) {
            String message = assertThrows(IllegalArgumentException.class, () -> a.matmul(other)).getMessage();
            assertTrue(message.startsWith("matmul: shapes (2 x 3) and " + other.shape() + " do not match (MatricesTest.java:"), message);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> diagonalTimes(Expr.vector(1), a)).getMessage()
                .startsWith("diagonalTimes: shapes (1) and (2 x 3) do not match"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> trace(Expr.vector(1))).getMessage()
                .startsWith("diagonal: the value must be a matrix, but has shape (1)"));
    }
}

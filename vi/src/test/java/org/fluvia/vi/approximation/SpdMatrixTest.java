package org.fluvia.vi.approximation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpdMatrixTest {
    private static final Workers ALONE = Workers.none();

    /** I + a symmetric matrix with eigenvalues within about +-radius. */
    private static DMatrixRMaj random(int n, double radius) {
        Random random = new Random(n);
        DMatrixRMaj a = CommonOps_DDRM.identity(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double x = random.nextGaussian() * radius / (2 * Math.sqrt(n));
                a.add(i, j, x);
                if (i != j) a.add(j, i, x);
            }
        }
        return a;
    }

    private static double[] eigenvalues(DMatrixRMaj a) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(a.numRows, false, true);
        eigen.decompose(a.copy());
        double[] values = new double[a.numRows];
        for (int i = 0; i < values.length; i++) values[i] = eigen.getEigenvalue(i).getReal();
        java.util.Arrays.sort(values);
        return values;
    }

    private static void assertFactorOfInverse(DMatrixRMaj a, DMatrixRMaj factor, double tolerance) {
        int n = a.numRows;
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(factor, factor, inverse);
        DMatrixRMaj identity = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(inverse, a, identity);
        assertTrue(MatrixFeatures_DDRM.isIdentity(identity, tolerance));
        for (int i = 0; i < n; i++) {
            assertTrue(factor.get(i, i) > 0);
            for (int j = i + 1; j < n; j++) assertEquals(0, factor.get(i, j));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 33, 100, 250})
    void theFactorIsThatOfTheInverse(int n) {
        DMatrixRMaj a = random(n, 0.8);
        for (int i = 0; i < n; i++) CommonOps_DDRM.scaleRow(Math.pow(10, i % 7 - 3), a, i);
        for (int i = 0; i < n; i++) CommonOps_DDRM.scaleCol(Math.pow(10, i % 7 - 3), a, i);
        assertFactorOfInverse(a, SpdMatrix.choleskyOfInverse(a, ALONE), 1e-6);
        assertFactorOfInverse(random(n, 0.8), SpdMatrix.factorOfInverse(random(n, 0.8), ALONE), 1e-10);
    }

    @Test
    void anIndefiniteMatrixKeepsItsCurvatureAndNotItsSign() {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{2, 0, 0}, {0, -0.5, 0}, {0, 0, 3}});
        DMatrixRMaj factor = SpdMatrix.choleskyOfInverse(a, ALONE);
        assertFactorOfInverse(new DMatrixRMaj(new double[][] {{2, 0, 0}, {0, 0.5, 0}, {0, 0, 3}}), factor, 1e-12);
        assertNull(SpdMatrix.factorOfInverse(a, ALONE));
        assertNull(SpdMatrix.choleskyOfInverse(new DMatrixRMaj(new double[][] {{Double.NaN}}), ALONE));
    }

    /** Of many parameters no eigenvalues are computed. */
    @Test
    void aLargeIndefiniteMatrixGetsAFactorToo() {
        DMatrixRMaj a = random(600, 3);
        assertTrue(eigenvalues(a)[0] < 0);
        DMatrixRMaj factor = SpdMatrix.choleskyOfInverse(a, ALONE);
        assertNotNull(factor);
        for (double x : factor.data) assertTrue(Double.isFinite(x));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 600})
    void eigenvaluesAreBroughtBetweenBounds(int n) {
        for (double radius : new double[] {0.5, 4, 100}) {
            DMatrixRMaj a = random(n, radius);
            assertTrue(SpdMatrix.clampEigenvalues(a, 0.25, 4, ALONE));
            double[] values = eigenvalues(a);
            assertTrue(values[0] > 0.2 && values[n - 1] < 4.01, values[0] + " to " + values[n - 1]);
        }
    }

    @Test
    void anyOfItCanBeStopped() {
        DMatrixRMaj large = random(1500, 3);
        try (Workers workers = Workers.of(1, () -> true)) {
            assertThrows(Stopped.class, () -> SpdMatrix.choleskyOfInverse(large, workers));
            assertThrows(Stopped.class, () -> SpdMatrix.cholesky(large, workers));
            assertThrows(Stopped.class, () -> SpdMatrix.clampEigenvalues(large, 0.25, 4, workers));
        }
    }
}

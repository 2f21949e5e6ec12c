package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against EJML. */
class LowerTriangularTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 31, 32, 33, 64, 65, 150})
    void factorsInversesAndProductsAreEjmls(int n) {
        DMatrixRMaj spd = spd(n);
        double[] l = spd.data.clone();
        for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) l[i * n + j] = Double.NaN; // is not read
        assertTrue(LowerTriangular.cholesky(l, n, Workers.none()));
        if (n == 0) return;
        var oracle = DecompositionFactory_DDRM.chol(n, true);
        oracle.decompose(spd.copy());
        DMatrixRMaj expected = oracle.getT(null);
        assertArrayEquals(expected.data, l, 1e-12 * n);

        double[] inverse = l.clone();
        LowerTriangular.invert(inverse, n, Workers.none());
        DMatrixRMaj inverted = new DMatrixRMaj(n, n);
        CommonOps_DDRM.invert(expected, inverted);
        assertArrayEquals(inverted.data, inverse, 1e-12 * n);

        DMatrixRMaj product = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(expected, inverted, product);
        double[] ours = LowerTriangular.product(l, inverse, n, Workers.none());
        assertArrayEquals(CommonOps_DDRM.identity(n).data, ours, 1e-12 * n);
    }

    @Test
    void whatIsNotPositiveDefiniteIsSaidSo() {
        for (int n : new int[] {1, 8, 40, 100}) {
            for (double wrong : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
                for (int at : new int[] {0, n / 2, n - 1}) {
                    double[] a = CommonOps_DDRM.identity(n).data;
                    a[at * n + at] = wrong;
                    assertFalse(LowerTriangular.cholesky(a, n, Workers.none()), n + " " + wrong + " " + at);
                }
            }
        }
    }

    /** Two thousand rows take a second or more: it must not take that to stop. */
    @Test
    void eachCanBeStopped() {
        int n = 2000;
        double[] identity = CommonOps_DDRM.identity(n).data;
        int[] asked = {0};
        try (Workers workers = Workers.of(1, () -> ++asked[0] > 3)) {
            assertThrows(Stopped.class, () -> LowerTriangular.cholesky(identity.clone(), n, workers));
            asked[0] = 0;
            assertThrows(Stopped.class, () -> LowerTriangular.invert(identity.clone(), n, workers));
            asked[0] = 0;
            assertThrows(Stopped.class, () -> LowerTriangular.product(identity, identity, n, workers));
            assertEquals(4, asked[0]);
        }
    }

    private static DMatrixRMaj spd(int n) {
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        Random random = new Random(n);
        for (int i = 0; i < n * n; i++) a.data[i] = random.nextGaussian();
        DMatrixRMaj spd = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(a, a, spd);
        for (int i = 0; i < n; i++) spd.add(i, i, n);
        return spd;
    }
}

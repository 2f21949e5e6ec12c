package org.fluvia.vi;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/** Symmetric positive definite matrices, or symmetric ones made so. */
final class SpdMatrix {
    /** Eigenvalues of a matrix scaled to unit diagonal are kept at least this large. */
    private static final double SMALLEST_EIGENVALUE = 1e-10;

    private SpdMatrix() {}

    /** The lower Cholesky factor, or null if the matrix is not positive definite. */
    static @Nullable DMatrixRMaj cholesky(DMatrixRMaj a) {
        CholeskyDecomposition_F64<DMatrixRMaj> c = DecompositionFactory_DDRM.chol(a.numRows, true);
        return c.decompose(a.copy()) ? c.getT(null) : null;
    }

    /**
     * The lower Cholesky factor of the inverse of a symmetric matrix. Where the matrix is indefinite, each eigenvalue is
     * replaced by its absolute value, after scaling to unit diagonal: the curvature is kept, its sign is not. Null if an
     * element is not finite.
     */
    static @Nullable DMatrixRMaj choleskyOfInverse(DMatrixRMaj h) {
        int n = h.numRows;
        double[] scale = new double[n];
        for (int i = 0; i < n * n; i++) if (!Double.isFinite(h.data[i])) return null;
        for (int i = 0; i < n; i++) {
            double diagonal = Math.abs(h.get(i, i));
            scale[i] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 1;
        }
        DMatrixRMaj unit = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) unit.set(i, j, scale[i] * h.get(i, j) * scale[j]);
        }
        if (cholesky(unit) == null && !withEigenvalues(unit)) return null;
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        if (!CommonOps_DDRM.invert(unit, inverse)) return null;
        symmetrize(inverse);
        DMatrixRMaj factor = cholesky(inverse);
        if (factor == null) return null;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) factor.set(i, j, scale[i] * factor.get(i, j));
        }
        return factor;
    }

    /** Replaces the eigenvalues by their absolute values, at least a little; false if the decomposition fails. */
    private static boolean withEigenvalues(DMatrixRMaj a) {
        return mapEigenvalues(a, x -> Math.max(Math.abs(x), SMALLEST_EIGENVALUE));
    }

    /** Replaces each eigenvalue of a symmetric matrix by a function of it; false if the decomposition fails. */
    static boolean mapEigenvalues(DMatrixRMaj a, java.util.function.DoubleUnaryOperator f) {
        int n = a.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(a.copy())) return false;
        CommonOps_DDRM.fill(a, 0);
        for (int k = 0; k < n; k++) {
            DMatrixRMaj v = eigen.getEigenVector(k);
            if (v == null) return false;
            CommonOps_DDRM.multAddTransB(f.applyAsDouble(eigen.getEigenvalue(k).getReal()), v, v, a);
        }
        symmetrize(a);
        return true;
    }

    private static void symmetrize(DMatrixRMaj a) {
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * (a.get(i, j) + a.get(j, i));
                a.set(i, j, mean);
                a.set(j, i, mean);
            }
        }
    }
}

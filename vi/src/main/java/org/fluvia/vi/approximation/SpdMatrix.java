package org.fluvia.vi.approximation;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.fluvia.autodiff.LowerTriangular;
import org.fluvia.autodiff.Workers;
import org.jspecify.annotations.Nullable;

/** Symmetric positive definite matrices, or symmetric ones made so. */
public final class SpdMatrix {
    /** Eigenvalues of a matrix scaled to unit diagonal are kept at least this large. */
    private static final double SMALLEST_EIGENVALUE = 1e-10;
    /** Of larger matrices eigenvalues take longer than a fit should wait for without looking at the clock. */
    private static final int MOST_EIGENVALUES = 500;
    /** What is added to a diagonal until there is a factor: the first, and each over the one before; chosen. */
    private static final double SMALLEST_SHIFT = 1e-3;
    private static final double SHIFT_RATIO = 4;
    /** Steps of the power method, and what makes up for its error, which is on the small side; chosen. */
    private static final int POWERS = 30;
    private static final double SAFETY = 1.1;

    private SpdMatrix() {}

    /** The lower Cholesky factor, or null if the matrix is not positive definite. */
    public static @Nullable DMatrixRMaj cholesky(DMatrixRMaj a, Workers workers) {
        DMatrixRMaj l = a.copy();
        return LowerTriangular.cholesky(l.data, a.numRows, workers) ? l : null;
    }

    /**
     * The lower Cholesky factor of the inverse of a symmetric matrix, or null if it is not positive definite: with J the matrix that
     * reverses the order and L L' = J A J, it is J L^-T J.
     */
    public static @Nullable DMatrixRMaj factorOfInverse(DMatrixRMaj a, Workers workers) {
        int n = a.numRows;
        DMatrixRMaj factor = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) factor.data[i * n + j] = a.data[(n - 1 - i) * n + n - 1 - j];
        }
        if (!LowerTriangular.cholesky(factor.data, n, workers)) return null;
        LowerTriangular.invert(factor.data, n, workers);
        // element (i, j) and element (n - 1 - j, n - 1 - i) change places
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n - 1 - i && j <= i; j++) {
                int other = (n - 1 - j) * n + n - 1 - i;
                double x = factor.data[i * n + j];
                factor.data[i * n + j] = factor.data[other];
                factor.data[other] = x;
            }
        }
        return factor;
    }

    /**
     * The lower Cholesky factor of the inverse of a symmetric matrix, after scaling to unit diagonal. Where the matrix is indefinite, each
     * eigenvalue is replaced by its absolute value: the curvature is kept, its sign is not; where there are too many for that, a
     * multiple of the identity is added. Null if an element is not finite.
     */
    public static @Nullable DMatrixRMaj choleskyOfInverse(DMatrixRMaj h, Workers workers) {
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
        DMatrixRMaj factor = factorOfInverse(unit, workers);
        if (factor == null) factor = n > MOST_EIGENVALUES ? factorOfShifted(unit, workers) : withEigenvalues(unit, workers);
        if (factor == null) return null;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) factor.set(i, j, scale[i] * factor.get(i, j));
        }
        return factor;
    }

    /** With the eigenvalues replaced by their absolute values, at least a little; null if the decomposition fails. */
    private static @Nullable DMatrixRMaj withEigenvalues(DMatrixRMaj a, Workers workers) {
        return mapEigenvalues(a, x -> Math.max(Math.abs(x), SMALLEST_EIGENVALUE)) ? factorOfInverse(a, workers) : null;
    }

    /** With the smallest of a row of multiples of the identity added that makes the matrix positive definite (Nocedal and Wright 2006, algorithm 3.3). */
    private static @Nullable DMatrixRMaj factorOfShifted(DMatrixRMaj a, Workers workers) {
        int n = a.numRows;
        double added = 0;
        // rows of unit diagonal and elements of at most n in magnitude: the largest shift is enough
        for (double shift = SMALLEST_SHIFT; shift < 4 * n * largest(a); shift *= SHIFT_RATIO) {
            for (int i = 0; i < n; i++) a.add(i, i, shift - added);
            added = shift;
            DMatrixRMaj factor = factorOfInverse(a, workers);
            if (factor != null) return factor;
        }
        return null;
    }

    private static double largest(DMatrixRMaj a) {
        double largest = 1;
        for (double x : a.data) largest = Math.max(largest, Math.abs(x));
        return largest;
    }

    /** The product of two lower triangular matrices. */
    public static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b, Workers workers) {
        return DMatrixRMaj.wrap(a.numRows, a.numCols, LowerTriangular.product(a.data, b.data, a.numRows, workers));
    }

    /**
     * Brings the eigenvalues of a symmetric matrix that is the identity plus a change between two bounds, the smaller below 1 and the larger
     * above: each by itself, or, where there are too many for that, all at once by a smaller change.
     *
     * @return false if the decomposition fails
     */
    public static boolean clampEigenvalues(DMatrixRMaj a, double smallest, double largest, Workers workers) {
        int n = a.numRows;
        if (n <= MOST_EIGENVALUES) return mapEigenvalues(a, x -> Math.min(largest, Math.max(smallest, x)));
        double radius = radiusOfChange(a, workers);
        double most = Math.min(1 - smallest, largest - 1);
        if (!(radius < Double.POSITIVE_INFINITY)) return false;
        double share = Math.min(1, most / radius);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) a.data[i * n + j] = share * a.data[i * n + j] + (i == j ? 1 - share : 0);
        }
        return true;
    }

    /** The largest eigenvalue, in magnitude, of a - I, and a little more: by the power method, whose error is on the small side. */
    private static double radiusOfChange(DMatrixRMaj a, Workers workers) {
        int n = a.numRows;
        SplittableRandom random = new SplittableRandom(1);
        double[] x = random.doubles(n, -1, 1).toArray();
        double radius = 0;
        for (int k = 0; k < POWERS; k++) {
            workers.check();
            double length = 0;
            for (double v : x) length += v * v;
            length = Math.sqrt(length);
            double[] y = new double[n];
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double sum = -x[i];
                for (int j = 0; j < n; j++) sum += a.data[i * n + j] * x[j];
                y[i] = sum / length;
                squares += y[i] * y[i];
            }
            radius = Math.sqrt(squares);
            if (!(radius > 0)) return radius;
            x = y;
        }
        return SAFETY * radius;
    }

    /** Replaces each eigenvalue of a symmetric matrix by a function of it; false if the decomposition fails. */
    static boolean mapEigenvalues(DMatrixRMaj a, DoubleUnaryOperator f) {
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

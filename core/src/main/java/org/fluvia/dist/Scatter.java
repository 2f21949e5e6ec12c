package org.fluvia.dist;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a matrix of data contribute to sums of squares.
 *
 * @param mean of the rows
 * @param triangle the upper triangular R (size x size, row-major) with R' R = sum of (row - mean) (row - mean)'
 */
record Scatter(double[] mean, double[] triangle) {

    /** Null if it is not finite. */
    static @Nullable Scatter of(double[] rows, int size) {
        int n = rows.length / size;
        double[] mean = new double[size];
        for (int i = 0; i < rows.length; i++) mean[i % size] += rows[i];
        for (int k = 0; k < size; k++) mean[k] /= n;
        DMatrixRMaj deviations = new DMatrixRMaj(n, size);
        for (int i = 0; i < rows.length; i++) deviations.data[i] = rows[i] - mean[i % size];
        var qr = DecompositionFactory_DDRM.qr(n, size);
        qr.decompose(deviations); // false where a column depends on others, which does R no harm
        double[] triangle = qr.getR(null, true).data;
        for (double v : triangle) if (!Double.isFinite(v)) return null;
        return new Scatter(mean, triangle);
    }
}

package org.fluvia.autodiff;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Where a replay takes the values of an input per draw from. Called by several threads, for different draws. */
@FunctionalInterface
public interface DrawSource {
    /**
     * Writes the values of draws first, ..., first + count - 1: element i of draw first + j goes to
     * {@code x[offset + i * stride + j]}, for i from 0 to elements - 1.
     */
    void fill(int first, int count, int elements, double[] x, int offset, int stride);

    /** The columns of a matrix (elements x draws). The matrix is not copied. */
    static DrawSource of(DMatrixRMaj matrix) {
        return (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < elements; i++) {
                System.arraycopy(matrix.data, i * matrix.numCols + first, x, offset + i * stride, count);
            }
        };
    }

    /** The same values in every draw. They are not copied. */
    static DrawSource everywhere(double[] values) {
        return (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < elements; i++) Arrays.fill(x, offset + i * stride, offset + i * stride + count, values[i]);
        };
    }

    /** The identity matrix: draw i is 1 in element i and 0 in all others. */
    static DrawSource units() {
        return (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < elements; i++) {
                for (int j = 0; j < count; j++) x[offset + i * stride + j] = first + j == i ? 1 : 0;
            }
        };
    }
}

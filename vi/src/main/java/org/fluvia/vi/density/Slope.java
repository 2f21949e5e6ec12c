package org.fluvia.vi.density;

import org.ejml.data.DMatrixRMaj;

/** A log-density's gradient at many points. Belongs to one thread. */
public interface Slope {
    /** Evaluates at the columns of a matrix (dimension x points); results stay until the next evaluation. */
    void evaluate(DMatrixRMaj points);

    /** The gradients of the last evaluation (dimension x points); not a copy. */
    DMatrixRMaj gradients();
}

package org.fluvia.vi.draws;

import org.ejml.data.DMatrixRMaj;

/**
 * The draws that a posterior has.
 *
 * @param z on the unconstrained scale, dimension x draws
 * @param values elements of all that is reported x draws
 * @param logDensity the model's, unconstrained, for each draw
 * @param logApproximation the approximation's, unconstrained, for each draw
 */
public record ReportedDraws(DMatrixRMaj z, DMatrixRMaj values, double[] logDensity, double[] logApproximation) {}

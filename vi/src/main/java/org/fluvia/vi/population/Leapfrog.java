package org.fluvia.vi.population;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.density.Slope;

/**
 * Trajectories of Hamiltonian Monte Carlo, one for each of many points, in coordinates whitened by the points' own covariance: x = S y with S S' that
 * covariance, and kinetic energy half the square of the momentum of y.
 *
 * @param end where they end: dimension x points
 * @param gain kinetic energy lost, for each
 */
public record Leapfrog(DMatrixRMaj end, double[] gain) {
    /**
     * @param gradients of the log-density at the points
     * @param scale S
     * @param steps lengths, one for each point
     * @param seed of the momenta
     */
    public static Leapfrog of(Slope density, DMatrixRMaj points, DMatrixRMaj gradients, DMatrixRMaj scale, double[] steps, int leapfrogs, long seed) {
        int n = points.numCols;
        DMatrixRMaj momentum = NormalNoise.of(seed).matrix(points.numRows, n);
        double[] gain = new double[n];
        addKinetic(momentum, 1, gain);
        DMatrixRMaj x = points.copy();
        push(momentum, gradients, scale, steps, 0.5);
        for (int l = 1; l <= leapfrogs; l++) {
            drift(x, momentum, scale, steps);
            density.evaluate(x);
            push(momentum, density.gradients(), scale, steps, l < leapfrogs ? 1 : 0.5);
        }
        addKinetic(momentum, -1, gain);
        return new Leapfrog(x, gain);
    }

    /** Step lengths that vary around the usual one. */
    public static double[] steps(int n, double usual, double jitter, long seed) {
        double[] steps = NormalNoise.of(seed).values(n);
        for (int j = 0; j < n; j++) steps[j] = usual * StrictMath.exp(jitter * steps[j]);
        return steps;
    }

    /**
     * A factor of the points' covariance, drawn towards its diagonal.
     *
     * @param shrinkage points that the correlations are drawn to zero by, for each dimension
     */
    public static DMatrixRMaj scale(DMatrixRMaj points, double shrinkage) {
        int d = points.numRows;
        int n = points.numCols;
        DMatrixRMaj centred = points.copy();
        for (int i = 0; i < d; i++) {
            double mean = 0;
            for (int j = 0; j < n; j++) mean += points.data[i * n + j] / n;
            for (int j = 0; j < n; j++) centred.data[i * n + j] -= mean;
        }
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransB(1.0 / n, centred, centred, covariance);
        double kept = n / (n + shrinkage * d);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) if (k != i) covariance.data[i * d + k] *= kept;
        }
        DMatrixRMaj factor = SpdMatrix.cholesky(covariance, Workers.none());
        if (factor != null) return factor;
        DMatrixRMaj diagonal = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) diagonal.set(i, i, Math.sqrt(Math.max(Double.MIN_NORMAL, covariance.get(i, i))));
        return diagonal;
    }

    private static void addKinetic(DMatrixRMaj momentum, int sign, double[] sum) {
        int n = sum.length;
        double[] kinetic = new double[n];
        for (int i = 0; i < momentum.numRows; i++) {
            for (int j = 0; j < n; j++) kinetic[j] += 0.5 * momentum.data[i * n + j] * momentum.data[i * n + j];
        }
        for (int j = 0; j < n; j++) sum[j] += sign * kinetic[j];
    }

    /** momentum += part step S' gradient. A gradient that is not finite makes the momentum so, and the point stays. */
    private static void push(DMatrixRMaj momentum, DMatrixRMaj gradients, DMatrixRMaj scale, double[] steps, double part) {
        DMatrixRMaj whitened = new DMatrixRMaj(momentum.numRows, momentum.numCols);
        CommonOps_DDRM.multTransA(scale, gradients, whitened);
        for (int k = 0; k < whitened.data.length; k++) momentum.data[k] += part * steps[k % steps.length] * whitened.data[k];
    }

    private static void drift(DMatrixRMaj x, DMatrixRMaj momentum, DMatrixRMaj scale, double[] steps) {
        DMatrixRMaj move = new DMatrixRMaj(x.numRows, x.numCols);
        CommonOps_DDRM.mult(scale, momentum, move);
        for (int k = 0; k < move.data.length; k++) x.data[k] += steps[k % steps.length] * move.data[k];
    }
}

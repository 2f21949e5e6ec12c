package org.fluvia.vi.approximation;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.training.State;

/**
 * A Gaussian on the unconstrained scale: mean + scale z, z standard normal.
 *
 * @param mean not modified
 * @param scale lower triangular with positive diagonal; not modified
 */
public record Gaussian(double[] mean, DMatrixRMaj scale) {

    public int dimension() {
        return mean.length;
    }

    public double logDetScale() {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) sum += StrictMath.log(scale.get(i, i));
        return sum;
    }

    /** The diagonal of the inverse of the covariance. */
    public double[] precisions() {
        int d = mean.length;
        double[] precisions = new double[d];
        double[] column = new double[d];
        for (int j = 0; j < d; j++) {
            for (int i = j; i < d; i++) {
                double sum = i == j ? 1 : 0;
                for (int k = j; k < i; k++) sum -= scale.get(i, k) * column[k];
                column[i] = sum / scale.get(i, i);
                precisions[j] += column[i] * column[i];
            }
        }
        return precisions;
    }

    /** The standard deviation of each element. */
    public double[] sds() {
        double[] sds = new double[mean.length];
        for (int i = 0; i < sds.length; i++) {
            double squares = 0;
            for (int k = 0; k <= i; k++) squares += scale.get(i, k) * scale.get(i, k);
            sds[i] = Math.sqrt(squares);
        }
        return sds;
    }

    /** The z of a point: the solution of mean + scale z = point. */
    public double[] whiten(double[] point) {
        double[] z = new double[mean.length];
        for (int i = 0; i < z.length; i++) {
            double sum = point[i] - mean[i];
            for (int k = 0; k < i; k++) sum -= scale.get(i, k) * z[k];
            z[i] = sum / scale.get(i, i);
        }
        return z;
    }

    /** mean + scale z. */
    public double[] place(double[] z) {
        double[] point = mean.clone();
        for (int i = 0; i < z.length; i++) {
            for (int k = 0; k <= i; k++) point[i] += scale.get(i, k) * z[k];
        }
        return point;
    }

    /** Passes a Gaussian to a state; the one to go on with. */
    public Gaussian passedTo(State state) {
        Gaussian copy = new Gaussian(mean.clone(), scale.copy());
        state.numbers(copy.mean);
        state.numbers(copy.scale.data);
        return copy;
    }

    /** N(mean, sd^2 I). */
    public static Gaussian isotropic(double[] mean, double sd) {
        DMatrixRMaj scale = new DMatrixRMaj(mean.length, mean.length);
        for (int i = 0; i < mean.length; i++) scale.set(i, i, sd);
        return new Gaussian(mean, scale);
    }
}

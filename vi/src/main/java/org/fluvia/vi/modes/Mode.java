package org.fluvia.vi.modes;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.vi.approximation.Gaussian;
import org.jspecify.annotations.Nullable;

/**
 * A maximum of the log-density on the unconstrained scale, with the Laplace approximation there.
 *
 * @param logDensity the log-density at the maximum
 */
public record Mode(Gaussian laplace, double logDensity) {
    /**
     * Null if the point is not close enough to a maximum.
     *
     * @param close in standard deviations, by Newton's step
     */
    static @Nullable Mode of(Gaussian laplace, double logDensity, DMatrixRMaj gradient, double close) {
        double squares = 0;
        int d = laplace.dimension();
        for (int j = 0; j < d; j++) {
            double whitened = 0;
            for (int i = j; i < d; i++) whitened += laplace.scale().get(i, j) * gradient.get(i, 0);
            squares += whitened * whitened;
        }
        return squares <= close * close ? new Mode(laplace, logDensity) : null;
    }

    /** Whether a point is less than so many standard deviations away. */
    boolean isNear(double[] point, double distance) {
        double squares = 0;
        for (double y : laplace.whiten(point)) squares += y * y;
        return squares < distance * distance;
    }

    /** Whether a point may be one of the Laplace approximation's draws: no further out than all but few of them. */
    public boolean holds(double[] point, double errors) {
        int d = laplace.dimension();
        return isNear(point, Math.sqrt(d + errors * Math.sqrt(2.0 * d)));
    }

    /** The log of the Laplace approximation's integral: roughly the mass under this maximum. */
    public double logMass() {
        return logDensity + laplace.logDetScale() + 0.5 * laplace.dimension() * StrictMath.log(2 * Math.PI);
    }
}

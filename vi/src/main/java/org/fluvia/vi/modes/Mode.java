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
    /** The most of a standard deviation that a maximum may be away by, by Newton's step. */
    private static final double CLOSE = 0.3;
    /** Maxima nearer than this, in standard deviations, are one. */
    private static final double SAME = 1;

    /** Null if the point is not close enough to a maximum. */
    static @Nullable Mode of(Gaussian laplace, double logDensity, DMatrixRMaj gradient) {
        double squares = 0;
        int d = laplace.dimension();
        for (int j = 0; j < d; j++) {
            double whitened = 0;
            for (int i = j; i < d; i++) whitened += laplace.scale().get(i, j) * gradient.get(i, 0);
            squares += whitened * whitened;
        }
        return squares <= CLOSE * CLOSE ? new Mode(laplace, logDensity) : null;
    }

    boolean isNear(double[] point) {
        double squares = 0;
        for (double y : laplace.whiten(point)) squares += y * y;
        return squares < SAME * SAME;
    }

    /** The log of the Laplace approximation's integral: roughly the mass under this maximum. */
    public double logMass() {
        return logDensity + laplace.logDetScale() + 0.5 * laplace.dimension() * StrictMath.log(2 * Math.PI);
    }
}

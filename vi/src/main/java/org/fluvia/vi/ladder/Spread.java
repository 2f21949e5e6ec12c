package org.fluvia.vi.ladder;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.plan.FitPlan;

/** A Gaussian that covers all modes: where flows begin that are to find each of them. */
final class Spread {
    private Spread() {}

    /**
     * With the mean of the modes, and as covariance that of their places and of a Gaussian at one of them, widened.
     *
     * @param one of them that was fitted; given back where the sum has no Cholesky factor
     */
    static Gaussian of(Ground ground, List<Mode> modes, Gaussian one) {
        FitPlan.Covering plan = ground.plan().covering();
        int d = one.dimension();
        double[] mean = new double[d];
        for (Mode m : modes) for (int i = 0; i < d; i++) mean[i] += m.laplace().mean()[i] / modes.size();
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double c = 0;
                for (int k = 0; k <= Math.min(i, j); k++) c += plan.wider() * plan.wider() * one.scale().get(i, k) * one.scale().get(j, k);
                for (Mode m : modes) c += (m.laplace().mean()[i] - mean[i]) * (m.laplace().mean()[j] - mean[j]) / modes.size();
                covariance.set(i, j, c);
            }
        }
        DMatrixRMaj scale = SpdMatrix.cholesky(covariance, ground.target().workers());
        return scale == null ? one : new Gaussian(mean, scale);
    }
}

package org.fluvia.vi.modes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.target.Target;
import org.jspecify.annotations.Nullable;

/** The maxima of a log-density that paths ended at, each once. Owned by the fit's thread. */
public final class Modes {
    /** Steps of a path that looks for one more. */
    private static final int MOST_STEPS = 60;

    private final Target target;
    private final List<Mode> found = new ArrayList<>();

    public Modes(Target target) {
        this.target = target;
    }

    public List<Mode> found() {
        return found;
    }

    /** The mode that a path from a point ends at, a new one or not; null if it ends nowhere. */
    public @Nullable Mode climb(double[] from, BooleanSupplier goOn) {
        List<double[]> path = LBfgsPath.from(target, from, MOST_STEPS, goOn);
        double[] end = path.get(path.size() - 1);
        return at(end, target.negativeHessian(end));
    }

    /**
     * The mode at a point; null if it is none.
     *
     * @param negativeHessian there, not modified
     */
    public @Nullable Mode at(double[] point, DMatrixRMaj negativeHessian) {
        for (double x : negativeHessian.data) if (!Double.isFinite(x)) return null;
        if (SpdMatrix.cholesky(negativeHessian, target.workers) == null) return null;
        DMatrixRMaj scale = SpdMatrix.choleskyOfInverse(negativeHessian, target.workers);
        if (scale == null) return null;
        Gaussian laplace = new Gaussian(point, scale);
        target.evaluate(DMatrixRMaj.wrap(point.length, 1, point.clone()));
        Mode mode = Mode.of(laplace, target.logDensities()[0], target.gradients());
        if (mode == null) return null;
        for (Mode known : found) if (known.isNear(point)) return known;
        found.add(mode);
        return mode;
    }
}

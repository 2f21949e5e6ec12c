package org.fluvia.vi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.model.ModelException;

/**
 * Where the fit starts: Gaussians at points along several L-BFGS paths, with the curvature found there, and plain ones where
 * the paths start; each is judged by its ELBO (Zhang et al. 2022, "Pathfinder"; the Laplace approximation at a mode is only
 * one of the candidates, because in hierarchical models it can be the worst).
 */
final class Starts {
    private static final int PATHS = 4;
    private static final int TRIED = 256;
    /** Stan's initial values: uniform on (-2, 2) on the unconstrained scale. */
    private static final double WIDTH = 2;
    private static final int POINTS_OF_A_PATH = 8;
    private static final int DRAWS = 256;
    private static final double[] PLAIN_SCALES = {1, 0.1, 0.01};

    private final Target target;
    private final GaussianStage stage;
    private final long seed;
    private final List<Mode> modes = new ArrayList<>();

    Starts(Target target, GaussianStage stage, long seed) {
        this.target = target;
        this.stage = stage;
        this.seed = seed;
    }

    /** The candidate with the best ELBO. */
    Gaussian best(Engine.Reporter reporter) {
        List<double[]> points = initialPoints();
        Gaussian best = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        int done = 0;
        for (double[] point : points) {
            for (Gaussian q : candidates(point)) {
                double score = stage.judge(q, DRAWS, -2).score();
                if (score > bestScore) {
                    best = q;
                    bestScore = score;
                }
            }
            reporter.report("starts", ++done, points.size(), bestScore);
            if (!reporter.goOn()) break;
        }
        return best != null ? best : Gaussian.isotropic(points.get(0), 1e-3);
    }

    /** The maxima of the log-density that the paths ended at, each once. */
    List<Mode> modes() {
        return modes;
    }

    /** Points with a finite log-density: zero if it has one, and the best of many random ones. */
    private List<double[]> initialPoints() {
        int d = target.dimension();
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj tried = new DMatrixRMaj(d, TRIED);
        for (int j = 1; j < TRIED; j++) {
            for (int i = 0; i < d; i++) tried.set(i, j, (2 * random.nextDouble() - 1) * WIDTH);
        }
        target.evaluate(tried);
        double[] values = target.logDensities().clone();
        List<Integer> finite = new ArrayList<>();
        for (int j = 1; j < TRIED; j++) if (Double.isFinite(values[j])) finite.add(j);
        boolean zeroIsFinite = Double.isFinite(values[0]);
        if (finite.isEmpty() && !zeroIsFinite) throw nowhere(tried);
        // one chance in many each, not simply the best: paths from afar find other modes
        int stride = Math.max(1, finite.size() / PATHS);
        List<Integer> chosen = new ArrayList<>();
        for (int k = 0; k + stride <= finite.size() && chosen.size() < PATHS - (zeroIsFinite ? 1 : 0); k += stride) {
            chosen.add(finite.subList(k, k + stride).stream().max(Comparator.comparingDouble(j -> values[j])).orElseThrow());
        }
        if (zeroIsFinite) chosen.add(0, 0);
        List<double[]> points = new ArrayList<>();
        for (int j : chosen) {
            double[] x = new double[d];
            for (int i = 0; i < d; i++) x[i] = tried.get(i, j);
            points.add(x);
        }
        return points;
    }

    private ModelException nowhere(DMatrixRMaj tried) {
        double[] first = new double[tried.numRows];
        for (int i = 0; i < first.length; i++) first[i] = tried.get(i, 0);
        return new ModelException("fit: the log-density of " + target.model.name() + " is not finite at any of " + TRIED
                + " points tried (zero and random ones within (-2, 2) on the unconstrained scale). At zero: "
                + target.model.explain(first) + ". Check supports, data and the constants of the model there.");
    }

    private List<Gaussian> candidates(double[] start) {
        List<Gaussian> all = new ArrayList<>();
        for (double sd : PLAIN_SCALES) all.add(Gaussian.isotropic(start, sd));
        List<double[]> path = LBfgsPath.from(target, start);
        int last = path.size() - 1;
        int before = -1;
        for (int k = 0; k < POINTS_OF_A_PATH; k++) {
            // dense at the end of the path, where the mass usually is
            double left = 1 - (k + 1.0) / POINTS_OF_A_PATH;
            int at = (int) Math.round(last * (1 - left * left));
            if (at == before) continue;
            before = at;
            double[] point = path.get(at);
            DMatrixRMaj hessian = target.negativeHessian(point);
            DMatrixRMaj scale = SpdMatrix.choleskyOfInverse(hessian);
            if (scale == null) continue;
            Gaussian q = new Gaussian(point, scale);
            all.add(q);
            if (at == last && SpdMatrix.cholesky(hessian) != null) addMode(q);
        }
        return all;
    }

    private void addMode(Gaussian laplace) {
        target.evaluate(DMatrixRMaj.wrap(laplace.dimension(), 1, laplace.mean().clone()));
        Mode mode = Mode.of(laplace, target.logDensities()[0], target.gradients());
        if (mode != null && modes.stream().noneMatch(m -> m.isNear(laplace.mean()))) modes.add(mode);
    }
}

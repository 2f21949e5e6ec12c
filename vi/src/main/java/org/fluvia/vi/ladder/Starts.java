package org.fluvia.vi.ladder;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Stopped;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.modes.NullDirections;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * Where the fit starts: Gaussians at points along several L-BFGS paths, with the curvature found there, and plain ones where
 * the paths start; each is judged by its ELBO (Zhang et al. 2022, "Pathfinder"; the Laplace approximation at a mode is only
 * one of the candidates, because in hierarchical models it can be the worst).
 */
final class Starts implements Rung {
    private final Ground ground;
    private final Target target;
    private final FitPlan.Starts plan;
    private @Nullable Gaussian best;
    private double bestScore = Double.NEGATIVE_INFINITY;

    Starts(Ground ground) {
        this.ground = ground;
        target = ground.target();
        plan = ground.plan().starts();
    }

    /** The candidate with the best ELBO. */
    @Override
    public Approximation climb(Approximation below, Stage stage) {
        double[] first = below.whitening().mean();
        try {
            List<double[]> points = new StartingPoints(ground).choose();
            first = points.get(0);
            for (int k = 0; k < points.size() && stage.goOn(); k++) {
                candidates(points.get(k), stage::goOn);
                stage.report(k + 1, points.size(), bestScore);
            }
        } catch (Stopped e) {
            stage.cut();
        }
        Gaussian found = best != null ? best : Gaussian.isotropic(first, plan.lastResort());
        return FlowApproximation.of(target.model(), found, ground.plan().defence());
    }

    private void consider(Gaussian q) {
        double score = ground.gaussians().candidate(q, plan);
        if (score > bestScore) {
            best = q;
            bestScore = score;
        }
    }

    private void candidates(double[] start, BooleanSupplier goOn) {
        for (double sd : plan.plainScales()) consider(Gaussian.isotropic(start, sd));
        List<double[]> path = ground.modes().path(start, plan.mostSteps(), goOn);
        int last = path.size() - 1;
        int before = -1;
        // from the end, as there may be no time for all
        for (int k = plan.pointsOfAPath() - 1; k >= 0; k--) {
            // dense at the end of the path, where the mass usually is
            double left = 1 - (k + 1.0) / plan.pointsOfAPath();
            int at = (int) Math.round(last * (1 - left * left));
            if (at == before) continue;
            before = at;
            double[] point = path.get(at);
            DMatrixRMaj hessian = target.negativeHessian(point);
            double[] endless = at == last ? NullDirections.improper(target, ground.plan().endless(), point, hessian) : null;
            if (endless != null) throw new Improper(target.model()).along(endless);
            DMatrixRMaj scale = SpdMatrix.choleskyOfInverse(hessian, target.workers());
            if (scale == null) continue;
            consider(new Gaussian(point, scale));
            if (at == last) ground.modes().at(point, hessian);
        }
        ground.modes().end(path.get(last), stillRises(start, path.get(last)));
    }

    /** Whether the density is larger beyond the end of a path, as far again and ten times as far. */
    private boolean stillRises(double[] start, double[] end) {
        DMatrixRMaj beyond = new DMatrixRMaj(end.length, 3);
        for (int i = 0; i < end.length; i++) {
            for (int k = 0; k < 3; k++) beyond.set(i, k, end[i] + plan.further().get(k) * (end[i] - start[i]));
        }
        target.evaluate(beyond);
        double[] values = target.logDensities();
        return values[0] < values[1] && values[1] < values[2];
    }
}

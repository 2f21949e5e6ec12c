package org.fluvia.vi.modes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * Directions at the end of a starting path in which the log-density has no curvature. Each is followed far both ways: where the
 * log-density does not fall on one side, on the line and beside it, a tube of constant width has infinite mass, and there is no
 * posterior. Beside it too, as the spike of a hierarchical model rises without end, but is thinner the higher it is.
 */
public final class NullDirections {
    private final Target target;
    private final FitPlan.Endless plan;
    private final double[] point;
    private final int d;
    private final double[] scale;

    private NullDirections(Target target, FitPlan.Endless plan, double[] point, DMatrixRMaj negativeHessian) {
        this.target = target;
        this.plan = plan;
        this.point = point;
        d = point.length;
        scale = new double[d];
        for (int i = 0; i < d; i++) {
            double diagonal = Math.abs(negativeHessian.get(i, i));
            scale[i] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 1;
        }
    }

    /**
     * The first direction of infinite mass, its largest element 1 in magnitude; null if there is none.
     *
     * @param negativeHessian at the point, not modified
     */
    public static double @Nullable [] improper(Target target, FitPlan.Endless plan, double[] point, DMatrixRMaj negativeHessian) {
        for (double x : negativeHessian.data) if (!Double.isFinite(x)) return null;
        return new NullDirections(target, plan, point, negativeHessian).find(negativeHessian);
    }

    private double @Nullable [] find(DMatrixRMaj negativeHessian) {
        DMatrixRMaj unit = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) unit.set(i, j, scale[i] * negativeHessian.get(i, j) * scale[j] - (i == j ? plan.nothing() : 0));
        }
        if (d > plan.mostDimensions() || SpdMatrix.cholesky(unit, target.workers()) != null) return null;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(unit)) return null;
        List<double[]> curved = new ArrayList<>();
        List<double[]> straight = new ArrayList<>();
        for (int k = 0; k < d; k++) {
            DMatrixRMaj v = eigen.getEigenVector(k);
            if (v == null) continue;
            double value = eigen.getEigenvalue(k).getReal() + plan.nothing();
            boolean isStraight = Math.abs(value) <= plan.nothing();
            double length = isStraight ? 1 : 1 / Math.sqrt(Math.abs(value));
            double[] x = new double[d];
            for (int i = 0; i < d; i++) x[i] = scale[i] * v.get(i, 0) * length;
            (isStraight ? straight : curved).add(x);
        }
        for (double[] direction : straight.subList(0, Math.min(straight.size(), plan.mostDirections()))) {
            double largest = 0;
            for (double x : direction) largest = Math.max(largest, Math.abs(x));
            for (int i = 0; i < d; i++) direction[i] /= largest;
            if (isEndless(direction, curved)) return direction;
        }
        return null;
    }

    private boolean isEndless(double[] direction, List<double[]> curved) {
        List<double[]> origins = new ArrayList<>(List.of(point));
        SplittableRandom random = new SplittableRandom(1);
        for (int b = 0; b < plan.beside() && !curved.isEmpty(); b++) {
            double[] beside = point.clone();
            for (double[] c : curved) {
                double step = (2 * random.nextDouble() - 1) / Math.sqrt(curved.size());
                for (int i = 0; i < d; i++) beside[i] += step * c[i];
            }
            origins.add(beside);
        }
        return isEndless(direction, origins, 1) || isEndless(direction, origins, -1);
    }

    /** Whether the log-density does not fall from any of the origins on, at any distance. */
    private boolean isEndless(double[] direction, List<double[]> origins, int sign) {
        int n = plan.afar().size() + 1;
        DMatrixRMaj points = new DMatrixRMaj(d, n * origins.size());
        for (int o = 0; o < origins.size(); o++) {
            for (int k = 0; k < n; k++) {
                double distance = k == 0 ? 0 : sign * plan.afar().get(k - 1);
                for (int i = 0; i < d; i++) points.set(i, o * n + k, origins.get(o)[i] + distance * direction[i]);
            }
        }
        target.evaluate(points);
        double[] values = target.logDensities();
        for (int o = 0; o < origins.size(); o++) {
            for (int k = 1; k < n; k++) {
                if (!(values[o * n + k] >= values[o * n] - plan.fall())) return false;
            }
        }
        return true;
    }
}

package org.fluvia.vi.modes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Stopped;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.plan.FitPlan;

/**
 * The path of a limited-memory BFGS ascent of a log-density (Nocedal and Wright 2006, algorithm 7.4). A line
 * search tries a geometric row of step lengths at once: they are draws of one replay. Longer steps than usual are tried only where
 * the longest usual one is the best: far out, differential equations can take a million steps.
 */
final class LBfgsPath {
    private final Target target;
    private final FitPlan.Path plan;
    private final int d;
    private final List<double[]> steps = new ArrayList<>();
    private final List<double[]> changes = new ArrayList<>();
    private final List<double[]> points = new ArrayList<>();
    private final BooleanSupplier goOn;
    private final int mostSteps;
    private DMatrixRMaj trials = new DMatrixRMaj(0, 0);
    private double[] x;
    private double[] gradient;
    private double value;

    private LBfgsPath(Target target, FitPlan.Path plan, double[] start, int mostSteps, BooleanSupplier goOn) {
        this.target = target;
        this.plan = plan;
        this.mostSteps = mostSteps;
        this.goOn = goOn;
        d = target.dimension();
        target.evaluate(DMatrixRMaj.wrap(d, 1, start.clone()));
        x = start.clone();
        value = target.logDensities()[0];
        gradient = gradient(0);
        points.add(x);
    }

    /**
     * The points of the path, the start first; only the start if the density is not finite there.
     *
     * @param goOn asked before each step; where one is stopped, the path ends before it
     */
    static List<double[]> from(Target target, FitPlan.Path plan, double[] start, int mostSteps, BooleanSupplier goOn) {
        LBfgsPath path = new LBfgsPath(target, plan, start, mostSteps, goOn);
        try {
            path.run();
        } catch (Stopped e) {
            // what there is by now is the path
        }
        return path.points;
    }

    private void run() {
        int flat = 0;
        for (int step = 0; step < mostSteps && Double.isFinite(value) && flat < plan.mostFlat() && goOn.getAsBoolean(); step++) {
            double before = value;
            double[] direction = direction();
            if (!search(direction)) {
                if (steps.isEmpty()) return;
                steps.clear();
                changes.clear();
                continue;
            }
            flat = value - before <= plan.tolerance() * (1 + Math.abs(value)) ? flat + 1 : 0;
        }
    }

    /** Moves along the direction to the best trial that increases the density enough; false if none does. */
    private boolean search(double[] direction) {
        double slope = dot(direction, gradient);
        if (!(slope > 0)) return false;
        boolean first = steps.isEmpty();
        double usual = first ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
        int best = tryLengths(direction, slope, usual, plan.ratio(), plan.trials());
        // with the usual length once more, which has the same value, unless the user's own code answers otherwise
        if (best == 0) best = tryLengths(direction, slope, usual, 1 / plan.ratio(), 1 + (first ? plan.beyondAtFirst() : plan.beyond()));
        if (best < 0) return false;
        double[] next = new double[d];
        for (int i = 0; i < d; i++) next[i] = trials.get(i, best);
        double[] oldX = x;
        double[] oldGradient = gradient;
        take(next, best);
        remember(minus(x, oldX), minus(oldGradient, gradient));
        return true;
    }

    /** Tries a geometric row of lengths; the best that increases the density enough, or -1. */
    private int tryLengths(double[] direction, double slope, double length, double ratio, int count) {
        double[] lengths = new double[count];
        trials = new DMatrixRMaj(d, count);
        for (int j = 0; j < count; j++) {
            lengths[j] = j == 0 ? length : lengths[j - 1] * ratio;
            for (int i = 0; i < d; i++) trials.set(i, j, x[i] + lengths[j] * direction[i]);
        }
        target.evaluate(trials);
        double[] values = target.logDensities();
        int best = -1;
        for (int j = 0; j < count; j++) {
            boolean enough = values[j] >= value + plan.decrease() * lengths[j] * slope;
            if (enough && gradientIsFinite(j) && (best < 0 || values[j] > values[best])) best = j;
        }
        return best;
    }

    private void take(double[] point, int column) {
        x = point;
        value = target.logDensities()[column];
        gradient = gradient(column);
        points.add(x);
    }

    private double[] gradient(int column) {
        double[] g = new double[d];
        for (int i = 0; i < d; i++) g[i] = target.gradients().get(i, column);
        return g;
    }

    private boolean gradientIsFinite(int column) {
        double sum = 0;
        for (int i = 0; i < d; i++) sum += target.gradients().get(i, column) * 0;
        return sum == 0 && target.logDensities()[column] < Double.POSITIVE_INFINITY;
    }

    /** Keeps a pair if the curvature along it is positive: then the approximate inverse stays positive definite. */
    private void remember(double[] step, double[] change) {
        if (dot(step, change) <= plan.leastCurvature() * dot(change, change)) return;
        if (steps.size() == plan.history()) {
            steps.remove(0);
            changes.remove(0);
        }
        steps.add(step);
        changes.add(change);
    }

    /** The two-loop recursion. */
    private double[] direction() {
        double[] q = gradient.clone();
        double[] alpha = new double[steps.size()];
        for (int k = steps.size() - 1; k >= 0; k--) {
            alpha[k] = dot(steps.get(k), q) / dot(steps.get(k), changes.get(k));
            add(-alpha[k], changes.get(k), q);
        }
        if (!steps.isEmpty()) {
            double[] y = changes.get(steps.size() - 1);
            double gamma = dot(steps.get(steps.size() - 1), y) / dot(y, y);
            for (int i = 0; i < d; i++) q[i] *= gamma;
        }
        for (int k = 0; k < steps.size(); k++) {
            double beta = dot(changes.get(k), q) / dot(steps.get(k), changes.get(k));
            add(alpha[k] - beta, steps.get(k), q);
        }
        return q;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void add(double factor, double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) b[i] += factor * a[i];
    }

    private static double[] minus(double[] a, double[] b) {
        double[] c = new double[a.length];
        for (int i = 0; i < a.length; i++) c[i] = a[i] - b[i];
        return c;
    }
}

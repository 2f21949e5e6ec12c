package org.fluvia.vi;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The path of a limited-memory BFGS ascent of a log-density (Nocedal and Wright 2006, algorithm 7.4), history 6. A line
 * search tries a geometric row of step lengths at once: they are draws of one replay.
 */
final class LBfgsPath {
    private static final int HISTORY = 6;
    private static final int MOST_STEPS = 1000;
    private static final int TRIALS = 16;
    private static final double RATIO = 0.4;
    private static final double TOLERANCE = 1e-9;
    private static final double DECREASE = 1e-4;

    private final Target target;
    private final int d;
    private final List<double[]> steps = new ArrayList<>();
    private final List<double[]> changes = new ArrayList<>();
    private final List<double[]> points = new ArrayList<>();
    private final DMatrixRMaj trials;
    private double[] x;
    private double[] gradient;
    private double value;

    private LBfgsPath(Target target) {
        this.target = target;
        d = target.dimension();
        trials = new DMatrixRMaj(d, TRIALS);
    }

    /** The points of the path, the start first; only the start if the density is not finite there. */
    static List<double[]> from(Target target, double[] start) {
        LBfgsPath path = new LBfgsPath(target);
        path.run(start);
        return path.points;
    }

    private void run(double[] start) {
        target.evaluate(DMatrixRMaj.wrap(d, 1, start.clone()));
        take(start.clone(), 0);
        int flat = 0;
        for (int step = 0; step < MOST_STEPS && Double.isFinite(value) && flat < 3; step++) {
            Engine.checkInterrupted();
            double before = value;
            double[] direction = direction();
            if (!search(direction)) {
                if (steps.isEmpty()) return;
                steps.clear();
                changes.clear();
                continue;
            }
            flat = value - before <= TOLERANCE * (1 + Math.abs(value)) ? flat + 1 : 0;
        }
    }

    /** Moves along the direction to the best trial that increases the density enough; false if none does. */
    private boolean search(double[] direction) {
        double slope = dot(direction, gradient);
        if (!(slope > 0)) return false;
        double longest = steps.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) * 100 : 2.5;
        double[] lengths = new double[TRIALS];
        for (int j = 0; j < TRIALS; j++) {
            lengths[j] = j == 0 ? longest : lengths[j - 1] * RATIO;
            for (int i = 0; i < d; i++) trials.set(i, j, x[i] + lengths[j] * direction[i]);
        }
        target.evaluate(trials);
        double[] values = target.logDensities();
        int best = -1;
        for (int j = 0; j < TRIALS; j++) {
            boolean enough = values[j] >= value + DECREASE * lengths[j] * slope;
            if (enough && gradientIsFinite(j) && (best < 0 || values[j] > values[best])) best = j;
        }
        if (best < 0) return false;
        double[] next = new double[d];
        for (int i = 0; i < d; i++) next[i] = trials.get(i, best);
        double[] oldX = x;
        double[] oldGradient = gradient;
        take(next, best);
        remember(minus(x, oldX), minus(oldGradient, gradient));
        return true;
    }

    private void take(double[] point, int column) {
        x = point;
        value = target.logDensities()[column];
        gradient = new double[d];
        for (int i = 0; i < d; i++) gradient[i] = target.gradients().get(i, column);
        points.add(x);
    }

    private boolean gradientIsFinite(int column) {
        double sum = 0;
        for (int i = 0; i < d; i++) sum += target.gradients().get(i, column) * 0;
        return sum == 0 && target.logDensities()[column] < Double.POSITIVE_INFINITY;
    }

    /** Keeps a pair if the curvature along it is positive: then the approximate inverse stays positive definite. */
    private void remember(double[] step, double[] change) {
        if (dot(step, change) <= 1e-12 * dot(change, change)) return;
        if (steps.size() == HISTORY) {
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

package org.fluvia.vi.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.model.ModelException;
import org.fluvia.vi.density.BrokenDraws;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/** The points that starting paths begin at, and what is wrong with a density there. */
final class StartingPoints {
    private final Target target;
    private final FitPlan.Starts plan;
    private final long seed;
    private final double @Nullable [] init;

    StartingPoints(Ground ground) {
        target = ground.target();
        plan = ground.plan().starts();
        seed = ground.seeds().starts();
        init = ground.init();
    }

    /**
     * Points with a finite log-density: the user's own, zero if it has one, the best of many random ones, and their mirror images, because
     * of two modes far apart a few points may all lie on one side.
     *
     * @throws ModelException if there is none, or the user's own is not one
     */
    List<double[]> choose() {
        if (init != null) checkFinite(init);
        DMatrixRMaj tried = tried();
        double[] values = target.logDensities().clone();
        int broken = (int) Arrays.stream(values).filter(BrokenDraws::isBroken).count();
        target.addBroken("starting points", broken, values.length,
                () -> column(tried, IntStream.range(0, values.length).filter(j -> BrokenDraws.isBroken(values[j])).findFirst()
                        .orElseThrow()));
        long gradientsUnknown = IntStream.range(0, values.length).filter(j -> Double.isFinite(values[j]) && !isFinite(target.gradients(), j))
                .count();
        target.broken().addGradients((int) gradientsUnknown, values.length);
        Set<Integer> chosen = new LinkedHashSet<>();
        if (Double.isFinite(values[0])) chosen.add(0);
        List<Integer> finite = IntStream.rangeClosed(1, plan.tried()).filter(j -> Double.isFinite(values[j])).boxed().toList();
        checkProper(tried, finite);
        // one chance in many each, not simply the best: paths from afar find other modes
        int stride = Math.max(1, finite.size() / plan.pairs());
        for (int k = 0, pairs = 0; k + stride <= finite.size() && pairs < plan.pairs(); k += stride, pairs++) {
            int best = finite.subList(k, k + stride).stream().max(Comparator.comparingDouble(j -> values[j])).orElseThrow();
            chosen.add(best);
            if (Double.isFinite(values[mirror(best)])) chosen.add(mirror(best));
        }
        if (chosen.isEmpty() && init == null) throw nowhere(tried);
        List<double[]> points = new ArrayList<>();
        if (init != null) points.add(init);
        chosen.forEach(j -> points.add(column(tried, j)));
        return points;
    }

    /** Zero, and random points with their mirror images, evaluated: from further away where the density is zero at all. */
    private DMatrixRMaj tried() {
        DMatrixRMaj points = within(plan.width());
        for (int k = 0; k < plan.wider().size() && isZeroEverywhere(); k++) points = within(plan.wider().get(k));
        return points;
    }

    private boolean isZeroEverywhere() {
        return Arrays.stream(target.logDensities(), 0, 1 + plan.tried()).allMatch(x -> x == Double.NEGATIVE_INFINITY);
    }

    private DMatrixRMaj within(double width) {
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj points = new DMatrixRMaj(target.dimension(), 1 + plan.tried());
        for (int j = 1; j <= plan.tried(); j += 2) {
            for (int i = 0; i < points.numRows; i++) {
                double x = (2 * random.nextDouble() - 1) * width;
                points.set(i, j, x);
                points.set(i, mirror(j), -x);
            }
        }
        target.evaluate(points);
        return points;
    }

    private static boolean isFinite(DMatrixRMaj m, int column) {
        double sum = 0;
        for (int i = 0; i < m.numRows; i++) sum += 0 * m.get(i, column);
        return sum == 0;
    }

    /** The column of the mirror image of the point in column j: 2 of 1, 1 of 2, 4 of 3 and so on. */
    private static int mirror(int j) {
        return (j - 1 ^ 1) + 1;
    }

    private static double[] column(DMatrixRMaj m, int j) {
        double[] x = new double[m.numRows];
        for (int i = 0; i < x.length; i++) x[i] = m.get(i, j);
        return x;
    }

    /**
     * A direction in which the gradient is the same at all points, near and far, is one in which the log-density is a straight line:
     * there is no posterior, and what a fit makes of it would look like one.
     *
     * @throws ModelException naming the first such parameter
     */
    private void checkProper(DMatrixRMaj tried, List<Integer> finite) {
        if (finite.size() < plan.few()) return;
        DMatrixRMaj near = target.gradients().copy();
        for (int i = 0; i < target.dimension(); i++) {
            double slope = near.get(i, finite.get(0));
            boolean straight = true;
            for (int j : finite) straight &= near.get(i, j) == slope;
            if (straight && isStraightAfar(i, column(tried, finite.get(0)), slope)) throw new Improper(target.model()).along(i);
        }
    }

    /** Far away too: a Laplace distribution around 100 is a straight line near zero. */
    private boolean isStraightAfar(int direction, double[] point, double slope) {
        DMatrixRMaj afar = new DMatrixRMaj(point.length, 2 * plan.afar().size());
        for (int j = 0; j < afar.numCols; j++) {
            for (int i = 0; i < point.length; i++) afar.set(i, j, point[i]);
            afar.set(direction, j, plan.afar().get(j / 2) * (1 - 2 * (j % 2)));
        }
        target.evaluate(afar);
        for (int j = 0; j < afar.numCols; j++) {
            // the line ends where the density is zero; where it is not known, nothing is
            if (target.logDensities()[j] == Double.NEGATIVE_INFINITY) return false;
            if (Double.isFinite(target.logDensities()[j]) && target.gradients().get(direction, j) != slope) return false;
        }
        return true;
    }

    private ModelException nowhere(DMatrixRMaj tried) {
        return new ModelException("fit", "the log-density of " + target.model().name() + " is not finite at any of " + plan.tried()
                + " points tried (zero and random ones on the unconstrained scale). At zero: "
                + target.model().explain(column(tried, 0)) + ". Check supports, data and the constants of the model there.");
    }

    private void checkFinite(double[] given) {
        target.evaluate(DMatrixRMaj.wrap(given.length, 1, given.clone()));
        if (Double.isFinite(target.logDensities()[0])) return;
        throw new ModelException("init", "the log-density of " + target.model().name() + " must be finite at the values given, but is "
                + target.logDensities()[0] + ": " + target.model().explain(given));
    }
}

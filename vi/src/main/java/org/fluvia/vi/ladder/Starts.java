package org.fluvia.vi.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Stopped;
import org.fluvia.model.BoundModel;
import org.fluvia.model.ModelException;
import org.fluvia.model.Quantity;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.judge.Elbo;
import org.fluvia.vi.modes.LBfgsPath;
import org.fluvia.vi.modes.Modes;
import org.fluvia.vi.modes.NullDirections;
import org.fluvia.vi.target.BrokenDraws;
import org.fluvia.vi.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * Where the fit starts: Gaussians at points along several L-BFGS paths, with the curvature found there, and plain ones where
 * the paths start; each is judged by its ELBO (Zhang et al. 2022, "Pathfinder"; the Laplace approximation at a mode is only
 * one of the candidates, because in hierarchical models it can be the worst).
 */
public final class Starts {
    /** Paths from random points, as many from their mirror images; one more from zero. */
    private static final int PAIRS = 2;
    private static final int TRIED = 256;
    /** As many points are chance enough that a gradient is not the same at all of them. */
    private static final int FEW = 8;
    private static final double[] AFAR = {10, 1e2, 1e3, 1e4, 1e6, 1e8};
    /** Stan's initial values: uniform on (-2, 2) on the unconstrained scale. */
    private static final double WIDTH = 2;
    private static final int POINTS_OF_A_PATH = 8;
    private static final int MOST_STEPS = 1000;
    private static final int DRAWS = 256;
    private static final double[] PLAIN_SCALES = {1, 0.1, 0.01};
    /** So many times the length of a path beyond its end. */
    private static final double[] FURTHER = {0, 1, 10};

    private final Target target;
    private final GaussianStage gaussians;
    private final long seed;
    private final double @Nullable [] init;
    private @Nullable Gaussian best;
    private double bestScore = Double.NEGATIVE_INFINITY;
    private final Modes modes;
    private int gradientsUnknown;
    private final List<double @Nullable []> runaways = new ArrayList<>();

    /**
     * @param modes is told those that paths end at
     * @param init where the user says to start, besides the points chosen here; unconstrained
     */
    public Starts(Target target, GaussianStage gaussians, Modes modes, long seed, double @Nullable [] init) {
        this.modes = modes;
        this.target = target;
        this.gaussians = gaussians;
        this.seed = seed;
        this.init = init;
    }

    /** The candidate with the best ELBO. */
    public Gaussian best(Stage stage) {
        List<double[]> points = List.of(init != null ? init : new double[target.dimension()]);
        try {
            points = initialPoints();
            for (int k = 0; k < points.size() && stage.goOn(); k++) {
                candidates(points.get(k), stage::goOn);
                stage.report(k + 1, points.size(), bestScore);
            }
        } catch (Stopped e) {
            stage.cut();
        }
        return best != null ? best : Gaussian.isotropic(points.get(0), 1e-3);
    }

    private void consider(Gaussian q) {
        double score = gaussians.judge(q, DRAWS, -2).score();
        if (score > bestScore) {
            best = q;
            bestScore = score;
        }
    }

    /**
     * Points with a finite log-density: the user's own, zero if it has one, the best of many random ones, and their mirror images, because of two
     * modes far apart a few points may all lie on one side.
     */
    private List<double[]> initialPoints() {
        if (init != null) checkFinite(init);
        int d = target.dimension();
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj tried = new DMatrixRMaj(d, 1 + TRIED);
        for (int j = 1; j <= TRIED; j += 2) {
            for (int i = 0; i < d; i++) {
                double x = (2 * random.nextDouble() - 1) * WIDTH;
                tried.set(i, j, x);
                tried.set(i, mirror(j), -x);
            }
        }
        target.evaluate(tried);
        double[] values = target.logDensities().clone();
        int broken = (int) Arrays.stream(values).filter(BrokenDraws::isBroken).count();
        target.broken.add("starting points", broken, values.length,
                () -> column(tried, IntStream.range(0, values.length).filter(j -> BrokenDraws.isBroken(values[j])).findFirst().orElseThrow()));
        gradientsUnknown = (int) IntStream.range(0, values.length).filter(j -> Double.isFinite(values[j]) && !isFinite(target.gradients(), j)).count();
        Set<Integer> chosen = new LinkedHashSet<>();
        if (Double.isFinite(values[0])) chosen.add(0);
        List<Integer> finite = IntStream.rangeClosed(1, TRIED).filter(j -> Double.isFinite(values[j])).boxed().toList();
        checkProper(tried, finite);
        // one chance in many each, not simply the best: paths from afar find other modes
        int stride = Math.max(1, finite.size() / PAIRS);
        for (int k = 0, pairs = 0; k + stride <= finite.size() && pairs < PAIRS; k += stride, pairs++) {
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

    private static boolean isFinite(DMatrixRMaj m, int column) {
        double sum = 0;
        for (int i = 0; i < m.numRows; i++) sum += 0 * m.get(i, column);
        return sum == 0;
    }

    /** What is wrong with the gradient at the starting points, in words; null if nothing is. */
    public @Nullable String gradientNote() {
        return gradientsUnknown == 0 ? null : "the gradient is NaN or infinite at " + gradientsUnknown + " of " + (1 + TRIED)
                + " starting points where the log-density is finite, and the fit goes on without it there. A branch that where(...) does not take"
                + " must have a derivative too: keep its argument inside by max or min.";
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
        if (finite.size() < FEW) return;
        DMatrixRMaj near = target.gradients().copy();
        for (int i = 0; i < target.dimension(); i++) {
            double slope = near.get(i, finite.get(0));
            boolean straight = true;
            for (int j : finite) straight &= near.get(i, j) == slope;
            if (straight && isStraightAfar(i, column(tried, finite.get(0)), slope)) throw improper(i);
        }
    }

    /** Far away too: a Laplace distribution around 100 is a straight line near zero. */
    private boolean isStraightAfar(int direction, double[] point, double slope) {
        DMatrixRMaj afar = new DMatrixRMaj(point.length, 2 * AFAR.length);
        for (int j = 0; j < afar.numCols; j++) {
            for (int i = 0; i < point.length; i++) afar.set(i, j, point[i]);
            afar.set(direction, j, AFAR[j / 2] * (1 - 2 * (j % 2)));
        }
        target.evaluate(afar);
        for (int j = 0; j < afar.numCols; j++) {
            // the line ends where the density is zero; where it is not known, nothing is
            if (target.logDensities()[j] == Double.NEGATIVE_INFINITY) return false;
            if (Double.isFinite(target.logDensities()[j]) && target.gradients().get(direction, j) != slope) return false;
        }
        return true;
    }

    private ModelException improper(int direction) {
        return new ModelException("fit", "the posterior of " + name(direction)
                + " is improper, as neither a prior nor the data hold it: the log-density of " + target.model.name()
                + " is a straight line along it. Give it a prior by m.sample, or leave it out.");
    }

    private ModelException improper(double[] direction) {
        List<String> parts = IntStream.range(0, direction.length).boxed().filter(i -> Math.abs(direction[i]) > 1e-3)
                .sorted(Comparator.comparingDouble(i -> -Math.abs(direction[i]))).map(i -> String.format(Locale.ROOT, "%+.3g in %s",
                        direction[i], name(i))).toList();
        if (parts.size() == 1) {
            return improper(IntStream.range(0, direction.length).filter(i -> Math.abs(direction[i]) == 1).findFirst().orElseThrow());
        }
        return new ModelException("fit", "the posterior of " + target.model.name() + " is improper, as neither priors nor the data hold these"
                + " together: the log-density does not fall however far one goes in the direction " + String.join(", ", parts.subList(0,
                Math.min(6, parts.size()))) + (parts.size() > 6 ? ", ..." : "") + " (on the unconstrained scale). Give them priors by m.sample,"
                + " or leave out what the data cannot tell apart.");
    }

    /** Of an element of the unconstrained vector: that of its parameter where they do not belong one to one. */
    private String name(int element) {
        BoundModel model = target.model;
        int parameter = 0;
        while (element >= model.unconstrainedSizes().get(parameter)) element -= model.unconstrainedSizes().get(parameter++);
        Quantity q = model.parameters().get(parameter);
        return q.shape().size() == model.unconstrainedSizes().get(parameter) ? q.shape().label(q.name(), element) : q.name();
    }

    private ModelException nowhere(DMatrixRMaj tried) {
        return new ModelException("fit", "the log-density of " + target.model.name() + " is not finite at any of " + TRIED
                + " points tried (zero and random ones within (-2, 2) on the unconstrained scale). At zero: "
                + target.model.explain(column(tried, 0)) + ". Check supports, data and the constants of the model there.");
    }

    private void checkFinite(double[] given) {
        target.evaluate(DMatrixRMaj.wrap(given.length, 1, given.clone()));
        if (Double.isFinite(target.logDensities()[0])) return;
        throw new ModelException("init", "the log-density of " + target.model.name() + " must be finite at the values given, but is "
                + target.logDensities()[0] + ": " + target.model.explain(given));
    }

    private void candidates(double[] start, BooleanSupplier goOn) {
        for (double sd : PLAIN_SCALES) consider(Gaussian.isotropic(start, sd));
        List<double[]> path = LBfgsPath.from(target, start, MOST_STEPS, goOn);
        int last = path.size() - 1;
        int before = -1;
        // from the end, as there may be no time for all
        for (int k = POINTS_OF_A_PATH - 1; k >= 0; k--) {
            // dense at the end of the path, where the mass usually is
            double left = 1 - (k + 1.0) / POINTS_OF_A_PATH;
            int at = (int) Math.round(last * (1 - left * left));
            if (at == before) continue;
            before = at;
            double[] point = path.get(at);
            DMatrixRMaj hessian = target.negativeHessian(point);
            double[] endless = at == last ? NullDirections.improper(target, point, hessian) : null;
            if (endless != null) throw improper(endless);
            DMatrixRMaj scale = SpdMatrix.choleskyOfInverse(hessian, target.workers);
            if (scale == null) continue;
            consider(new Gaussian(point, scale));
            if (at == last) modes.at(point, hessian);
        }
        runaways.add(stillRises(start, path.get(last)) ? path.get(last) : null);
    }

    /** Whether the density is larger beyond the end of a path, as far again and ten times as far. */
    private boolean stillRises(double[] start, double[] end) {
        DMatrixRMaj beyond = new DMatrixRMaj(end.length, 3);
        for (int i = 0; i < end.length; i++) {
            for (int k = 0; k < 3; k++) beyond.set(i, k, end[i] + FURTHER[k] * (end[i] - start[i]));
        }
        target.evaluate(beyond);
        double[] values = target.logDensities();
        return values[0] < values[1] && values[1] < values[2];
    }

    /** Where the paths ended, if the density rises beyond the end of every one of them; empty if one found a maximum. */
    public List<double[]> runaways() {
        return runaways.stream().allMatch(Objects::nonNull) ? List.copyOf(runaways) : List.of();
    }
}

package org.fluvia.vi.modes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.training.Resumable;
import org.fluvia.flows.training.State;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.plan.FitPlan;
import org.fluvia.vi.population.Population;
import org.jspecify.annotations.Nullable;

/** The maxima of a log-density that paths ended at, each once, and where starting paths ran away. Owned by the fit's thread. */
public final class Modes implements Resumable {
    private final Target target;
    private final FitPlan.Modes plan;
    private final FitPlan.Path pathPlan;
    private final List<Mode> found = new ArrayList<>();
    private final List<double @Nullable []> ends = new ArrayList<>();
    private @Nullable Population population;

    public Modes(Target target, FitPlan plan) {
        this.target = target;
        this.plan = plan.modes();
        this.pathPlan = plan.path();
    }

    /** Takes what is known of the same density in other coordinates: particles, and its maxima, where one may lie elsewhere: paths lead there from these. */
    public void take(Modes others, UnaryOperator<double[]> change, BooleanSupplier goOn) {
        Population known = others.population;
        if (known != null) population = new Population(known.points().stream().map(change).toList(), known.logEvidence());
        for (double[] end : others.ends) ends.add(end == null ? null : change.apply(end));
        for (Mode m : others.found) if (goOn.getAsBoolean()) climb(change.apply(m.laplace().mean()), goOn);
    }

    @Override
    public void state(State state) {
        Gaussian blank = Gaussian.isotropic(new double[target.dimension()], 1);
        List<Mode> modes = new ArrayList<>();
        for (int k = 0, n = state.whole(found.size()); k < n; k++) {
            Mode mode = k < found.size() ? found.get(k) : new Mode(blank, 0);
            modes.add(new Mode(mode.laplace().passedTo(state), state.number(mode.logDensity())));
        }
        List<double @Nullable []> paths = new ArrayList<>();
        for (int k = 0, n = state.whole(ends.size()); k < n; k++) {
            double[] end = k < ends.size() ? ends.get(k) : null;
            paths.add(state.flag(end != null) ? passed(end, state) : null);
        }
        found.clear();
        found.addAll(modes);
        ends.clear();
        ends.addAll(paths);
        if (!state.flag(population != null)) {
            population = null;
            return;
        }
        List<double[]> points = new ArrayList<>();
        List<double[]> now = population == null ? List.of() : population.points();
        for (int k = 0, n = state.whole(now.size()); k < n; k++) points.add(passed(k < now.size() ? now.get(k) : null, state));
        Estimate evidence = population == null ? null : population.logEvidence();
        boolean isKnown = state.flag(evidence != null);
        double value = state.number(evidence == null ? 0 : evidence.value());
        double error = state.number(evidence == null ? 0 : evidence.standardError());
        population = new Population(points, isKnown ? new Estimate(value, error) : null);
    }

    private double[] passed(double @Nullable [] point, State state) {
        double[] copy = point == null ? new double[target.dimension()] : point.clone();
        state.numbers(copy);
        return copy;
    }

    public List<Mode> found() {
        return found;
    }

    /** Those under which most mass lies by their Laplace approximations, the heaviest first. */
    public List<Mode> heaviest(int most, double leastShare) {
        double highest = found.stream().mapToDouble(Mode::logMass).max().orElse(0);
        return found.stream().filter(m -> m.logMass() >= highest + StrictMath.log(leastShare))
                .sorted(Comparator.comparingDouble(m -> -m.logMass())).limit(most).toList();
    }

    /** Takes note of particles that looked for the mass, besides others. */
    public void take(Population found) {
        population = population == null ? found : population.with(found);
    }

    /** Null where there are none. */
    public @Nullable Population population() {
        return population;
    }

    /** Those whose log-density is at most so far below the highest, in nats. */
    public List<Mode> within(double depth) {
        double highest = found.stream().mapToDouble(Mode::logDensity).max().orElse(0);
        return found.stream().filter(m -> m.logDensity() >= highest - depth).toList();
    }

    /**
     * The points of an L-BFGS path, the start first; only the start if the density is not finite there.
     *
     * @param goOn asked before each step; where one is stopped, the path ends before it
     */
    public List<double[]> path(double[] from, int mostSteps, BooleanSupplier goOn) {
        return LBfgsPath.from(target, pathPlan, from, mostSteps, goOn);
    }

    /** Takes note of where a starting path ended, and whether the density rises beyond. */
    public void end(double[] point, boolean stillRises) {
        ends.add(stillRises ? point : null);
    }

    /** Where the starting paths ended, if the density rises beyond the end of every one of them; empty if one found a maximum. */
    public List<double[]> runaways() {
        return ends.stream().allMatch(Objects::nonNull) ? List.copyOf(ends) : List.of();
    }

    /** The mode that a path from a point ends at, a new one or not; null if it ends nowhere. */
    public @Nullable Mode climb(double[] from, BooleanSupplier goOn) {
        List<double[]> path = path(from, plan.mostSteps(), goOn);
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
        if (SpdMatrix.cholesky(negativeHessian, target.workers()) == null) return null;
        DMatrixRMaj scale = SpdMatrix.choleskyOfInverse(negativeHessian, target.workers());
        if (scale == null) return null;
        Gaussian laplace = new Gaussian(point, scale);
        target.evaluate(DMatrixRMaj.wrap(point.length, 1, point.clone()));
        Mode mode = Mode.of(laplace, target.logDensities()[0], target.gradients(), plan.close());
        if (mode == null) return null;
        for (Mode known : found) if (known.isNear(point, plan.same())) return known;
        found.add(mode);
        return mode;
    }
}

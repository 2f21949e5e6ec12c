package org.fluvia.vi.density;

import java.util.Objects;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.budget.Memory;
import org.jspecify.annotations.Nullable;

/** The log-density to approximate, on the unconstrained scale, with its derivatives. Belongs to one thread. */
public final class Target implements Slope {
    /** The cube root of the rounding error, where truncation and rounding of a central difference balance. */
    private static final double DIFFERENCE = 6e-6;

    private final BoundModel model;
    private final Workers workers;
    private final BrokenDraws broken;
    private final Expr z;
    private final Expr logDensity;
    private final Expr gradient;
    private final Workspace workspace;
    private final long work;
    private @Nullable SecondOrder secondOrder;

    /** Second derivatives along a direction; made when they are first asked for. */
    private record SecondOrder(Expr direction, Expr product, Workspace workspace) {}

    public Target(BoundModel model, Workers workers) {
        this(model, workers, new BrokenDraws());
    }

    private Target(BoundModel model, Workers workers, BrokenDraws broken) {
        this.model = model;
        this.workers = workers;
        this.broken = broken;
        z = model.unconstrained();
        logDensity = model.logDensityUnconstrained();
        gradient = Gradient.of(logDensity, z);
        Program program = Program.of(logDensity, gradient);
        work = program.workPerDraw();
        workspace = program.workspace(workers);
    }

    /** The same density in the coordinates of a model that is centred otherwise. */
    public Target in(BoundModel other) {
        return new Target(other, workers, broken);
    }

    public BoundModel model() {
        return model;
    }

    /** That share the work; asked by loops whether to go on. */
    public Workers workers() {
        return workers;
    }

    /** The draws at which the density was not known. */
    public BrokenDraws broken() {
        return broken;
    }

    /**
     * Takes note of a stage's draws at which the density is not known.
     *
     * @param first gives the first of them, in these coordinates; asked for at most once in a fit
     */
    public void addBroken(String stage, int count, int draws, Supplier<double[]> first) {
        broken.add(stage, count, draws, () -> Objects.requireNonNullElse(model.explain(first.get()), "it is finite when computed again there"));
    }

    /** Before anything is evaluated. */
    public void check(Memory memory) {
        memory.check("the log-density and its gradient", workspace, dimension());
    }

    public int dimension() {
        return model.dimension();
    }

    /** Of an evaluation at a draw: roughly how many elements are computed. */
    public long work() {
        return work;
    }

    @Override
    public void evaluate(DMatrixRMaj points) {
        workspace.set(z, DrawSource.of(points));
        workspace.run(points.numCols);
    }

    /** The log-densities of the last evaluation; not a copy. */
    public double[] logDensities() {
        return workspace.perDraw(logDensity).data;
    }

    @Override
    public DMatrixRMaj gradients() {
        return workspace.perDraw(gradient);
    }

    /**
     * Minus the matrix of second derivatives at a point, symmetrised: exact, by differentiating the gradient along every
     * coordinate, each in a draw of its own. For a density of the user's own code, by central differences.
     */
    public DMatrixRMaj negativeHessian(double[] point) {
        int d = dimension();
        DMatrixRMaj h = model.isDifferentiableTwice() ? products(point) : differences(point);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double mean = -0.5 * (h.get(i, j) + h.get(j, i));
                h.set(i, j, mean);
                h.set(j, i, mean);
            }
        }
        return h;
    }

    private DMatrixRMaj products(double[] point) {
        int d = dimension();
        if (secondOrder == null) secondOrder = secondOrder();
        Workspace w = secondOrder.workspace;
        w.set(z, DrawSource.everywhere(point));
        w.set(secondOrder.direction, DrawSource.units());
        w.run(d);
        return w.perDraw(secondOrder.product).copy();
    }

    private SecondOrder secondOrder() {
        Expr direction = Expr.perDraw("direction", z.shape());
        Expr product = Gradient.of(gradient.dot(direction), z);
        return new SecondOrder(direction, product, Program.of(product).workspace(workers));
    }

    private DMatrixRMaj differences(double[] point) {
        int d = dimension();
        DMatrixRMaj points = new DMatrixRMaj(d, 2 * d);
        double[] step = new double[d];
        for (int i = 0; i < d; i++) {
            step[i] = DIFFERENCE * Math.max(1e-3, Math.abs(point[i]));
            for (int j = 0; j < 2 * d; j++) points.set(i, j, point[i]);
            points.set(i, 2 * i, point[i] + step[i]);
            points.set(i, 2 * i + 1, point[i] - step[i]);
        }
        evaluate(points);
        DMatrixRMaj g = gradients();
        DMatrixRMaj h = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) h.set(i, j, (g.get(i, 2 * j) - g.get(i, 2 * j + 1)) / (2 * step[j]));
        }
        return h;
    }
}

package org.fluvia.bench;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;

/** The log-density of a model with its gradient, at many draws. Belongs to one thread; the workers help. */
public final class ModelGradient {
    /** Unconstrained points at which results are compared; batches repeat them. */
    private static final int POINTS = 6;
    private static final double SPREAD = 0.3;

    private final Expr logDensity;
    private final Expr gradient;
    private final Workspace workspace;
    private final int draws;

    private ModelGradient(BoundModel model, int draws, Workers workers) {
        this.draws = draws;
        logDensity = model.logDensityUnconstrained();
        gradient = Gradient.of(logDensity, model.unconstrained());
        workspace = Program.of(logDensity, gradient).workspace(workers);
        workspace.set(model.unconstrained(), DrawSource.of(batch(points(model.dimension()), draws)));
    }

    public static ModelGradient of(BoundModel model, int draws, Workers workers) {
        return new ModelGradient(model, draws, workers);
    }

    /** dimension x points. */
    public static DMatrixRMaj points(int dimension) {
        DMatrixRMaj points = new DMatrixRMaj(dimension, POINTS);
        NormalNoise.of(3).fill(0, POINTS, dimension, points.data, 0, POINTS);
        for (int i = 0; i < points.data.length; i++) points.data[i] *= SPREAD;
        return points;
    }

    private static DMatrixRMaj batch(DMatrixRMaj points, int draws) {
        DMatrixRMaj batch = new DMatrixRMaj(points.numRows, draws);
        for (int i = 0; i < points.numRows; i++) {
            for (int j = 0; j < draws; j++) batch.set(i, j, points.get(i, j % POINTS));
        }
        return batch;
    }

    /** Evaluates all draws; answers a value, so that nothing can be left out. */
    public double run() {
        workspace.run(draws);
        return workspace.perDraw(gradient).data[0];
    }

    /** The log-density at each of the points. */
    public double[] logDensities() {
        return java.util.Arrays.copyOf(workspace.perDraw(logDensity).data, POINTS);
    }

    /** The gradient at each of the points: points x dimension. */
    public double[][] gradients() {
        DMatrixRMaj g = workspace.perDraw(gradient);
        double[][] gradients = new double[POINTS][g.numRows];
        for (int j = 0; j < POINTS; j++) {
            for (int i = 0; i < g.numRows; i++) gradients[j][i] = g.get(i, j);
        }
        return gradients;
    }
}

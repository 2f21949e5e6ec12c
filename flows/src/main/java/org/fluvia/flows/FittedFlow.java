package org.fluvia.flows;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;

/**
 * A flow with its weights: a distribution to draw from and to evaluate, with plain numbers. Matrices are elements x draws.
 * Immutable and thread-safe.
 */
public final class FittedFlow {
    private final Flow flow;
    private final double[] weights;
    private final Expr noise;
    private final Expr sample;
    private final Program sampling;
    private final Expr value;
    private final Expr logDensity;
    private final Program density;

    private FittedFlow(Flow flow, double[] weights) {
        this.flow = flow;
        this.weights = weights;
        Shape shape = Shape.of(flow.dimension());
        noise = Expr.perDraw("noise", shape);
        sample = flow.sample(noise).value();
        sampling = Program.of(sample);
        value = Expr.perDraw("value", shape);
        logDensity = flow.logDensity(value);
        density = Program.of(logDensity);
    }

    /** @param weights laid out as {@link Flow#weights}; copied */
    public static FittedFlow of(Flow flow, double[] weights) {
        flow.weights().check("values", weights);
        return new FittedFlow(flow, weights.clone());
    }

    public Flow flow() {
        return flow;
    }

    /** A copy of the weights. */
    public double[] weights() {
        return weights.clone();
    }

    /**
     * New draws, elements x n, the same for the same seed; the first draws do not depend on n.
     *
     * @throws IllegalArgumentException if n is negative
     */
    public DMatrixRMaj sample(int n, long seed) {
        if (n < 0) throw new IllegalArgumentException("sample: n must not be negative, but was " + n);
        Workspace w = sampling.workspace();
        flow.weights().set(w, weights);
        w.set(noise, NormalNoise.of(seed));
        w.run(n);
        return w.perDraw(sample).copy();
    }

    /**
     * The log-density in nats of each column.
     *
     * @param values elements x draws; not modified
     * @throws IllegalArgumentException if there are not as many rows as the flow has dimensions
     */
    public double[] logDensity(DMatrixRMaj values) {
        if (values.numRows != flow.dimension()) {
            throw new IllegalArgumentException("logDensity: values must have " + flow.dimension() + " rows, one for each"
                    + " element, but had " + values.numRows);
        }
        Workspace w = density.workspace();
        flow.weights().set(w, weights);
        w.set(value, DrawSource.of(values));
        w.run(values.numCols);
        return java.util.Arrays.copyOf(w.perDraw(logDensity).data, values.numCols);
    }
}

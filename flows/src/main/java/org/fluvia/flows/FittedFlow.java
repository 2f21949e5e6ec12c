package org.fluvia.flows;

import java.util.List;
import java.util.Map;
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

    private FittedFlow(Flow flow, double[] weights, Expr noise, Expr sample, Expr value, Expr logDensity) {
        this.flow = flow;
        this.weights = weights;
        this.noise = noise;
        this.sample = sample;
        sampling = Program.of(sample);
        this.value = value;
        this.logDensity = logDensity;
        density = Program.of(logDensity);
    }

    /** @param weights laid out as {@link Flow#weights}; copied */
    public static FittedFlow of(Flow flow, double[] weights) {
        flow.weights().check("values", weights);
        Shape shape = Shape.of(flow.dimension());
        Expr noise = Expr.perDraw("noise", shape);
        Expr value = Expr.perDraw("value", shape);
        return new FittedFlow(flow, weights.clone(), noise, flow.sample(noise).value(), value, flow.logDensity(value));
    }

    /**
     * This distribution for one context: a flow whose context is made of inputs per draw can only be evaluated once each of them is given.
     *
     * @param input what the context is, or an expression that it is made of
     * @param values its elements, row-major; copied
     */
    public FittedFlow given(Expr input, double... values) {
        if (values.length != input.shape().size()) {
            throw new IllegalArgumentException("given: " + input + " needs " + input.shape().size() + " values, but was given "
                    + values.length);
        }
        List<Expr> at = Expr.substitute(List.of(sample, logDensity), Map.of(input, Expr.vector(values).reshape(input.shape())));
        return new FittedFlow(flow, weights, noise, at.get(0), value, at.get(1));
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

package org.fluvia.flows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.check.Dimensions;

/**
 * A flow with its weights: a distribution to draw from and to evaluate, with plain numbers. Matrices are elements x draws.
 * Immutable and thread-safe.
 */
public final class FittedFlow {
    private final Flow flow;
    private final double[] weights;
    private final Recorded recorded;
    /** Contexts that are known, and what they are. */
    private final Map<Expr, Expr> given;
    private final Expr sample;
    private final Program sampling;
    private final Expr logDensity;
    private final Program density;

    /** Draws of noise, and the density at a value, of any context. */
    private record Recorded(Expr noise, Expr sample, Expr value, Expr logDensity) {
        static Recorded of(Flow flow) {
            Shape shape = Shape.of(flow.dimension());
            Expr noise = Expr.perDraw("noise", shape);
            Expr value = Expr.perDraw("value", shape);
            return new Recorded(noise, flow.sample(noise).value(), value, flow.logDensity(value));
        }
    }

    private FittedFlow(Flow flow, double[] weights, Recorded recorded, Map<Expr, Expr> given) {
        this.flow = flow;
        this.weights = weights;
        this.recorded = recorded;
        this.given = given;
        sample = known(List.of(recorded.sample)).get(0);
        sampling = Program.of(sample);
        logDensity = known(List.of(recorded.logDensity)).get(0);
        density = Program.of(logDensity);
    }

    /**
     * A flow with these weights.
     *
     * @param weights laid out as {@link Flow#weights}; copied
     * @throws IllegalArgumentException if there are not as many as the flow has, or one is not finite
     */
    public static FittedFlow of(Flow flow, double[] weights) {
        Dimensions.present("FittedFlow", "flow", flow).weights().check("values", Dimensions.present("FittedFlow", "weights", weights));
        Dimensions.finite("FittedFlow", "weights", weights, weights.length);
        return new FittedFlow(flow, weights.clone(), Recorded.of(flow), Map.of());
    }

    /** Expressions with the contexts that are known in their places. */
    List<Expr> known(List<Expr> of) {
        return given.isEmpty() ? of : Expr.substitute(of, given);
    }

    /**
     * This distribution for one context: a flow whose context is made of inputs per draw can only be evaluated once each of them is given.
     *
     * @param input what the context is, or an expression that it is made of
     * @param values its elements, row-major; copied
     * @throws IllegalArgumentException if there are not as many, one is not finite, or the flow does not depend on the input
     */
    public FittedFlow given(Expr input, double... values) {
        if (values.length != input.shape().size()) {
            throw new IllegalArgumentException("given: " + input + " needs " + input.shape().size() + " values, but was given "
                    + values.length);
        }
        Dimensions.finite("given", "values of " + input, values, values.length);
        // repeated over draws, as the input is: what was recorded of the one takes no other kind
        Expr context = Expr.vector(values).reshape(input.shape()).expand(input.shape(), input.isPerDraw());
        if (Expr.substitute(List.of(recorded.logDensity), Map.of(input, context)).get(0) == recorded.logDensity) {
            throw new IllegalArgumentException("given: the flow must depend on " + input + ", but does not. Its context is what it was built with.");
        }
        Map<Expr, Expr> known = new HashMap<>(given);
        known.put(input, context);
        return new FittedFlow(flow, weights, recorded, known);
    }

    /**
     * Tests these weights against what every flow promises: each direction undoes the other, the log-determinant is that of the Jacobian
     * (to 32 dimensions) and of opposite sign the other way, the density integrates to 1 (by quadrature in one and two dimensions, by
     * importance sampling above, which tells less), values and derivatives are finite for elements to 1e300, and points far out are reached.
     * For bijections of your own, and where numbers of a fitted flow seem wrong. Takes about a second.
     */
    public FlowCheck check() {
        checkGiven("check", density, recorded.value);
        return Checker.check(this);
    }

    private static void checkGiven(String asked, Program program, Expr argument) {
        for (Expr input : program.inputsPerDraw()) {
            if (input != argument) {
                throw new IllegalStateException(asked + ": the flow is conditional on " + input + ", which must be known. Take given(input, values)"
                        + " first.");
            }
        }
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
        checkGiven("sample", sampling, recorded.noise);
        return sample(n, seed, Map.of());
    }

    /** n draws, each given its own of the contexts that are not known. */
    DMatrixRMaj sample(int n, long seed, Map<Expr, DrawSource> contexts) {
        Workspace w = sampling.workspace();
        flow.weights().set(w, weights);
        w.set(recorded.noise, NormalNoise.of(seed));
        contexts.forEach(w::set);
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
        checkRows("logDensity", values);
        checkGiven("logDensity", density, recorded.value);
        return logDensity(DrawSource.of(values), values.numCols, Map.of());
    }

    /** The log-density of n draws of values, with the contexts that are not known from others. */
    double[] logDensity(DrawSource values, int n, Map<Expr, DrawSource> contexts) {
        Workspace w = density.workspace();
        flow.weights().set(w, weights);
        w.set(recorded.value, values);
        contexts.forEach(w::set);
        w.run(n);
        return Arrays.copyOf(w.perDraw(logDensity).data, n);
    }

    /**
     * The draw of the base that each column is made of.
     *
     * @param values elements x draws; not modified
     * @return elements x draws
     * @throws IllegalArgumentException if there are not as many rows as the flow has dimensions
     * @throws IllegalStateException if the flow is a mixture: a point may be made of a draw of any of its parts
     */
    public DMatrixRMaj toBase(DMatrixRMaj values) {
        checkRows("toBase", values);
        List<MappedFlow> parts = flow.parts();
        if (parts.size() != 1) {
            throw new IllegalStateException("toBase: the flow must be made of one base and one bijection, but is a mixture of " + parts.size()
                    + ", and a point may be made of a draw of any of them. Ask FittedFlow.of for one of its parts.");
        }
        Expr base = known(List.of(parts.get(0).bijection().inverse(recorded.value).value())).get(0);
        Program program = Program.of(base);
        checkGiven("toBase", program, recorded.value);
        Workspace w = program.workspace();
        flow.weights().set(w, weights);
        w.set(recorded.value, DrawSource.of(values));
        w.run(values.numCols);
        return w.perDraw(base).copy();
    }

    private void checkRows(String asked, DMatrixRMaj values) {
        if (Dimensions.present(asked, "values", values).numRows != flow.dimension()) {
            throw new IllegalArgumentException(asked + ": values must have " + flow.dimension() + " rows, one for each"
                    + " element, but had " + values.numRows);
        }
    }
}

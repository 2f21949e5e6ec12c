package org.fluvia.flows;

import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Rescaling;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.jspecify.annotations.Nullable;

/**
 * A distribution that was learned from samples, in their units, and how that went. Immutable and thread-safe.
 */
public final class LearnedFlow {
    private final FlowSpec spec;
    private final Standardisation standardisation;
    private final Built built;
    private final FittedFlow flow;
    private final TrainingRecord record;

    /** A flow of standardised data, rescaled to theirs, and what it is conditional on. */
    record Built(Flow flow, @Nullable Expr context) {
        static Built of(FlowSpec spec, Standardisation to, long seed) {
            int size = to.contextMean().size();
            Expr given = size == 0 ? null : Expr.perDraw("context", Shape.of(size));
            Context context = given == null ? Context.none()
                    : Context.of(given.minus(vector(to.contextMean())).div(vector(to.contextSd())));
            Flow flow = spec.build(to.mean().size(), seed, context);
            return new Built(flow.then(Rescaling.of(Standardisation.array(to.mean()), Standardisation.array(to.sd()))), given);
        }

        private static Expr vector(List<Double> x) {
            return Expr.vector(Standardisation.array(x));
        }
    }

    LearnedFlow(FlowSpec spec, Standardisation standardisation, Built built, double[] weights, TrainingRecord record) {
        this.spec = spec;
        this.standardisation = standardisation;
        this.built = built;
        this.record = record;
        flow = FittedFlow.of(built.flow, weights);
    }

    /**
     * One that was learned before.
     *
     * @param spec as {@link #spec} gave it
     * @param weights laid out as {@link Flow#weights}; copied
     */
    public static LearnedFlow of(FlowSpec spec, Standardisation standardisation, double[] weights, TrainingRecord record) {
        Dimensions.present("LearnedFlow", "spec", spec);
        Dimensions.present("LearnedFlow", "standardisation", standardisation);
        Dimensions.present("LearnedFlow", "record", record);
        return new LearnedFlow(spec, standardisation, Built.of(spec, standardisation, record.seed()), weights, record);
    }

    /** The recipe, turned towards densities where it was not told which way round to be; what it builds has {@link TrainingRecord#seed}. */
    public FlowSpec spec() {
        return spec;
    }

    /** What brings the recipe's flow to the place and units of the data. */
    public Standardisation standardisation() {
        return standardisation;
    }

    /** The flow, in the units of the data; for a conditional one see {@link #conditional}. */
    public FittedFlow flow() {
        return flow;
    }

    /** How training went. */
    public TrainingRecord record() {
        return record;
    }

    /** The mean log-density of the rows that were held out. */
    public LogLikelihood heldOut() {
        return record.heldOut();
    }

    /** What a code made for the distribution takes for a number of the rows held out, on average, in bits: -{@link #heldOut} / (d ln 2). */
    public double bitsPerDimension() {
        return -heldOut().mean() / (dimension() * StrictMath.log(2));
    }

    /** d, the number of elements of a point. */
    public int dimension() {
        return flow.flow().dimension();
    }

    /**
     * The log-density of each row, in nats; given its context where the flow is conditional.
     *
     * @throws IllegalArgumentException if they have not the width of what was learned from
     */
    public double[] logDensity(Samples at) {
        return logDensity(Dimensions.present("logDensity", "samples", at), 0);
    }

    /** With the noise of a pass. */
    private double[] logDensity(Samples at, long pass) {
        int contexts = standardisation.contextMean().size();
        if (at.dimension() != dimension() || at.contextDimension() != contexts) {
            throw new IllegalArgumentException("logDensity: samples must have " + dimension() + " columns and contexts of " + contexts + ", but had "
                    + at.dimension() + " and " + at.contextDimension());
        }
        Samples given = at.context();
        Map<Expr, DrawSource> known = built.context == null || given == null ? Map.of() : Map.of(built.context, given.source(0));
        return flow.logDensity(at.source(pass), at.size(), known);
    }

    /**
     * The log-probability of each row of integers, in nats: log of the mean density at points of its unit cube, which is on average too low by half
     * of that mean's relative variance (Burda et al. 2016, theorem 1). Columns that are not dequantised keep their density.
     *
     * @param at as {@link Samples#dequantised} makes them of integers
     * @param points at least 1, of each row
     */
    public double[] logProbability(Samples at, int points) {
        if (!Dimensions.present("logProbability", "samples", at).isDequantised()) {
            throw new IllegalArgumentException("logProbability: samples must be dequantised integers, but are not. Take Samples.dequantised.");
        }
        Dimensions.atLeast("logProbability", "points", 1, points);
        double[] logSum = logDensity(at, 0);
        for (int k = 1; k < points; k++) {
            double[] next = logDensity(at, k);
            for (int i = 0; i < next.length; i++) {
                double larger = Math.max(logSum[i], next[i]);
                if (larger > Double.NEGATIVE_INFINITY) logSum[i] = larger + StrictMath.log1p(StrictMath.exp(Math.min(logSum[i], next[i]) - larger));
            }
        }
        for (int i = 0; i < logSum.length; i++) logSum[i] -= StrictMath.log(points);
        return logSum;
    }

    /** The log-density at a point, in nats. */
    public double logDensity(double... point) {
        return flow.logDensity(new DMatrixRMaj(point.length, 1, true, point))[0];
    }

    /** New points, elements x n: see {@link FittedFlow#sample}. */
    public DMatrixRMaj sample(int n, long seed) {
        return flow.sample(n, seed);
    }

    /**
     * A new point given each context, elements x contexts.
     *
     * @param contexts a row for each, in their own units
     * @throws IllegalArgumentException if they have not the width of what was learned from
     * @throws IllegalStateException if the flow is not conditional
     */
    public DMatrixRMaj sample(Samples contexts, long seed) {
        Expr context = checkedContext("sample");
        if (Dimensions.present("sample", "contexts", contexts).dimension() != context.shape().size()) {
            throw new IllegalArgumentException("sample: contexts must have " + context.shape().size() + " columns, but had " + contexts.dimension());
        }
        return flow.sample(contexts.size(), seed, Map.of(context, contexts.source(0)));
    }

    private Expr checkedContext(String asked) {
        if (built.context != null) return built.context;
        throw new IllegalStateException(asked + ": the flow must have learned from samples with contexts, but has not. Take Samples.context.");
    }

    /** The draw of the base that each column is made of: see {@link FittedFlow#toBase}. */
    public DMatrixRMaj toBase(DMatrixRMaj values) {
        return flow.toBase(values);
    }

    /**
     * The distribution given a context.
     *
     * @param context in its own units
     * @throws IllegalStateException if the flow is not conditional
     */
    public FittedFlow conditional(double... context) {
        return flow.given(checkedContext("conditional"), Dimensions.present("conditional", "context", context));
    }

    @Override
    public String toString() {
        return "LearnedFlow(" + spec + ", " + heldOut().mean() + " nats a point held out)";
    }
}

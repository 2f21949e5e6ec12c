package org.fluvia.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Workspace;
import org.fluvia.autodiff.analysis.Assumptions;

/**
 * A model recorded once for all data of the same shapes: the data are inputs. {@link #bind} puts data in without running the
 * definition; programs of one's own, for which the data of a step may be a part or a minibatch, set them by {@link #set}. Immutable and
 * thread-safe.
 *
 * <p>Some data decide what is recorded, and must keep the values of the example: those whose numbers the definition asks for
 * ({@link ModelBuilder#integer}, {@link ModelBuilder#number}, {@link ModelBuilder#numbers}), the bounds of parameters, the times of a
 * differential equation. Everything that is checked of data while a model is recorded is checked of other data too.
 */
public final class CompiledModel {
    private final Recording recording;
    private final Data example;
    /** As they were recorded, holding the example. */
    private final Map<String, Expr> recorded;
    private final Set<String> seen;
    private final Assumptions assumptions;
    /** Those of the expressions that are given away: they hold nothing until they are set. */
    private final Map<String, Expr> inputs;
    private final Recording.Placed placed;
    private final Expr logDensity;
    private final Expr logDensityUnconstrained;

    private CompiledModel(Recording recording, Data example, Map<String, Expr> recorded, Set<String> seen, Assumptions assumptions) {
        this.recording = recording;
        this.example = example;
        this.recorded = recorded;
        this.seen = seen;
        this.assumptions = assumptions;
        Map<String, Expr> unset = new LinkedHashMap<>();
        recorded.forEach((name, x) -> {
            double[] nothing = new double[x.shape().size()];
            Arrays.fill(nothing, Double.NaN);
            unset.put(name, Expr.shared(name, x.shape(), nothing));
        });
        inputs = Collections.unmodifiableMap(unset);
        placed = recording.placed(replacedBy(inputs));
        logDensity = placed.logDensity().repeatedOverDraws();
        logDensityUnconstrained = placed.logDensityUnconstrained().repeatedOverDraws();
    }

    static CompiledModel of(Data example, Function<Assumptions.Inputs, ModelBuilder> definition) {
        ModelBuilder[] builder = new ModelBuilder[1];
        Recording[] recording = new Recording[1];
        Assumptions assumptions = Assumptions.of(inputs -> {
            builder[0] = definition.apply(inputs);
            recording[0] = builder[0].build();
            for (ModelBuilder.Parameter p : recording[0].declared()) p.support().mapBounds(CompiledModel::asked);
        });
        return new CompiledModel(recording[0], example, builder[0].dataUsed(), builder[0].seen(), assumptions);
    }

    /** Bounds of parameters stay as they are. */
    private static Expr asked(Expr bound) {
        if (!bound.isPerDraw()) SharedValues.of(bound);
        return bound;
    }

    public String name() {
        return recording.name();
    }

    /**
     * The data, by name, in the order of their use: shared inputs, NaN until they are set in a workspace. Whoever sets them one by one
     * makes no checks.
     */
    public Map<String, Expr> inputs() {
        return inputs;
    }

    /** The number of unconstrained reals. */
    public int dimension() {
        return placed.unconstrained().shape().size();
    }

    /** The vector (dimension) per draw that everything is recorded in terms of. */
    public Expr unconstrained() {
        return placed.unconstrained();
    }

    /** The log-density of the parameters on their constrained scale, all constants kept, no Jacobian; a scalar per draw. */
    public Expr logDensity() {
        return logDensity;
    }

    /** The log-density of the unconstrained vector: with the Jacobian of the constraining transform. */
    public Expr logDensityUnconstrained() {
        return logDensityUnconstrained;
    }

    /** The parameters on their constrained scale, in the order they were declared. */
    public List<Quantity> parameters() {
        return placed.parameters();
    }

    /** What is observed, in the order of declaration: the terms that a part of the data contributes. */
    public List<Observation> observations() {
        return placed.conditionals().observations();
    }

    /**
     * Sets the data of a workspace, whose program computes expressions of this model. Records nothing.
     *
     * @throws ModelException if the data do not fit: a variable is missing, has another shape, or has values that the model refuses, or
     *     ones that it cannot take without being recorded anew
     */
    public void set(Workspace workspace, Data data) {
        Map<String, double[]> values = checked(data);
        inputs.forEach((name, x) -> workspace.set(x, requireNonNull(values.get(name)), 0));
    }

    /**
     * The model with these data put in, as {@link Model#bind} makes it, without running the definition: the data are part of it, and
     * sums over them are taken once.
     *
     * @throws ModelException as {@link #set} does
     */
    public BoundModel bind(Data data) {
        Map<String, double[]> values = checked(data);
        Map<String, Expr> shared = new HashMap<>();
        recorded.forEach((name, x) -> shared.put(name, Expr.shared(name, x.shape(), requireNonNull(values.get(name)))));
        return BoundModel.of(recording, data, replacedBy(shared));
    }

    private Map<Expr, Expr> replacedBy(Map<String, Expr> values) {
        Map<Expr, Expr> replaced = new HashMap<>();
        recorded.forEach((name, x) -> replaced.put(x, requireNonNull(values.get(name))));
        return replaced;
    }

    /** The elements of the variables used, once all is checked that is checked while a model is recorded. */
    private Map<String, double[]> checked(Data data) {
        Present.check("bind", "data", data);
        Map<String, double[]> values = new HashMap<>();
        Map<Expr, double[]> byInput = new HashMap<>();
        recorded.forEach((name, x) -> {
            checkShape(name, data);
            double[] elements = data.values(name);
            ModelBuilder.checkNumbers(name, elements, data);
            values.put(name, elements);
            byInput.put(x, elements);
        });
        for (String name : seen) {
            checkShape(name, data);
            if (!Arrays.equals(data.values(name), example.values(name))) throw decides(List.of(name), data, "");
        }
        assumptions.broken(byInput).ifPresent(broken -> {
            throw decides(broken.inputs(), data, " (" + broken.source() + ")");
        });
        return values;
    }

    private void checkShape(String name, Data data) {
        if (!data.has(name) || !data.shape(name).equals(example.shape(name))) {
            throw new ModelException("data", name + " in " + data.source() + " must have shape " + example.shape(name)
                    + ", as in the data that the model was compiled for, but " + (data.has(name) ? "has " + data.shape(name) : "is missing")
                    + ". Compile the model anew for other shapes.").of(name).in(data.source()).expecting(example.shape(name));
        }
    }

    private ModelException decides(List<String> names, Data data, String where) {
        boolean one = names.size() == 1;
        return new ModelException("data", String.join(" and ", names) + " in " + data.source() + " must be as " + (one ? "it is" : "they are")
                + " in the data that the model was compiled for, as " + (one ? "it decides" : "they decide") + " what is recorded" + where
                + ". Compile the model anew for others.").of(names.get(0)).in(data.source());
    }

    @Override
    public String toString() {
        return "model " + name() + ", compiled for " + example;
    }
}

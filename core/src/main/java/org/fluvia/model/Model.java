package org.fluvia.model;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.ExternalDensity;
import org.fluvia.autodiff.analysis.Assumptions;
import org.fluvia.support.Support;

/**
 * An unnormalised log-density with named parameters, yet without data. Immutable.
 *
 * <pre>{@code
 * Model eightSchools = Model.define("eight schools", m -> {
 *     Expr sigma = m.data("sigma");
 *     Expr mu = m.sample("mu", normal(0, 5));
 *     Expr tau = m.sample("tau", halfCauchy(5));
 *     Expr z = m.sample("z", normal(0, 1), 8);
 *     Expr theta = m.derive("theta", mu.plus(tau.times(z)));
 *     m.observe("y", normal(theta, sigma));
 * });
 * }</pre>
 */
public final class Model {
    private final String name;
    private final Consumer<ModelBuilder> definition;

    private Model(String name, Consumer<ModelBuilder> definition) {
        this.name = name;
        this.definition = definition;
    }

    /**
     * A model declared with the builder. The definition runs once for each data set it is bound to, or once for all that it is
     * {@linkplain #compile compiled} for.
     */
    public static Model define(String name, Consumer<ModelBuilder> definition) {
        return new Model(Present.check("model", "name", name), Present.check("model", "definition", definition));
    }

    /** A model declared as a class. */
    public static Model of(ModelSource source) {
        return new Model(Present.check("model", "source", source).getClass().getSimpleName(), source::define);
    }

    /** A log-density over real vectors: the parameter is {@code x}. */
    public static Model logDensity(String name, int dimension, Function<Expr, Expr> logDensity) {
        Present.check("model", "logDensity", logDensity);
        if (dimension < 1) throw new IllegalArgumentException("model: dimension must be at least 1, but was " + dimension);
        return define(name, m -> m.logDensity(logDensity.apply(m.parameter("x", Support.real(), dimension))));
    }

    /**
     * A log-density over real vectors from the user's own code, with its gradient: the parameter is {@code x}. A fit begins with a
     * comparison of the gradient with differences of the value, and refuses one that is wrong at several points.
     */
    public static Model external(String name, int dimension, ExternalDensity density) {
        Present.check("model", "density", density);
        return logDensity(name, dimension, x -> x.external(density));
    }

    public String name() {
        return name;
    }

    /** Records the model for these data, which are part of it: sums over them are taken once, and a draw does not pay for them. */
    public BoundModel bind(Data data) {
        return BoundModel.of(recorded(data, Expr::shared).build(), data, Map.of());
    }

    /**
     * Records the model once for all data of these shapes: the data are inputs, these an example of them.
     *
     * @throws ModelException if the model does not fit these data
     */
    public CompiledModel compile(Data example) {
        return CompiledModel.of(example, inputs -> recorded(example, inputs));
    }

    private ModelBuilder recorded(Data data, Assumptions.Inputs inputs) {
        ModelBuilder builder = new ModelBuilder(name, Present.check("bind", "data", data), inputs);
        try {
            definition.accept(builder);
        } catch (NullPointerException e) {
            throw NullArgument.explained(e);
        }
        return builder;
    }

    /** The name, and how to see what it declares: that is known once there are data. */
    @Override
    public String toString() {
        return "model " + name + ", without data: print bind(data) to see its parameters";
    }
}

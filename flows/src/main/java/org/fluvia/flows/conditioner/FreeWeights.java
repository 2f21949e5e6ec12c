package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Parameter;

/** Parameters that are weights themselves, or fixed, and depend on nothing; with a context take {@link Mlp}. */
public final class FreeWeights implements Conditioner {
    private final List<Expr> parameters;
    private final List<Expr> weights;

    private FreeWeights(List<Expr> parameters, List<Expr> weights) {
        this.parameters = parameters;
        this.weights = weights;
    }

    /** Weights that begin where the parameters start. */
    public static Recipe trainable() {
        return (given, elements, parameters, context, seed) ->
                trainable(elements, parameters, context, Parameter.start(parameters, elements));
    }

    /**
     * Weights that begin with values of their own.
     *
     * @param values an array for each parameter, row-major; copied
     */
    public static Recipe from(double[]... values) {
        double[][] copies = copied(values);
        return (given, elements, parameters, context, seed) ->
                trainable(elements, parameters, context, joined(elements, parameters, copies));
    }

    /**
     * Parameters that stay as they are given, without weights.
     *
     * @param values an array for each parameter, row-major; copied
     */
    public static Recipe fixed(double[]... values) {
        double[][] copies = copied(values);
        return (given, elements, parameters, context, seed) -> {
            check(context);
            Expr numbers = Expr.vector(joined(elements, parameters, copies));
            return new FreeWeights(Parameter.split(numbers, parameters, elements), List.of());
        };
    }

    private static FreeWeights trainable(int elements, List<Parameter> parameters, Context context, double[] initial) {
        check(context);
        List<Expr> weights = new ArrayList<>();
        int at = 0;
        for (Parameter p : parameters) {
            Shape shape = p.shape(elements);
            weights.add(Expr.shared(p.name(), shape, Arrays.copyOfRange(initial, at, at + shape.size())));
            at += shape.size();
        }
        return new FreeWeights(List.copyOf(weights), List.copyOf(weights));
    }

    private static void check(Context context) {
        if (Dimensions.present("FreeWeights", "context", context).size() > 0) {
            throw new IllegalArgumentException("FreeWeights: there must be no context, but there is one of " + context.size()
                    + " elements. A network depends on it: Mlp.");
        }
    }

    private static double[][] copied(double[][] values) {
        return Dimensions.all("FreeWeights", "values", Arrays.asList(Dimensions.present("FreeWeights", "values", values))).stream()
                .map(double[]::clone).toArray(double[][]::new);
    }

    private static double[] joined(int elements, List<Parameter> parameters, double[][] values) {
        if (values.length != parameters.size()) {
            throw new IllegalArgumentException("FreeWeights: there must be values for "
                    + String.join(", ", parameters.stream().map(Parameter::name).toList()) + ", but there were " + values.length + " arrays");
        }
        for (int k = 0; k < values.length; k++) {
            Parameter p = parameters.get(k);
            int size = p.shape(elements).size();
            if (values[k].length != size) {
                throw new IllegalArgumentException("FreeWeights: " + p.name() + " must have " + size + " values for " + elements
                        + " elements, but had " + values[k].length);
            }
            for (int i = 0; i < size; i++) {
                if (!Double.isFinite(values[k][i])) {
                    throw new IllegalArgumentException("FreeWeights: " + p.name() + " must be finite, but was " + values[k][i]
                            + " at index " + i);
                }
            }
        }
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    }

    @Override
    public List<Expr> weights() {
        return weights;
    }

    @Override
    public List<Expr> parameters(Expr given) {
        return parameters;
    }
}

package org.fluvia.vi;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.model.Quantity;

/** Constrained values of some parameters, to start from or to draw at; see {@link Fit#init}, {@link Prior#of(Model, Data, Data)}. Immutable. */
final class InitialValues {
    private final Map<String, double[]> values;
    /** Empty where they are not known, and a length is all there is to check. */
    private final Map<String, Shape> shapes;

    private InitialValues(Map<String, double[]> values, Map<String, Shape> shapes) {
        this.values = values;
        this.shapes = shapes;
    }

    static InitialValues of(Map<String, double[]> values) {
        Map<String, double[]> copy = new LinkedHashMap<>();
        values.forEach((name, elements) -> {
            if (elements == null) throw new IllegalArgumentException("fit: init must have numbers for " + name + ", but was null");
            copy.put(name, elements.clone());
        });
        return new InitialValues(copy, Map.of());
    }

    static InitialValues of(Data data) {
        Map<String, double[]> values = new LinkedHashMap<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String name : data.names()) {
            values.put(name, data.values(name));
            shapes.put(name, data.shape(name));
        }
        return new InitialValues(values, shapes);
    }

    /**
     * @param what they are, for messages: "init", "given"
     * @throws ModelException if they are no values of the model's parameters
     */
    double[] unconstrained(String what, BoundModel model) {
        for (Quantity parameter : model.parameters()) {
            Shape shape = shapes.get(parameter.name());
            if (shape != null && !shape.equals(parameter.shape())) {
                throw new ModelException(what, "parameter " + parameter.name() + " must have shape " + parameter.shape() + ", but has " + shape)
                        .of(parameter.name()).expecting(parameter.shape());
            }
        }
        return model.unconstrain(what, values);
    }
}

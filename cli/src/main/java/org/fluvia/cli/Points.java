package org.fluvia.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.ModelException;
import org.fluvia.model.Quantity;

/** Points of a model's parameters, as the user gives them: {@link Data#points}. */
final class Points {
    private Points() {}

    /** @throws ModelException if the file is no list of points; the message names the line */
    static List<Data> read(Path path) {
        return InputFiles.read("--at", path, Data::points);
    }

    /** @throws UserError if the values do not fit the model's parameters */
    static double[] unconstrained(Data point, BoundModel model) {
        String place = "--at: " + point.source();
        Map<String, double[]> elements = new LinkedHashMap<>();
        for (String name : point.names()) elements.put(name, point.values(name));
        for (Quantity q : model.parameters()) {
            if (point.has(q.name()) && !point.shape(q.name()).equals(q.shape())) {
                throw new UserError(place + ": parameter " + q.name() + " must have shape " + q.shape() + ", but has "
                        + point.shape(q.name()));
            }
        }
        try {
            return model.unconstrain(elements);
        } catch (ModelException e) {
            throw new UserError(place + ": " + e.problem(), e);
        }
    }
}

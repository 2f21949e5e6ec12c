package org.fluvia.model;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * A named value of a model that differs from draw to draw: a parameter on its constrained scale, or a derived value.
 *
 * @param value recorded in terms of the model's unconstrained vector
 */
public record Quantity(String name, Expr value) {

    public Shape shape() {
        return value.shape();
    }

    /** The names of the elements in row-major order, counted from 1 as in Stan: {@code tau}, {@code theta[2]}, {@code L[2,1]}. */
    public List<String> elementNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < shape().size(); i++) names.add(shape().label(name, i));
        return names;
    }
}

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
        int[] dims = shape().dims();
        if (dims.length == 0) return List.of(name);
        List<String> names = new ArrayList<>();
        int[] index = new int[dims.length];
        for (int i = 0; i < shape().size(); i++) {
            StringBuilder b = new StringBuilder(name).append('[');
            for (int k = 0; k < index.length; k++) b.append(k == 0 ? "" : ",").append(index[k] + 1);
            names.add(b.append(']').toString());
            for (int k = dims.length - 1; k >= 0 && ++index[k] == dims[k]; k--) index[k] = 0;
        }
        return names;
    }
}

package org.fluvia.model;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * A named value of a model that differs from draw to draw: a parameter on its constrained scale, or a derived value.
 *
 * @param value recorded in terms of the model's unconstrained vector
 * @param axes what each axis runs over; empty where the model does not say
 */
public record Quantity(String name, Expr value, List<Dimension> axes) {

    /** @throws IllegalArgumentException if the axes are not those of the value's shape */
    public Quantity {
        axes = List.copyOf(axes);
        List<Integer> sizes = axes.stream().map(d -> d.entries().size()).toList();
        if (!axes.isEmpty() && !Shape.of(sizes.stream().mapToInt(n -> n).toArray()).equals(value.shape())) {
            throw new IllegalArgumentException("axes: those of " + name + " must have as many entries as its shape, " + value.shape()
                    + ", says, but have " + sizes);
        }
    }

    /** Of axes that the model does not name. */
    public Quantity(String name, Expr value) {
        this(name, value, List.of());
    }

    public Shape shape() {
        return value.shape();
    }

    /** The names of the elements in row-major order, counted from 1 as in Stan: {@code tau}, {@code theta[2]}, {@code L[2,1]}. */
    public List<String> elementNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < shape().size(); i++) names.add(shape().label(name, i));
        return names;
    }

    /** The elements as people know them, in the same order: {@code theta[Deerfield]}; their names where the model does not say. */
    public List<String> elementLabels() {
        if (axes.isEmpty()) return elementNames();
        List<String> labels = List.of(name + "[");
        for (int k = 0; k < axes.size(); k++) {
            String end = k + 1 < axes.size() ? "," : "]";
            List<String> longer = new ArrayList<>();
            for (String label : labels) {
                for (String entry : axes.get(k).entries()) longer.add(label + entry + end);
            }
            labels = longer;
        }
        return labels;
    }
}

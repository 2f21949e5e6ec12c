package org.fluvia.flows.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/**
 * A parameter of a transformer: so many numbers for each element, any real ones. For n elements it is a vector (n), or a matrix
 * (width x n) where it has several numbers, such as the widths of a spline's bins.
 *
 * @param name for messages
 * @param start the numbers with which the transformer is the identity, or next to it
 */
public record Parameter(String name, List<Double> start) {
    public Parameter {
        Dimensions.present("Parameter", "name", name);
        start = Dimensions.all("Parameter", "start of " + name, start);
        if (start.isEmpty()) throw new IllegalArgumentException("Parameter: start of " + name + " must not be empty");
        Dimensions.finite("Parameter", "start of " + name, start.stream().mapToDouble(x -> x).toArray(), start.size());
    }

    /** A parameter that starts with these numbers, at least one. */
    public static Parameter of(String name, double... start) {
        return new Parameter(name, Arrays.stream(Dimensions.present("Parameter", "start of " + name, start)).boxed().toList());
    }

    /** How many numbers each element has. */
    public int width() {
        return start.size();
    }

    /** For n elements. */
    public Shape shape(int n) {
        return width() == 1 ? Shape.of(n) : Shape.of(width(), n);
    }

    /** How many numbers an element has of all of them. */
    public static int width(List<Parameter> parameters) {
        return parameters.stream().mapToInt(Parameter::width).sum();
    }

    /** The starts of n elements, laid out as {@link #split} expects them; a new array. */
    public static double[] start(List<Parameter> parameters, int n) {
        double[] values = new double[width(parameters) * n];
        int at = 0;
        for (Parameter p : parameters) {
            for (double number : p.start) {
                Arrays.fill(values, at, at + n, number);
                at += n;
            }
        }
        return values;
    }

    /** A vector with all numbers of n elements, parameter after parameter and number after number, as one expression for each parameter. */
    public static List<Expr> split(Expr numbers, List<Parameter> parameters, int n) {
        List<Expr> parts = new ArrayList<>();
        int at = 0;
        for (Parameter p : parameters) {
            parts.add(numbers.slice(at, at + p.width() * n).reshape(p.shape(n)));
            at += p.width() * n;
        }
        return parts;
    }
}

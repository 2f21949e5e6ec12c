package org.fluvia.flows.conditioner;

import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * What a layer of a network starts with.
 *
 * @param number of the layer, counted from 1, for names
 * @param random standard normal numbers for its matrix, as many as that has elements or more
 * @param scale what they are multiplied by
 * @param biases one for each unit
 * @param normalised whether training changes directions and lengths of rows
 */
record Start(int number, double[] random, double scale, double[] biases, boolean normalised) {

    /** A matrix of this many columns all of whose elements are there. */
    Elements dense(int in) {
        int out = biases.length;
        double[] values = new double[out * in];
        for (int i = 0; i < values.length; i++) values[i] = random[i] / Math.sqrt(in);
        double[] rows = IntStream.range(0, values.length).mapToDouble(i -> Math.floorDiv(i, in)).toArray();
        return elements(Shape.of(out, in), rows, values);
    }

    /** See {@link Elements#of}. */
    Elements elements(Shape shape, double[] rows, double[] values) {
        return Elements.of(number, shape, rows, values, scale, normalised);
    }

    Expr bias() {
        return Expr.shared("bias " + number, Shape.of(biases.length), biases);
    }
}

package org.fluvia.flows.conditioner;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;

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

    /** Of a hidden layer. */
    static Start hidden(Mlp recipe, int layer, int in, int out, long seed) {
        double[] normal = Seeds.normal(SplitMix.at(seed, layer), out * in + out);
        double[] biases = recipe.adds(layer) ? new double[out] : Arrays.copyOfRange(normal, out * in, normal.length);
        return new Start(layer + 1, normal, 1, biases, recipe.weightNormalised());
    }

    /** Of the last layer. */
    static Start last(Mlp recipe, int layer, int in, double[] biases, long seed) {
        double[] normal = Seeds.normal(SplitMix.at(seed, layer), biases.length * in);
        return new Start(layer + 1, normal, recipe.lastLayer(), biases, recipe.weightNormalised());
    }

    /** A matrix of this many columns all of whose elements are there. */
    Elements dense(int in) {
        int out = biases.length;
        double[] values = new double[out * in];
        for (int i = 0; i < values.length; i++) values[i] = random[i] / Math.sqrt(in);
        double[] rows = IntStream.range(0, values.length).mapToDouble(i -> i / in).toArray();
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

package org.fluvia.flows.conditioner;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Parameter;

/**
 * A multilayer perceptron of what is given and of the context: layers h = tanh(W h + b), and a last layer without tanh whose matrix
 * starts as exact zeros and its biases where the parameters start, so that at first the output is the same whatever the input.
 *
 * <p>Hidden weights start as normal random numbers of variance 1 / inputs (LeCun et al. 1998, 4.6), biases of variance 1. Without
 * biases a network of tanh is odd and cannot bend a straight line: what it learns of a parabola comes from where the
 * biases put the bends.
 *
 * <p>Activations are bounded, so outputs are bounded by the last layer's weights: they and their derivatives are finite for
 * inputs up to 1e300.
 *
 * @param hidden the widths of the hidden layers, each at least 1; with none the parameters are linear in the input
 */
public record Mlp(List<Integer> hidden) implements Conditioner.Recipe {
    public Mlp {
        hidden = Dimensions.widths("Mlp", hidden);
    }

    /** With hidden layers of these widths. */
    public static Mlp of(int... widths) {
        return new Mlp(Arrays.stream(widths).boxed().toList());
    }

    /** @throws IllegalArgumentException if nothing is given and there is no context: there are {@link FreeWeights} for that */
    @Override
    public Conditioner build(int given, int elements, List<Parameter> parameters, Context context, long seed) {
        if (given + context.size() == 0) {
            throw new IllegalArgumentException("Mlp: there must be an input, but there is neither a part that is kept nor a context."
                    + " Take FreeWeights.");
        }
        return new MlpNetwork(given + context.size(), hidden, elements, parameters, context, seed);
    }
}

package org.fluvia.flows.conditioner;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Parameter;

/**
 * A masked network (MADE; Germain et al. 2015): a perceptron as {@link Mlp} that gives each element of a vector parameters of the elements
 * before it, and of the context, and of no other. A unit of degree m sees the context and the first m elements; it takes its
 * input from units of no higher degree.
 *
 * <p>Degrees are spread evenly over the units of a layer, in order, and a layer has a unit of each degree, so that each element
 * depends on all before it. Weights that the mask leaves out are not there.
 *
 * @param hidden the widths of the hidden layers, each at least 1; a layer has more units where there are more degrees
 */
public record Masked(List<Integer> hidden) {
    public Masked {
        hidden = Dimensions.widths("Masked", hidden);
    }

    /** With hidden layers of these widths. */
    public static Masked of(int... widths) {
        return new Masked(Arrays.stream(widths).boxed().toList());
    }

    /**
     * A network for a vector.
     *
     * @param elements of the vector
     * @param parameters what each of them needs
     * @param seed of random initial weights; equal seeds give equal weights
     */
    public MaskedNetwork build(int elements, List<Parameter> parameters, Context context, long seed) {
        return new MaskedNetwork(elements, hidden, parameters, context, seed);
    }
}

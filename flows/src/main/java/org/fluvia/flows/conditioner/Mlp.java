package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Parameter;

/**
 * A multilayer perceptron of what is given and of the context: layers h = activation(W h + b), and a last layer without activation
 * whose matrix starts as exact zeros and its biases where the parameters start, so that at first the output is the same whatever the
 * input. {@link Masked}, {@link Convolution} and an embedding of a context are made of the same parts.
 *
 * <p>Hidden weights start as normal random numbers of variance 1 / inputs (LeCun et al. 1998, 4.6), biases of variance 1. Without
 * biases a network of tanh is odd and cannot bend a straight line: what it learns of a parabola comes from where the
 * biases put the bends.
 *
 * <p>Outputs and their derivatives are finite for inputs up to 1e300. With tanh hidden units are bounded, and with them outputs, by the
 * last layer's weights. With an activation that is not bounded it is the network's inputs that are: beyond +-1e6 they count as
 * +-1e6, and below that they are what they are. What makes of outputs the parameters of a map has bounds of its own.
 *
 * @param hidden the widths of the hidden layers, each at least 1; with none the parameters are linear in the input
 * @param activation what hidden layers make of their sums
 * @param residual whether each hidden layer but the first is a block that adds to what it is given: h + V activation(W h + b) + c, with as
 *     many rows in W as the layer is wide, c starting at 0, and h as wide as the first layer (He et al. 2016, eq. 1)
 * @param weightNormalised whether what training changes of each row of a matrix is its direction v and its length g, g v / |v| (Salimans
 *     and Kingma 2016, eq. 2); the network starts as the same function
 * @param lastLayer the last layer's weights start as those of a hidden layer times this; 0 makes exact zeros. A flow starts as exactly
 *     the identity with 0 only
 */
public record Mlp(List<Integer> hidden, Activation activation, boolean residual, boolean weightNormalised, double lastLayer)
        implements Conditioner.Recipe {
    public Mlp {
        hidden = Dimensions.widths("Mlp", hidden);
        Dimensions.present("Mlp", "activation", activation);
        if (residual && hidden.size() < 2) {
            throw new IllegalArgumentException("Mlp: with residual blocks there must be at least 2 hidden widths, but were " + hidden
                    + ". The first is that of the layer before the blocks, each other one that of a block.");
        }
        if (!(lastLayer >= 0 && lastLayer < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Mlp: lastLayer must be at least 0 and finite, but was " + lastLayer);
        }
    }

    /** With hidden layers of these widths and tanh. */
    public Mlp(List<Integer> hidden) {
        this(hidden, Activation.tanh(), false, false, 0);
    }

    /** With hidden layers of these widths and tanh. */
    public static Mlp of(int... widths) {
        return new Mlp(Arrays.stream(Dimensions.present("Mlp", "hidden widths", widths)).boxed().toList());
    }

    /** With this activation. */
    public Mlp activation(Activation activation) {
        return new Mlp(hidden, activation, residual, weightNormalised, lastLayer);
    }

    /** With or without residual blocks. */
    public Mlp residual(boolean residual) {
        return new Mlp(hidden, activation, residual, weightNormalised, lastLayer);
    }

    /** With or without weight normalisation. */
    public Mlp weightNormalised(boolean weightNormalised) {
        return new Mlp(hidden, activation, residual, weightNormalised, lastLayer);
    }

    /** With a last layer that starts with weights of this size. */
    public Mlp lastLayer(double lastLayer) {
        return new Mlp(hidden, activation, residual, weightNormalised, lastLayer);
    }

    /** @throws IllegalArgumentException if nothing is given and there is no context: there are {@link FreeWeights} for that */
    @Override
    public Conditioner build(int given, int elements, List<Parameter> parameters, Context context, long seed) {
        if (given + Dimensions.present("Mlp", "context", context).size() == 0) {
            throw new IllegalArgumentException("Mlp: there must be an input, but there is neither a part that is kept nor a context."
                    + " Take FreeWeights.");
        }
        List<Layer> layers = new ArrayList<>();
        int in = given + context.size();
        for (int out : widths()) {
            layers.add(new DenseLayer(in, startOfHidden(layers.size(), in, out, seed)));
            in = out;
        }
        layers.add(new DenseLayer(in, startOfLast(layers.size(), in, Parameter.start(parameters, elements), seed)));
        return new Network(wiring(), layers, context::with, context, parameters, elements);
    }

    /**
     * The context that this makes of another, with weights that are trained with the flow's: fewer elements that say as much, such as those of
     * a series. The last layer starts as the hidden ones do, as from zeros nothing would be learned of the context at first.
     *
     * @param size the number of elements
     * @param seed of random initial weights; equal seeds give equal weights
     * @throws IllegalArgumentException if there is no context
     */
    public Context embedding(Context context, int size, long seed) {
        Dimensions.atLeast("Mlp", "size of an embedding", 1, size);
        if (Dimensions.present("Mlp", "context", context).size() == 0) {
            throw new IllegalArgumentException("Mlp: there must be a context to embed, but there is none");
        }
        Conditioner network = lastLayer(1).build(0, size, List.of(Parameter.of("embedding", 0)), context, seed);
        return new Context(network.parameters(Expr.vector()).get(0), network.weights());
    }

    /** How many units each layer but the last has. */
    List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (int width : hidden) {
            widths.add(width);
            if (residual && widths.size() > 1) widths.add(hidden.get(0));
        }
        return widths;
    }

    Wiring wiring() {
        return new Wiring(activation, residual, !hidden.isEmpty() && !activation.isBounded());
    }

    /** What a layer but the last starts with. */
    Start startOfHidden(int layer, int in, int out, long seed) {
        double[] normal = NormalNoise.of(SplitMix.at(seed, layer)).values(out * in + out);
        double[] biases = wiring().adds(layer) ? new double[out] : Arrays.copyOfRange(normal, out * in, normal.length);
        return new Start(layer + 1, normal, 1, biases, weightNormalised);
    }

    /** What the last layer starts with. */
    Start startOfLast(int layer, int in, double[] biases, long seed) {
        return new Start(layer + 1, NormalNoise.of(SplitMix.at(seed, layer)).values(biases.length * in), lastLayer, biases, weightNormalised);
    }
}

package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Parameter;

/**
 * A network of images: a perceptron as {@link Mlp} whose layers have channels for units, and whose first and last layer see the 3 x 3
 * positions around each, zeros where these lie outside; layers between them see the position alone (Kingma and Dhariwal 2018, section 3.3).
 * An image is a vector of its channels one after the other, each row by row. A context is so many further channels, the same everywhere.
 *
 * @param height of the image that is given and of that of elements, at least 1
 * @param width of the two
 * @param network its hidden widths are numbers of channels
 */
public record Convolution(int height, int width, Mlp network) implements Conditioner.Recipe {
    private static final int REACH = 1;

    public Convolution {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("Convolution: height and width must be at least 1, but were " + height + " and " + width);
        }
        Dimensions.present("Convolution", "network", network);
    }

    /** @throws IllegalArgumentException if what is given or the elements are no whole number of channels, or if there is no input */
    @Override
    public Conditioner build(int given, int elements, List<Parameter> parameters, Context context, long seed) {
        int channels = channels("what is given", given) + Dimensions.present("Convolution", "context", context).size();
        if (channels == 0) {
            throw new IllegalArgumentException("Convolution: there must be an input, but there is neither a part that is kept nor a context."
                    + " Take FreeWeights.");
        }
        double[] start = Parameter.start(parameters, channels("what is moved", elements));
        List<Layer> layers = new ArrayList<>();
        int in = channels;
        for (int out : network.widths()) {
            int reach = layers.isEmpty() ? REACH : 0;
            Patches patches = new Patches(in, height, width, reach);
            layers.add(new ConvolutionLayer(patches, network.startOfHidden(layers.size(), patches.rows(), out, seed)));
            in = out;
        }
        Patches patches = new Patches(in, height, width, REACH);
        layers.add(new ConvolutionLayer(patches, network.startOfLast(layers.size(), patches.rows(), start, seed)));
        return new Network(network.wiring(), layers, x -> image(x, context, channels), context, parameters, elements);
    }

    private int channels(String what, int size) {
        if (size % (height * width) != 0) {
            throw new IllegalArgumentException("Convolution: " + what + " must be whole channels of " + height + " x " + width + ", but has " + size
                    + " elements");
        }
        return size / (height * width);
    }

    private Expr image(Expr given, Context context, int channels) {
        Expr everywhere = Functions.repeatColumns(context.value(), height * width).flatten();
        Expr all = context.size() == 0 ? given : given.shape().size() == 0 ? everywhere : Expr.concat(everywhere, given);
        return all.reshape(Shape.of(channels, height * width));
    }
}

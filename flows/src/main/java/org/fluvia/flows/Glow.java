package org.fluvia.flows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.ActNorm;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.bijection.InvertibleConvolution;
import org.fluvia.flows.bijection.LuAffine;
import org.fluvia.flows.bijection.Partial;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Convolution;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;

/**
 * A flow of images (Kingma and Dhariwal 2018): from image to noise, each level makes four channels of every 2 x 2 positions ("squeeze"),
 * takes its steps, and passes the first half of the channels on to the next, while the others are done ("split"; Dinh et al. 2017, section
 * 3.6). A step is {@link ActNorm} of each channel, an {@link InvertibleConvolution}, and an affine {@link Coupling} that moves half of the
 * channels by a {@link Convolution} of the others; the halves take turns. Either direction takes one pass.
 *
 * <p>An image is a vector of its channels one after the other, each row by row. The flow starts as exactly the identity: convolutions
 * of channels start as identities, not as random rotations. {@link Normalisation} starts {@code ActNorm} from data.
 *
 * @param channels of an image, at least 1
 * @param height of an image, a multiple of 2 to the power of levels
 * @param width of an image, a multiple of 2 to the power of levels
 * @param levels at least 1
 * @param steps in each level, at least 1
 * @param hidden the channels of the hidden layers of each coupling's network
 * @param logScaleBound the most by which one coupling stretches or shrinks an element, as a log; positive and finite
 */
public record Glow(int channels, int height, int width, int levels, int steps, List<Integer> hidden, double logScaleBound) implements FlowSpec {
    private static final int MOST_LEVELS = 3;

    public Glow {
        hidden = Dimensions.widths("Glow", hidden);
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Glow: channels, height and width must be at least 1, but were " + channels + ", " + height
                    + " and " + width);
        }
        Dimensions.atLeast("Glow", "levels", 1, levels);
        if (levels > halvings(height) || levels > halvings(width)) {
            throw new IllegalArgumentException("Glow: height and width must be even in each of " + levels
                    + " levels, which halve them, but were " + height + " and " + width);
        }
        Dimensions.atLeast("Glow", "steps", 1, steps);
        Dimensions.bound("Glow", "logScaleBound", logScaleBound);
    }

    /** With as many levels as the shape allows, but 3 at most, 8 steps in each and networks with hidden layers of 32 and 32 channels. */
    static Glow of(int channels, int height, int width) {
        int levels = Math.min(MOST_LEVELS, Math.min(halvings(height), halvings(width)));
        return new Glow(channels, height, width, Math.max(1, levels), 8, List.of(32, 32), 3);
    }

    private static int halvings(int size) {
        return Integer.numberOfTrailingZeros(size);
    }

    /** With this many levels. */
    public Glow levels(int levels) {
        return new Glow(channels, height, width, levels, steps, hidden, logScaleBound);
    }

    /** With this many steps in each level. */
    public Glow steps(int steps) {
        return new Glow(channels, height, width, levels, steps, hidden, logScaleBound);
    }

    /** With hidden layers of so many channels. */
    public Glow hidden(int... channels) {
        return new Glow(this.channels, height, width, levels, steps, Arrays.stream(channels).boxed().toList(), logScaleBound);
    }

    /** With this bound on the log-scale of each coupling. */
    public Glow logScaleBound(double bound) {
        return new Glow(channels, height, width, levels, steps, hidden, bound);
    }

    /** @throws IllegalArgumentException if the dimension is not that of an image */
    @Override
    public MappedFlow build(int dimension, long seed, Context context) {
        if (dimension != channels * height * width) {
            throw new IllegalArgumentException("Glow: dimension must be " + channels * height * width + ", that of an image of " + channels + " x "
                    + height + " x " + width + ", but was " + dimension + ". Flows.glow(channels, height, width) takes another shape.");
        }
        return Flow.of(Inverse.of(level(channels, height, width, 0, seed, context)));
    }

    /** A level and those after it, of an image of this shape. */
    private Bijection level(int channels, int height, int width, int level, long seed, Context context) {
        Permutation squeeze = squeeze(channels, height, width);
        int c = 4 * channels;
        int h = height / 2;
        int w = width / 2;
        Convolution network = new Convolution(h, w, new Mlp(hidden));
        Mask half = Mask.channels(c, h, w);
        List<Bijection> chain = new ArrayList<>();
        chain.add(squeeze);
        for (int i = 0; i < steps; i++) {
            chain.add(ActNorm.ofChannels(c, h * w));
            chain.add(InvertibleConvolution.of(LuAffine.trainable(c), h * w));
            chain.add(Coupling.of(i % 2 == 0 ? half : half.opposite(), Affine.bounded(logScaleBound), network, context,
                    SplitMix.at(seed, level * steps + i)));
        }
        if (level < levels - 1) {
            Bijection rest = level(c / 2, h, w, level + 1, seed, context);
            chain.add(Partial.of(rest, c * h * w, IntStream.range(0, rest.dimension()).toArray()));
        }
        chain.add(Inverse.of(squeeze));
        return Chain.of(chain);
    }

    /** Channels (4 c x h / 2 x w / 2) of an image (c x h x w): four for each channel, one for each corner of 2 x 2 positions. */
    private static Permutation squeeze(int channels, int height, int width) {
        int[] order = new int[channels * height * width];
        int at = 0;
        for (int c = 0; c < channels; c++) {
            for (int corner = 0; corner < 4; corner++) {
                for (int y = corner / 2; y < height; y += 2) {
                    for (int x = corner % 2; x < width; x += 2) order[at++] = (c * height + y) * width + x;
                }
            }
        }
        return Permutation.of(order);
    }
}

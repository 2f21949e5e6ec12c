package org.fluvia.flows;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.InvertibleConvolution;
import org.fluvia.flows.bijection.LuAffine;
import org.fluvia.flows.conditioner.Activation;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Convolution;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;

/** Rows of the table of bijections, and examples of other rows, maps of images. */
final class ImageExamples {
    private ImageExamples() {}

    static List<BijectionFamily> rows() {
        return List.of(new BijectionFamily("InvertibleConvolution", "y = shift + W x of the channels at each position of an image, a 1 x 1 convolution",
                "an LuAffine of the channels; how many positions, at least 1", "Kingma and Dhariwal 2018, section 3.2",
                ImageExamples::convolutions));
    }

    private static List<Bijection> convolutions() {
        double[] shift = {3, -2, 0};
        DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{0, 0.5, -2}, {10, 1, 0}, {-3, 0.2, 30}});
        return List.of(InvertibleConvolution.of(LuAffine.trainable(1), 3), InvertibleConvolution.of(LuAffine.trainable(4), 4),
                InvertibleConvolution.of(LuAffine.trainable(shift, matrix), 2), InvertibleConvolution.of(LuAffine.fixed(shift, matrix), 3));
    }

    static List<Bijection> couplings() {
        Mlp wide = Mlp.of(3, 2).activation(Activation.gelu()).residual(true).weightNormalised(true).lastLayer(0.1);
        return List.of(coupling(Mask.channels(3, 2, 3), new Convolution(2, 3, wide), Context.none()),
                coupling(Mask.channels(2, 3, 3).opposite(), new Convolution(3, 3, Mlp.of()), Context.none()),
                coupling(Mask.channels(2, 2, 2), new Convolution(2, 2, Mlp.of(3)), NetworkExamples.context()));
    }

    private static Bijection coupling(Mask mask, Convolution network, Context context) {
        return Coupling.of(mask, Affine.bounded(2), network, context, 7);
    }

    static List<Bijection> chains() {
        return List.of(Glow.of(1, 4, 4).steps(2).hidden(2).build(16, 1, Context.none()).bijection(),
                Glow.of(2, 2, 2).steps(1).hidden(2).build(8, 2, NetworkExamples.context()).bijection());
    }
}

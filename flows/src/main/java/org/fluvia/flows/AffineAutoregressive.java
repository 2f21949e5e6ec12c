package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.transformer.Affine;

/**
 * Affine maps of each element with parameters that depend on those before it, in one of two orientations: a masked autoregressive flow
 * (MAF; Papamakarios et al. 2017), whose density takes one pass, or an inverse autoregressive flow (IAF; Kingma et al. 2016), whose draws
 * do. The other direction takes one small step for each element.
 *
 * @param layers the number of layers, at least 1; the order of elements is changed between them
 * @param hidden the widths of the hidden layers of each masked network
 * @param logScaleBound the most by which one layer stretches or shrinks an element, as a log; positive and finite
 * @param cheap what takes one pass
 */
public record AffineAutoregressive(int layers, List<Integer> hidden, double logScaleBound, Use cheap) implements FlowSpec {
    public AffineAutoregressive {
        Dimensions.atLeast("AffineAutoregressive", "layers", 1, layers);
        hidden = Dimensions.widths("AffineAutoregressive", hidden);
        Dimensions.present("AffineAutoregressive", "cheap", cheap);
        Dimensions.bound("AffineAutoregressive", "logScaleBound", logScaleBound);
    }

    /** With this many layers. */
    public AffineAutoregressive layers(int layers) {
        return new AffineAutoregressive(layers, hidden, logScaleBound, cheap);
    }

    /** With hidden layers of these widths. */
    public AffineAutoregressive hidden(int... widths) {
        return new AffineAutoregressive(layers, Arrays.stream(widths).boxed().toList(), logScaleBound, cheap);
    }

    /** With this bound on the log-scale of each layer. */
    public AffineAutoregressive logScaleBound(double bound) {
        return new AffineAutoregressive(layers, hidden, bound, cheap);
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        return Flow.of(Autoregressives.of(dimension, layers, Affine.bounded(logScaleBound), new Masked(hidden), context, seed, cheap));
    }
}

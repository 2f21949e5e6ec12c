package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.transformer.Transformer;
import org.jspecify.annotations.Nullable;

/**
 * Increasing maps of each element, bent as their transformer can bend, with parameters that depend on the elements before it: a neural
 * autoregressive flow, or one of polynomials. One direction takes one pass; the other goes from element to element, and solves
 * an equation for each where the transformer has no formula for its inverse.
 *
 * @param layers the number of layers, at least 1; the order of elements is changed between them
 * @param hidden the widths of the hidden layers of each masked network
 * @param transformer what moves each element
 * @param cheap what takes one pass; null leaves it to {@link #towards}, and is draws otherwise
 */
public record MonotoneAutoregressive(int layers, List<Integer> hidden, Transformer transformer, @Nullable Use cheap) implements FlowSpec {
    public MonotoneAutoregressive {
        Dimensions.atLeast("MonotoneAutoregressive", "layers", 1, layers);
        hidden = Dimensions.widths("MonotoneAutoregressive", hidden);
        Dimensions.present("MonotoneAutoregressive", "transformer", transformer);
    }

    /** With this many layers. */
    public MonotoneAutoregressive layers(int layers) {
        return new MonotoneAutoregressive(layers, hidden, transformer, cheap);
    }

    /** With hidden layers of these widths. */
    public MonotoneAutoregressive hidden(int... widths) {
        return new MonotoneAutoregressive(layers, Arrays.stream(widths).boxed().toList(), transformer, cheap);
    }

    /** With this transformer. */
    public MonotoneAutoregressive transformer(Transformer transformer) {
        return new MonotoneAutoregressive(layers, hidden, transformer, cheap);
    }

    /** Turned so that this takes one pass. */
    public MonotoneAutoregressive cheap(@Nullable Use use) {
        return new MonotoneAutoregressive(layers, hidden, transformer, use);
    }

    @Override
    public FlowSpec towards(Use use) {
        return cheap == null ? cheap(use) : this;
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        return Flow.of(Autoregressives.of(dimension, layers, transformer, new Masked(hidden), context, seed, cheap));
    }
}

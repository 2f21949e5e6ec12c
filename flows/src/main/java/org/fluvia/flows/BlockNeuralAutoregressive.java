package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.layer.BlockAutoregressive;
import org.jspecify.annotations.Nullable;

/**
 * Block neural autoregressive networks one after the other (BNAF; De Cao et al. 2019). One direction takes one pass; the other goes from
 * element to element and solves an equation for each.
 *
 * @param layers the number of networks, at least 1; the order of elements is changed between them
 * @param hidden how many units each element has in each hidden layer of a network, at least one layer
 * @param cheap what takes one pass; null leaves it to {@link #towards}, and is draws otherwise
 */
public record BlockNeuralAutoregressive(int layers, List<Integer> hidden, @Nullable Use cheap) implements FlowSpec {
    public BlockNeuralAutoregressive {
        Dimensions.atLeast("BlockNeuralAutoregressive", "layers", 1, layers);
        hidden = Dimensions.widths("BlockNeuralAutoregressive", hidden);
        if (hidden.isEmpty()) throw new IllegalArgumentException("BlockNeuralAutoregressive: there must be a hidden layer, but there was none");
    }

    /** With this many networks. */
    public BlockNeuralAutoregressive layers(int layers) {
        return new BlockNeuralAutoregressive(layers, hidden, cheap);
    }

    /** With hidden layers of so many units for each element. */
    public BlockNeuralAutoregressive hidden(int... units) {
        return new BlockNeuralAutoregressive(layers, Arrays.stream(units).boxed().toList(), cheap);
    }

    /** Turned so that this takes one pass. */
    public BlockNeuralAutoregressive cheap(@Nullable Use use) {
        return new BlockNeuralAutoregressive(layers, hidden, use);
    }

    @Override
    public FlowSpec towards(Use use) {
        return cheap == null ? cheap(use) : this;
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        return Flow.of(Autoregressives.of(dimension, layers, seed, cheap, s -> BlockAutoregressive.of(dimension, hidden, context, s)));
    }
}

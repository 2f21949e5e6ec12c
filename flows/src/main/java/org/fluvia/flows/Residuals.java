package org.fluvia.flows;

import java.util.function.LongFunction;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Inverse;
import org.jspecify.annotations.Nullable;

/** Maps that mix all elements, one after the other. */
final class Residuals {
    private Residuals() {}

    /**
     * A flow of them.
     *
     * @param cheap what takes one pass; null is draws
     * @param layer makes a map of a seed
     */
    static Flow of(int layers, FlowSpec.@Nullable Use cheap, long seed, LongFunction<Bijection> layer) {
        Chain all = Chain.repeat(layers, seed, layer);
        return Flow.of(cheap == FlowSpec.Use.DENSITY ? Inverse.of(all) : all);
    }
}

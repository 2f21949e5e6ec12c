package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.layer.Autoregressive;
import org.fluvia.flows.transformer.Transformer;
import org.jspecify.annotations.Nullable;

/**
 * Autoregressive or triangular layers with the elements in reverse order for every other one, so that each depends on all others after two layers;
 * in the end they are in their old order, so that the chain is the identity where the layers are.
 */
final class Autoregressives {
    private Autoregressives() {}

    /** @param cheap what takes one pass, where the other takes one step for each element; null is draws */
    static Bijection of(int dimension, int layers, Transformer transformer, Masked network, Context context, long seed,
            FlowSpec.@Nullable Use cheap) {
        return of(dimension, layers, seed, cheap, s -> Autoregressive.of(dimension, transformer, network, context, s));
    }

    /** @param layer makes one of a seed */
    static Bijection of(int dimension, int layers, long seed, FlowSpec.@Nullable Use cheap, LongFunction<Bijection> layer) {
        List<Bijection> chain = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            if (i > 0) chain.add(Permutation.reverse(dimension));
            Bijection next = layer.apply(SplitMix.at(seed, i));
            chain.add(cheap == FlowSpec.Use.DENSITY ? Inverse.of(next) : next);
        }
        if (layers % 2 == 0) chain.add(Permutation.reverse(dimension));
        return Chain.of(chain);
    }
}

package org.fluvia.flows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
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
 * Autoregressive or triangular layers in pairs, the second of which has the elements in the reverse order of the first, so that each depends on all
 * others. The first pair, or one layer before it where their number is odd, has the elements as they are, and each pair after that in a random order;
 * in the end they are in their old one, so that the chain is the identity where the layers are.
 *
 * <p>Of the 64 grey levels of digits three masked layers learned 3.4 nats a row
 * more than with every other one in reverse order (-117.0 to -113.6, held out, three seeds).
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
        int[] original = IntStream.range(0, dimension).toArray();
        int[] now = original;
        for (int i = 0; i < layers; i++) {
            if (i > 0) {
                boolean isSecond = (layers - i) % 2 == 1;
                Permutation order = isSecond || dimension < 3 ? Permutation.reverse(dimension) : Permutation.random(dimension, SplitMix.at(seed, layers + i));
                chain.add(order);
                int[] before = now;
                now = Arrays.stream(order.order()).map(e -> before[e]).toArray();
            }
            Bijection next = layer.apply(SplitMix.at(seed, i));
            chain.add(cheap == FlowSpec.Use.DENSITY ? Inverse.of(next) : next);
        }
        if (!Arrays.equals(now, original)) chain.add(Couplings.between(now, original));
        return Chain.of(chain);
    }
}

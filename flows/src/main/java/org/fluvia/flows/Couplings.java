package org.fluvia.flows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Transformer;

/**
 * Couplings that move the second and the first half by turns. Before every pair of them but the first the elements are shuffled, so
 * that all of them meet; in the end they are in their old order, so that the chain is the identity where the couplings are.
 */
final class Couplings {
    private Couplings() {}

    /** @param dimension at least 2 */
    static Bijection of(int dimension, int layers, Transformer transformer, Conditioner.Recipe recipe, Context context, long seed) {
        List<Bijection> chain = new ArrayList<>();
        int[] original = IntStream.range(0, dimension).toArray();
        int[] now = original;
        for (int i = 0; i < layers; i++) {
            if (i > 0 && i % 2 == 0 && dimension > 2) {
                int[] next = Permutation.random(dimension, SplitMix.at(seed, layers + i)).order();
                chain.add(between(now, next));
                now = next;
            }
            Mask mask = i % 2 == 0 ? Mask.secondHalf(dimension) : Mask.firstHalf(dimension);
            chain.add(Coupling.of(mask, transformer, recipe, context, SplitMix.at(seed, i)));
        }
        if (now != original) chain.add(between(now, original));
        return Chain.of(chain);
    }

    /** Couplings; in one dimension, where they have nothing to depend on, elementwise layers, one for every two of them. */
    static Bijection orElementwise(int dimension, int layers, Transformer transformer, Conditioner.Recipe network, Context context, long seed) {
        if (dimension > 1) return of(dimension, layers, transformer, network, context, seed);
        List<Bijection> chain = new ArrayList<>();
        for (int i = 0; i < layers; i += 2) {
            chain.add(Elementwise.of(dimension, transformer, Recipes.of(context, network), context, SplitMix.at(seed, i)));
        }
        return Chain.of(chain);
    }

    /** What brings elements that are in one order into another. */
    static Permutation between(int[] now, int[] next) {
        int[] place = new int[now.length];
        for (int i = 0; i < now.length; i++) place[now[i]] = i;
        return Permutation.of(Arrays.stream(next).map(e -> place[e]).toArray());
    }
}

package org.fluvia.flows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.AffineCoupling.Part;

/**
 * A chain of affine couplings (Dinh et al. 2017) that move the second and the first half by turns. Before every pair of
 * couplings but the first the elements are shuffled, so that all of them meet; in the end they are in their old order, so
 * that the flow starts as exactly the identity.
 *
 * <p>In one dimension a coupling has nothing to depend on. There the flow is a chain of affine and {@link SinhArcsinh} layers,
 * one of each for every two couplings, which give skew and tails of any weight.
 *
 * @param layers the number of couplings, at least 1
 * @param hidden the widths of the hidden layers of each coupling's network
 * @param logScaleBound the most by which one coupling stretches or shrinks an element, as a log; positive and finite
 */
public record RealNvp(int layers, List<Integer> hidden, double logScaleBound) implements FlowSpec {

    public RealNvp {
        if (layers < 1) throw new IllegalArgumentException("RealNvp: layers must be at least 1, but was " + layers);
        hidden = List.copyOf(hidden);
        AffineCoupling.check("RealNvp", hidden, logScaleBound);
    }

    /** With this many couplings. */
    public RealNvp layers(int layers) {
        return new RealNvp(layers, hidden, logScaleBound);
    }

    /** With hidden layers of these widths. */
    public RealNvp hidden(int... widths) {
        return new RealNvp(layers, Arrays.stream(widths).boxed().toList(), logScaleBound);
    }

    /** With this bound on the log-scale of each coupling. */
    public RealNvp logScaleBound(double bound) {
        return new RealNvp(layers, hidden, bound);
    }

    @Override
    public Flow build(int dimension, long seed) {
        return Flow.of(Chain.of(Dimensions.positive("RealNvp", dimension) == 1 ? elementwise() : couplings(dimension, seed)));
    }

    private List<Bijection> elementwise() {
        List<Bijection> chain = new ArrayList<>();
        for (int i = 0; i < layers; i += 2) {
            chain.add(DiagonalAffine.trainable(1));
            chain.add(SinhArcsinh.trainable(1));
        }
        chain.add(DiagonalAffine.trainable(1));
        return chain;
    }

    private List<Bijection> couplings(int dimension, long seed) {
        List<Bijection> chain = new ArrayList<>();
        int[] original = IntStream.range(0, dimension).toArray();
        int[] now = original;
        for (int i = 0; i < layers; i++) {
            if (i > 0 && i % 2 == 0 && dimension > 2) {
                int[] next = Permutation.randomOrder(dimension, SplitMix.at(seed, layers + i));
                chain.add(between(now, next));
                now = next;
            }
            Part moved = i % 2 == 0 ? Part.SECOND : Part.FIRST;
            chain.add(AffineCoupling.of(dimension, moved, hidden, logScaleBound, SplitMix.at(seed, i)));
        }
        if (now != original) chain.add(between(now, original));
        return chain;
    }

    /** What brings elements that are in one order into another. */
    private static Permutation between(int[] now, int[] next) {
        int[] place = new int[now.length];
        for (int i = 0; i < now.length; i++) place[now[i]] = i;
        return Permutation.of(Arrays.stream(next).map(e -> place[e]).toArray());
    }
}

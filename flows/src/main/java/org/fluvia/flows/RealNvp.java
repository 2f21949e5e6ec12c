package org.fluvia.flows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.Affine;
import org.fluvia.flows.transformer.SinhArcsinh;
import org.fluvia.flows.transformer.Transformer;

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
        Dimensions.atLeast("RealNvp", "layers", 1, layers);
        hidden = Dimensions.widths("RealNvp", hidden);
        Dimensions.bound("RealNvp", "logScaleBound", logScaleBound);
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
    public MappedFlow build(int dimension, long seed, Context context) {
        Transformer affine = Affine.bounded(logScaleBound);
        Mlp network = new Mlp(hidden);
        if (Dimensions.positive("RealNvp", dimension) > 1) {
            return Flow.of(Couplings.of(dimension, layers, affine, network, context, seed));
        }
        List<Bijection> chain = new ArrayList<>();
        for (int i = 0; i < layers; i += 2) {
            chain.add(elementwise(affine, network, context, SplitMix.at(seed, i)));
            chain.add(elementwise(SinhArcsinh.of(), network, context, SplitMix.at(seed, i + 1)));
        }
        chain.add(elementwise(affine, network, context, SplitMix.at(seed, layers + 1)));
        return Flow.of(Chain.of(chain));
    }

    private static Bijection elementwise(Transformer transformer, Mlp network, Context context, long seed) {
        if (Dimensions.present("Flow", "context", context).size() > 0) return Elementwise.of(1, transformer, network, context, seed);
        Transformer free = transformer instanceof Affine ? Affine.unbounded() : transformer;
        return Elementwise.of(1, free, FreeWeights.trainable(), context, seed);
    }
}

package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.conditioner.Mlp;
import org.jspecify.annotations.Nullable;

/** Maps that mix all elements, one after the other. */
final class Residuals {
    private Residuals() {}

    /** The rows of the table of flows. */
    static List<FlowFamily> rows() {
        FlowFamily.Option hidden = new FlowFamily.Option("hidden", "[32, 32]", "each at least 1; where there is a context");
        FlowFamily.Option cheap = new FlowFamily.Option("cheap", "null", "DRAWS, DENSITY or null, which leaves it to the use");
        return List.of(
                new FlowFamily("planar", "maps with one bend each", "Rezende and Mohamed 2015, section 4",
                        List.of(layers("16"), hidden, cheap), Flows::planar),
                new FlowFamily("radial", "maps towards a centre or away from it, closed in both directions",
                        "Rezende and Mohamed 2015, section 4", List.of(layers("16"), hidden), Flows::radial),
                new FlowFamily("sylvester", "planar maps with many bends at once", "van den Berg et al. 2018",
                        List.of(layers("8"), new FlowFamily.Option("width", "16", "at least 1; at most d are used"),
                                new FlowFamily.Option("basis", "ORTHOGONAL", "ORTHOGONAL or HOUSEHOLDER"), hidden, cheap), Flows::sylvester),
                new FlowFamily("triangularSpline", "splines of each element and triangular matrices by turns, closed in both directions",
                        "Ward 2023, flowjax", List.of(layers("8"), hidden, new FlowFamily.Option("bins", "8", "at least 2"),
                                new FlowFamily.Option("bound", "5.0", "positive and finite")), Flows::triangularSpline),
                new FlowFamily("residual", "maps x + g(x) with networks g that shorten distances, each followed by a scale and a shift",
                        "Behrmann et al. 2019; Chen et al. 2019",
                        List.of(layers("16"), new FlowFamily.Option("hidden", "[32]", "each at least 1"),
                                new FlowFamily.Option("lipschitz", "0.9", "more than 0 and less than 1"), cheap), Flows::residual));
    }

    private static FlowFamily.Option layers(String standard) {
        return new FlowFamily.Option("layers", standard, "at least 1");
    }

    /**
     * A flow of them.
     *
     * @param cheap what takes one pass; null is draws
     * @param layer makes a map of a seed
     */
    static Flow of(int layers, FlowSpec.@Nullable Use cheap, long seed, LongFunction<Bijection> layer) {
        List<Bijection> chain = new ArrayList<>();
        for (int i = 0; i < layers; i++) chain.add(layer.apply(SplitMix.at(seed, i)));
        Chain all = Chain.of(chain);
        return Flow.of(cheap == FlowSpec.Use.DENSITY ? Inverse.of(all) : all);
    }

    static void checkLayers(String what, int layers) {
        if (layers < 1) throw new IllegalArgumentException(what + ": layers must be at least 1, but was " + layers);
    }

    /** Weights, or where there is a context a network of it. */
    static Conditioner.Recipe parameters(Context context, List<Integer> hidden) {
        return context.size() == 0 ? FreeWeights.trainable() : new Mlp(hidden);
    }
}

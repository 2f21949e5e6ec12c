package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.residual.Planar;
import org.jspecify.annotations.Nullable;

/**
 * Planar maps one after the other (Rezende and Mohamed 2015): each has one bend, so complicated shapes take many.
 *
 * @param layers the number of maps, at least 1
 * @param hidden the widths of the hidden layers of the networks that give the maps their parameters where there is a context
 * @param cheap what takes one pass, where the other solves an equation for each draw; null leaves it to {@link #towards}, and is draws
 *     otherwise
 */
public record PlanarFlow(int layers, List<Integer> hidden, @Nullable Use cheap) implements FlowSpec {
    public PlanarFlow {
        Dimensions.atLeast("PlanarFlow", "layers", 1, layers);
        hidden = Dimensions.widths("PlanarFlow", hidden);
    }

    /** With this many maps. */
    public PlanarFlow layers(int layers) {
        return new PlanarFlow(layers, hidden, cheap);
    }

    /** With hidden layers of these widths. */
    public PlanarFlow hidden(int... widths) {
        return new PlanarFlow(layers, Arrays.stream(widths).boxed().toList(), cheap);
    }

    /** Turned so that this takes one pass. */
    public PlanarFlow cheap(@Nullable Use use) {
        return new PlanarFlow(layers, hidden, use);
    }

    @Override
    public FlowSpec towards(Use use) {
        return cheap == null ? cheap(use) : this;
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        return Residuals.of(layers, cheap, seed, s -> Planar.of(dimension, Recipes.of(context, new Mlp(hidden)), context, s));
    }
}

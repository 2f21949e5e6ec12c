package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.residual.Residual;
import org.fluvia.flows.transformer.Affine;
import org.jspecify.annotations.Nullable;

/**
 * Contractive residual maps (Behrmann et al. 2019; Chen et al. 2019), each followed by a scale and a shift of each element, without which
 * no map stretches more than twofold.
 *
 * @param layers the number of maps, at least 1
 * @param hidden the widths of the hidden layers of each map's network
 * @param lipschitz what distances become in a network at most, as a part of what they were; more than 0 and less than 1. The nearer to 1,
 *     the more a map can do and the more steps its inverse takes
 * @param cheap what takes one pass, where the other iterates; null leaves it to {@link #towards}, and is draws otherwise
 */
public record ResidualFlow(int layers, List<Integer> hidden, double lipschitz, @Nullable Use cheap) implements FlowSpec {
    /** As that of {@link Flows#realNvp}: where a network gives scales. */
    private static final double LOG_SCALE_BOUND = 3;

    public ResidualFlow {
        Dimensions.atLeast("ResidualFlow", "layers", 1, layers);
        hidden = Dimensions.widths("ResidualFlow", hidden);
        Dimensions.part("ResidualFlow", "lipschitz", lipschitz);
    }

    /** With this many maps. */
    public ResidualFlow layers(int layers) {
        return new ResidualFlow(layers, hidden, lipschitz, cheap);
    }

    /** With hidden layers of these widths. */
    public ResidualFlow hidden(int... widths) {
        return new ResidualFlow(layers, Arrays.stream(widths).boxed().toList(), lipschitz, cheap);
    }

    /** With networks that shorten distances at least to this part of what they were. */
    public ResidualFlow lipschitz(double lipschitz) {
        return new ResidualFlow(layers, hidden, lipschitz, cheap);
    }

    /** Turned so that this takes one pass. */
    public ResidualFlow cheap(@Nullable Use use) {
        return new ResidualFlow(layers, hidden, lipschitz, use);
    }

    @Override
    public FlowSpec towards(Use use) {
        return cheap == null ? cheap(use) : this;
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        return Residuals.of(layers, cheap, seed, s -> Chain.of(
                Residual.of(dimension, hidden, lipschitz, Recipes.of(context, new Mlp(hidden)), context, s),
                Elementwise.of(dimension, context.size() == 0 ? Affine.unbounded() : Affine.bounded(LOG_SCALE_BOUND),
                        Recipes.of(context, new Mlp(hidden)), context, SplitMix.at(s, -1))));
    }
}

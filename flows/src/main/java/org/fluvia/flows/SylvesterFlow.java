package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.residual.Sylvester;
import org.fluvia.flows.residual.Sylvester.Basis;
import org.jspecify.annotations.Nullable;

/**
 * Sylvester maps one after the other (van den Berg et al. 2018): planar ones with many bends at once.
 *
 * @param layers the number of maps, at least 1
 * @param width the number of bends of each, at least 1; there are at most as many as elements
 * @param basis how weights make the directions in which space bends
 * @param hidden the widths of the hidden layers of the networks that give the maps their parameters where there is a context
 * @param cheap what takes one pass, where the other solves an equation for each bend and draw; null leaves it to {@link #towards}, and is
 *     draws otherwise
 */
public record SylvesterFlow(int layers, int width, Basis basis, List<Integer> hidden, @Nullable Use cheap) implements FlowSpec {
    public SylvesterFlow {
        Dimensions.atLeast("SylvesterFlow", "layers", 1, layers);
        Dimensions.atLeast("SylvesterFlow", "width", 1, width);
        hidden = Dimensions.widths("SylvesterFlow", hidden);
        Dimensions.present("SylvesterFlow", "basis", basis);
    }

    /** With this many maps. */
    public SylvesterFlow layers(int layers) {
        return new SylvesterFlow(layers, width, basis, hidden, cheap);
    }

    /** With this many bends a map. */
    public SylvesterFlow width(int width) {
        return new SylvesterFlow(layers, width, basis, hidden, cheap);
    }

    /** With directions made in this way. */
    public SylvesterFlow basis(Basis basis) {
        return new SylvesterFlow(layers, width, basis, hidden, cheap);
    }

    /** With hidden layers of these widths. */
    public SylvesterFlow hidden(int... widths) {
        return new SylvesterFlow(layers, width, basis, Arrays.stream(widths).boxed().toList(), cheap);
    }

    /** Turned so that this takes one pass. */
    public SylvesterFlow cheap(@Nullable Use use) {
        return new SylvesterFlow(layers, width, basis, hidden, use);
    }

    @Override
    public FlowSpec towards(Use use) {
        return cheap == null ? cheap(use) : this;
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        int bends = Math.min(width, Dimensions.positive("SylvesterFlow", dimension));
        return Residuals.of(layers, cheap, seed,
                s -> Sylvester.of(dimension, bends, basis, Recipes.of(context, new Mlp(hidden)), context, s));
    }
}

package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.residual.Radial;

/**
 * Radial maps one after the other (Rezende and Mohamed 2015): each draws mass towards a centre or drives it away. Both directions are
 * closed.
 *
 * @param layers the number of maps, at least 1
 * @param hidden the widths of the hidden layers of the networks that give the maps their parameters where there is a context
 */
public record RadialFlow(int layers, List<Integer> hidden) implements FlowSpec {
    public RadialFlow {
        Dimensions.atLeast("RadialFlow", "layers", 1, layers);
        hidden = Dimensions.widths("RadialFlow", hidden);
    }

    /** With this many maps. */
    public RadialFlow layers(int layers) {
        return new RadialFlow(layers, hidden);
    }

    /** With hidden layers of these widths. */
    public RadialFlow hidden(int... widths) {
        return new RadialFlow(layers, Arrays.stream(widths).boxed().toList());
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        return Residuals.of(layers, Use.DRAWS, seed, s -> Radial.of(dimension, Recipes.of(context, new Mlp(hidden)), context, s));
    }
}

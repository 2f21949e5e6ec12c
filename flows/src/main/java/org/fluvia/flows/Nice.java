package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.transformer.Shift;

/**
 * Additive couplings (NICE; Dinh et al. 2015, eq. 6), which keep volume as it is, and in the end a scale and a shift of each element
 * (section 3.3), linear in the context where there is one. Nothing can overflow; scales are the same everywhere, so it bends a normal
 * distribution but does not make it wider in one place than in another. In one dimension only scale and shift are left.
 *
 * @param layers the number of couplings, at least 1
 * @param hidden the widths of the hidden layers of each coupling's network
 */
public record Nice(int layers, List<Integer> hidden) implements FlowSpec {
    public Nice {
        Dimensions.atLeast("Nice", "layers", 1, layers);
        hidden = Dimensions.widths("Nice", hidden);
    }

    /** With this many couplings. */
    public Nice layers(int layers) {
        return new Nice(layers, hidden);
    }

    /** With hidden layers of these widths. */
    public Nice hidden(int... widths) {
        return new Nice(layers, Arrays.stream(widths).boxed().toList());
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        MappedFlow scales = Gaussian.DIAGONAL.build(dimension, seed, context);
        if (dimension == 1) return scales;
        return Flow.of(Chain.of(Couplings.of(dimension, layers, Shift.of(), new Mlp(hidden), context, seed), scales.bijection()));
    }
}

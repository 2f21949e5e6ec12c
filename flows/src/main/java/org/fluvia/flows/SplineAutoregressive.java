package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.check.Splines;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.transformer.RationalQuadraticSpline;
import org.jspecify.annotations.Nullable;

/**
 * {@link RationalQuadraticSpline} of each element with parameters that depend on those before it (neural spline flow, RQ-NSF (AR);
 * Durkan et al. 2019), and in the end a scale and a shift of each element, linear in the context where there is one. One pass in the
 * direction that is cheap, one small step for each element in the other.
 *
 * @param layers the number of layers, at least 1; the order of elements is changed between them
 * @param hidden the widths of the hidden layers of each masked network
 * @param bins of each spline, from 2 to 999
 * @param bound half the side of the box in which splines bend, positive and finite
 * @param cheap what takes one pass; null leaves it to {@link #towards}, and is draws otherwise
 */
public record SplineAutoregressive(int layers, List<Integer> hidden, int bins, double bound, @Nullable Use cheap)
        implements FlowSpec {
    public SplineAutoregressive {
        Dimensions.atLeast("SplineAutoregressive", "layers", 1, layers);
        hidden = Dimensions.widths("SplineAutoregressive", hidden);
        Splines.check("SplineAutoregressive", bins, bound);
    }

    /** With this many layers. */
    public SplineAutoregressive layers(int layers) {
        return new SplineAutoregressive(layers, hidden, bins, bound, cheap);
    }

    /** With hidden layers of these widths. */
    public SplineAutoregressive hidden(int... widths) {
        return new SplineAutoregressive(layers, Arrays.stream(widths).boxed().toList(), bins, bound, cheap);
    }

    /** With this many bins in each spline. */
    public SplineAutoregressive bins(int bins) {
        return new SplineAutoregressive(layers, hidden, bins, bound, cheap);
    }

    /** With splines on [-bound, bound]. */
    public SplineAutoregressive bound(double bound) {
        return new SplineAutoregressive(layers, hidden, bins, bound, cheap);
    }

    /** Turned so that this takes one pass. */
    public SplineAutoregressive cheap(@Nullable Use use) {
        return new SplineAutoregressive(layers, hidden, bins, bound, use);
    }

    @Override
    public FlowSpec towards(Use use) {
        return cheap == null ? cheap(use) : this;
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        Bijection splines = Autoregressives.of(dimension, layers, RationalQuadraticSpline.of(bins, bound), new Masked(hidden), context, seed,
                cheap);
        return Flow.of(Chain.of(splines, Gaussian.DIAGONAL.build(dimension, seed, context).bijection()));
    }
}

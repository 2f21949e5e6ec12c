package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.check.Splines;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.transformer.RationalQuadraticSpline;

/**
 * Couplings that move elements by {@link RationalQuadraticSpline} (neural spline flow, RQ-NSF (C); Durkan et al. 2019), and in the end a
 * scale and a shift of each element, linear in the context where there is one. Splines bend only what is within the bound of them;
 * scale and shift bring data there.
 *
 * <p>In one dimension a coupling has nothing to depend on. There the flow has elementwise splines, one for every two couplings.
 *
 * @param layers the number of couplings, at least 1
 * @param hidden the widths of the hidden layers of each coupling's network
 * @param bins of each spline, from 2 to 999
 * @param bound half the side of the box in which splines bend, positive and finite
 */
public record SplineCoupling(int layers, List<Integer> hidden, int bins, double bound) implements FlowSpec {
    public SplineCoupling {
        Dimensions.atLeast("SplineCoupling", "layers", 1, layers);
        hidden = Dimensions.widths("SplineCoupling", hidden);
        Splines.check("SplineCoupling", bins, bound);
    }

    /** With this many couplings. */
    public SplineCoupling layers(int layers) {
        return new SplineCoupling(layers, hidden, bins, bound);
    }

    /** With hidden layers of these widths. */
    public SplineCoupling hidden(int... widths) {
        return new SplineCoupling(layers, Arrays.stream(widths).boxed().toList(), bins, bound);
    }

    /** With this many bins in each spline. */
    public SplineCoupling bins(int bins) {
        return new SplineCoupling(layers, hidden, bins, bound);
    }

    /** With splines on [-bound, bound]. */
    public SplineCoupling bound(double bound) {
        return new SplineCoupling(layers, hidden, bins, bound);
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        Bijection scales = Gaussian.DIAGONAL.build(dimension, seed, context).bijection();
        Bijection splines = Couplings.orElementwise(dimension, layers, RationalQuadraticSpline.of(bins, bound), new Mlp(hidden), context, seed);
        return Flow.of(Chain.of(splines, scales));
    }
}

package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.check.Splines;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.conditioner.OfAngles;
import org.fluvia.flows.transformer.CircularSpline;

/**
 * A distribution of d angles, on the torus: couplings by {@link CircularSpline} with networks of cosines and sines of the angles that are
 * kept, from independent uniform angles (Rezende et al. 2020). Starts as these. In one dimension elementwise splines, one for every two
 * couplings.
 *
 * <p>The density of a value is that of its angles, the same in any turn: it integrates to 1 over one turn of each angle, not over R^d.
 * Draws are angles in some turn. So it is a flow for data and targets that are angles, and not among {@link Flows}, which are for
 * all of R^d.
 *
 * @param layers the number of couplings, at least 1
 * @param hidden the widths of the hidden layers of each coupling's network
 * @param bins of each spline, from 2 to 500
 */
public record CircularCoupling(int layers, List<Integer> hidden, int bins) implements FlowSpec {
    public CircularCoupling {
        Dimensions.atLeast("CircularCoupling", "layers", 1, layers);
        hidden = Dimensions.widths("CircularCoupling", hidden);
        Splines.checkCircular("CircularCoupling", bins);
    }

    /** Six couplings by splines of 8 bins. */
    public CircularCoupling() {
        this(6, List.of(32, 32), 8);
    }

    /** With this many couplings. */
    public CircularCoupling layers(int layers) {
        return new CircularCoupling(layers, hidden, bins);
    }

    /** With hidden layers of these widths. */
    public CircularCoupling hidden(int... widths) {
        return new CircularCoupling(layers, Arrays.stream(widths).boxed().toList(), bins);
    }

    /** With this many bins in each spline. */
    public CircularCoupling bins(int bins) {
        return new CircularCoupling(layers, hidden, bins);
    }

    /** False: angles have a scale. */
    @Override
    public boolean isOfStandardised() {
        return false;
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        Base base = Base.uniformAngles(dimension);
        CircularSpline spline = CircularSpline.of(bins);
        OfAngles network = new OfAngles(new Mlp(hidden));
        return Flow.of(base, Couplings.orElementwise(dimension, layers, spline, network, context, seed));
    }
}

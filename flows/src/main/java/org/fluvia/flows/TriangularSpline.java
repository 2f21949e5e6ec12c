package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.check.Splines;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.RationalQuadraticSpline;

/**
 * Splines of each element, with no network, and triangular matrices that mix elements, by turns: the triangular spline flow of flowjax.
 * Elements are turned round between the layers of a pair, so their matrices are a lower and an upper triangular one. Both directions take one
 * pass, and there are few weights.
 *
 * <p>flowjax normalises the rows of its matrices and gives them scales; {@link LowerTriangularAffine} reaches the same matrices by the log
 * of the diagonal and what is below it. Where there is a context a network of it gives the splines their parameters, and in the end each
 * element is scaled and shifted, linearly in it.
 *
 * @param layers the number of layers, at least 1
 * @param hidden the widths of the hidden layers of the networks that give the splines their parameters where there is a context
 * @param bins of each spline, from 2 to 999
 * @param bound half the side of the box in which splines bend, positive and finite
 */
public record TriangularSpline(int layers, List<Integer> hidden, int bins, double bound) implements FlowSpec {
    public TriangularSpline {
        Dimensions.atLeast("TriangularSpline", "layers", 1, layers);
        hidden = Dimensions.widths("TriangularSpline", hidden);
        Splines.check("TriangularSpline", bins, bound);
    }

    /** With this many layers. */
    public TriangularSpline layers(int layers) {
        return new TriangularSpline(layers, hidden, bins, bound);
    }

    /** With hidden layers of these widths. */
    public TriangularSpline hidden(int... widths) {
        return new TriangularSpline(layers, Arrays.stream(widths).boxed().toList(), bins, bound);
    }

    /** With this many bins in each spline. */
    public TriangularSpline bins(int bins) {
        return new TriangularSpline(layers, hidden, bins, bound);
    }

    /** With splines on [-bound, bound]. */
    public TriangularSpline bound(double bound) {
        return new TriangularSpline(layers, hidden, bins, bound);
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        RationalQuadraticSpline spline = RationalQuadraticSpline.of(bins, bound);
        Bijection layered = Autoregressives.of(dimension, layers, seed, null, s -> Chain.of(
                Elementwise.of(dimension, spline, Recipes.of(context, new Mlp(hidden)), context, s), LowerTriangularAffine.trainable(dimension)));
        Bijection scales = Gaussian.DIAGONAL.build(dimension, seed, context).bijection();
        return Flow.of(context.size() == 0 ? layered : Chain.of(layered, scales));
    }
}

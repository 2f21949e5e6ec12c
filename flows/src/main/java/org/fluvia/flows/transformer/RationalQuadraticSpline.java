package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.check.Splines;

/**
 * An increasing rational-quadratic spline on [-bound, bound], the identity outside (Gregory and Delbourgo 1982; Durkan et al. 2019,
 * eq. 4-8): K bins on either axis and a slope at each of the K - 1 knots between them; at -bound and bound the slope is 1. Both
 * directions are closed forms, and it can bend a density into several modes.
 *
 * <p>Parameters are any real numbers, as in the code that came with that paper: a bin's share of its axis is leastBin + (1 - K leastBin)
 * softmax(widths) or the same of heights, and a slope is leastSlope + softplus(number + constant), 1 at 0, and at most about 1000. So
 * dy/dx lies within bounds whatever the parameters are, by default between 1e-9 and 1e4. With all parameters zero the spline is exactly
 * the identity.
 *
 * <p>Numerics: inputs are clamped to the box before anything else is computed, and what the spline adds to the identity is zero to rounding
 * there: values and derivatives are finite for |x| to 1e300. The bin is found by comparing with all knots, for all draws at
 * once: what it costs grows with the number of bins, and for 8 bins is less than the network that gives the parameters.
 *
 * @param bins at least 2
 * @param bound half the side of the box, positive and finite: where most of the data are
 * @param leastBin the least share of an axis that a bin takes, more than 0 and less than 1 / bins
 * @param leastSlope the least slope at a knot, more than 0 and less than 1
 */
public record RationalQuadraticSpline(int bins, double bound, double leastBin, double leastSlope) implements Transformer {
    private static final double LEAST = 1e-3;

    public RationalQuadraticSpline {
        if (bins < 2) throw new IllegalArgumentException("RationalQuadraticSpline: bins must be at least 2, but were " + bins);
        Splines.bound("RationalQuadraticSpline", bound);
        SplineAxis.checkLeast("RationalQuadraticSpline", leastBin, bins);
        Dimensions.part("RationalQuadraticSpline", "leastSlope", leastSlope);
    }

    /**
     * A spline whose bins take at least a thousandth of their axis and whose slopes at knots are at least a thousandth.
     *
     * @param bins from 2 to 999
     */
    public static RationalQuadraticSpline of(int bins, double bound) {
        Splines.check("RationalQuadraticSpline", bins, bound);
        return new RationalQuadraticSpline(bins, bound, LEAST, LEAST);
    }

    /** With these bounds of bins and slopes. */
    public static RationalQuadraticSpline of(int bins, double bound, double leastBin, double leastSlope) {
        return new RationalQuadraticSpline(bins, bound, leastBin, leastSlope);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("widths", new double[bins]), Parameter.of("heights", new double[bins]),
                Parameter.of("slopes", new double[bins - 1]));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        Expr place = place(x);
        SplineAxis horizontal = axis(parameters.get(0));
        return bin(horizontal, axis(parameters.get(1)), horizontal.bins(place), parameters.get(2)).forward(x, place);
    }

    @Override
    public Moved inverse(Expr y, List<Expr> parameters) {
        Expr place = place(y);
        SplineAxis vertical = axis(parameters.get(1));
        return bin(axis(parameters.get(0)), vertical, vertical.bins(place), parameters.get(2)).inverse(y, place);
    }

    /** Made of what forward computes at x, so that what has drawn x has done most of it; first derivatives, as those of {@code Solve}. */
    @Override
    public Moved inverseKnowing(Expr y, List<Expr> parameters, Expr x) {
        Expr fixed = x.stopGradient();
        Moved there = forward(fixed, parameters);
        Expr slope = there.logSlope().exp().stopGradient();
        Expr known = x.withDerivativeOf(fixed.plus(y.minus(there.value()).div(slope)));
        return new Moved(known, forward(known, parameters).logSlope().unaryMinus());
    }

    private Expr place(Expr x) {
        return x.clamp(-bound, bound).plus(bound);
    }

    private SplineAxis axis(Expr logits) {
        return new SplineAxis(logits, 2 * bound, leastBin);
    }

    private SplineBin bin(SplineAxis horizontal, SplineAxis vertical, SplineBins chosen, Expr ofKnots) {
        Expr knots = ofKnots.reshape(Shape.of(bins - 1, ofKnots.shape().size() / (bins - 1)));
        SplineSlopes slopes = SplineSlopes.of(leastSlope);
        return new SplineBin(horizontal, vertical, chosen, slopes.of(chosen.left(knots)), slopes.of(chosen.right(knots)));
    }

    @Override
    public String toString() {
        return "rational-quadratic spline, " + bins + " bins on +-" + bound;
    }
}

package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Splines;

/**
 * A rational-quadratic spline of an angle, and a turn (circular spline; Rezende et al. 2020, section 2.1.4): y = s(x) + shift, where s maps
 * [-pi, pi] onto itself with one slope at both ends, a parameter, and goes on so that s(x + 2 pi) = s(x) + 2 pi. An increasing map of the
 * line onto itself, as any transformer, that maps angles which are equal on the circle to angles which are: a map of the circle onto
 * itself without a point at which it is torn. Angles may be given and come out in any turn; nothing is wrapped.
 *
 * <p>Parameters and bounds are those of {@link RationalQuadraticSpline}, with K slopes and the shift, any number. With all of them zero it is
 * exactly the identity. Numerics: an angle of size t is as exact as a double of that size, and its digits are gone from 1e16 on; values
 * and derivatives stay finite.
 *
 * @param bins from 2 to 500
 */
public record CircularSpline(int bins) implements Transformer {
    private static final double TURN = 2 * Math.PI;
    private static final double LEAST = 1e-3;

    public CircularSpline {
        Splines.checkCircular("CircularSpline", bins);
    }

    /** With this many bins. */
    public static CircularSpline of(int bins) {
        return new CircularSpline(bins);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("widths", new double[bins]), Parameter.of("heights", new double[bins]),
                Parameter.of("slopes", new double[bins]), Parameter.of("shift", 0));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        Expr place = place(x);
        SplineAxis horizontal = axis(parameters.get(0));
        Moved m = bin(horizontal, axis(parameters.get(1)), horizontal.bins(place), parameters.get(2)).forward(x, place);
        return new Moved(m.value().plus(parameters.get(3)), m.logSlope());
    }

    @Override
    public Moved inverse(Expr y, List<Expr> parameters) {
        Expr turned = y.minus(parameters.get(3));
        Expr place = place(turned);
        SplineAxis vertical = axis(parameters.get(1));
        return bin(axis(parameters.get(0)), vertical, vertical.bins(place), parameters.get(2)).inverse(turned, place);
    }

    /** The angle counted from -pi on, from 0 to a turn. */
    private static Expr place(Expr x) {
        Expr fromStart = x.plus(Math.PI);
        return fromStart.minus(Functions.floor(fromStart.div(TURN)).times(TURN)).clamp(0, TURN);
    }

    private SplineAxis axis(Expr logits) {
        return new SplineAxis(logits, TURN, LEAST);
    }

    /** The last bin ends at the slope at which the first begins. */
    private SplineBin bin(SplineAxis horizontal, SplineAxis vertical, SplineBins chosen, Expr ofKnots) {
        Expr ends = Expr.concat(ofKnots.slice(1, bins), ofKnots.slice(0, 1)).reshape(Shape.of(bins, ofKnots.shape().dim(1)));
        SplineSlopes slopes = SplineSlopes.of(LEAST);
        return new SplineBin(horizontal, vertical, chosen, slopes.of(chosen.at(ofKnots)), slopes.of(chosen.at(ends)));
    }

    @Override
    public String toString() {
        return "circular spline, " + bins + " bins";
    }
}

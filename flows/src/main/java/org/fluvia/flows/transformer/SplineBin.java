package org.fluvia.flows.transformer;

import org.fluvia.autodiff.Expr;
import org.fluvia.flows.transformer.Transformer.Moved;

/**
 * The bin of a monotone rational-quadratic spline that each element is in (Gregory and Delbourgo 1982; Durkan et al. 2019, eq. 4-8). With
 * corners (x0, y0) and (x1, y1), width w, height h, slopes d0 and d1 at the corners, s = h / w, x = x0 + w a and y = y0 + h b:
 *
 * <pre>
 * b     = (s a^2 + d0 a (1 - a)) / D,    D = s + (d0 + d1 - 2 s) a (1 - a)
 * dy/dx = s^2 (d1 a^2 + 2 s a (1 - a) + d0 (1 - a)^2) / D^2
 * a     = 2 s b / (2 s b + r - e),       e = d1 b - d0 (1 - b), r^2 = e^2 + 4 s^2 b (1 - b)
 * </pre>
 *
 * <p>The last is the stable root 2 c / (-B - sqrt(B^2 - 4 A c)) of the quadratic equation for a, with its discriminant written as
 * a sum of squares, which rounding cannot make negative. All three are recorded as what they add to a straight line,
 *
 * <pre>
 * b - a = a (1 - a) ((d0 - s) (1 - a) - (d1 - s) a) / D
 * a - b = 2 b (1 - b) ((s - d0) (1 - b) + (d1 - s) b) / (r - e (1 - 2 b) + 4 s b (1 - b))
 * </pre>
 *
 * so that with equal axes and slopes of 1 they are exactly the identity, and its slope exactly 1.
 */
final class SplineBin {
    private final SplineAxis.Segment horizontal;
    private final SplineAxis.Segment vertical;
    /** From the place on the horizontal axis to that on the vertical axis where the bin begins. */
    private final Expr rise;
    private final Expr width;
    private final Expr height;
    private final Expr ratio;
    private final Expr left;
    private final Expr right;

    /**
     * The bin.
     *
     * @param bins which it is
     * @param left the slope at its beginning
     * @param right the slope at its end
     */
    SplineBin(SplineAxis horizontal, SplineAxis vertical, SplineBins bins, Expr left, Expr right) {
        this.horizontal = horizontal.segment(bins);
        this.vertical = vertical.segment(bins);
        this.rise = this.vertical.begin().minus(this.horizontal.begin());
        this.width = this.horizontal.size();
        this.height = this.vertical.size();
        this.ratio = height.div(width);
        this.left = left;
        this.right = right;
    }

    /** x, and what the spline adds to it at a place, counted from the beginning of the horizontal axis. */
    Moved forward(Expr x, Expr place) {
        Expr a = horizontal.within(place);
        Expr rest = complement(a);
        Expr both = a.times(rest);
        Expr bend = left.minus(ratio).times(rest).minus(right.minus(ratio).times(a));
        Expr added = rise.plus(height.minus(width).times(a)).plus(height.times(both).times(bend).div(denominator(both)));
        return new Moved(x.plus(added), logSlope(a, rest, both));
    }

    /** y, and what the inverse adds to it at a place, counted from the beginning of the vertical axis. */
    Moved inverse(Expr y, Expr place) {
        Expr b = vertical.within(place);
        Expr rest = complement(b);
        Expr both = b.times(rest);
        Expr e = right.times(b).minus(left.times(rest));
        Expr r = e.square().plus(ratio.square().times(both).times(4)).sqrt();
        Expr bend = ratio.minus(left).times(rest).plus(right.minus(ratio).times(b));
        Expr below = both.times(bend).times(2).div(r.minus(e.times(rest.minus(b))).plus(ratio.times(both).times(4)));
        Expr added = width.times(below).minus(height.minus(width).times(b)).minus(rise);
        Expr a = b.plus(below);
        Expr restOfA = complement(a);
        return new Moved(y.plus(added), logSlope(a, restOfA, a.times(restOfA)).unaryMinus());
    }

    private static Expr complement(Expr a) {
        return a.unaryMinus().plus(1);
    }

    private Expr denominator(Expr both) {
        return ratio.plus(left.plus(right).minus(ratio.times(2)).times(both));
    }

    /** The least of the three slopes is taken out of their mean, whose weights add up to 1: it is exactly 1 where all are, and no digits are lost. */
    private Expr logSlope(Expr a, Expr rest, Expr both) {
        Expr least = left.min(right).min(ratio).stopGradient();
        Expr mean = least.plus(right.minus(least).times(a.square())).plus(ratio.minus(least).times(both).times(2))
                .plus(left.minus(least).times(rest.square()));
        return mean.times(ratio.div(denominator(both)).square()).log();
    }
}

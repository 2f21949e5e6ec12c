package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;

/**
 * y = x exp(d x^2 / 2), with a weight d of its own on either side of zero: of a standard normal x it makes tails like those of a
 * Student t with 1 / d degrees of freedom, P(|y| > t) ~ t^(-1 / d), which no chain of affine maps, splines or other maps of bounded slope
 * can (Jaini et al. 2020, theorem 3). It is the heavy-tailed Lambert W transform of Goerg 2015, eq. 10, with two tails as there in section
 * 2.3, and does what the tail transform of Hickling and Prangle 2024 does, but starts as exactly the identity. Where d &lt; 0 it is the
 * inverse of the map with -d, which makes tails lighter: so the identity, d = 0, is not at the end of a range, and learning may start there.
 *
 * <p>d = c tanh(number / c) with c = 2. log dy/dx = h + log(1 + 2 h), h = d x^2 / 2; the inverse is y exp(-h) with h = W(d y^2) / 2, where W is
 * Lambert's function, a closed form here by two steps of fourth order from a start that is off by less than a hundredth.
 * A flow has heavy tails with it as the last layer, not with a heavy-tailed base and layers of bounded slope alone (Hickling and Prangle).
 *
 * <p>Numerics: an exponent h is cut at 200, from where on the map is a line, and beyond |x| = 1e60 its slope is 1: finite values and
 * derivatives for |x| to 1e300, and as many inverses. Derivatives of W are first derivatives; so are those of the map where it
 * takes W: the inverse where d > 0, forward where d &lt; 0.
 */
public record TailTransform() implements Transformer {
    private static final TailTransform ONLY = new TailTransform();
    private static final double LARGEST_WEIGHT = 2;
    private static final double LARGEST = 1e60;
    private static final double LARGEST_EXPONENT = 200;
    /** As W of it is equal to it, and no derivative of anything with it is anything but that at zero. */
    private static final double TINY = 1e-300;

    /** There is one. */
    public static TailTransform of() {
        return ONLY;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("left tail", 0), Parameter.of("right tail", 0));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        return map(x, weight(x, parameters));
    }

    @Override
    public Moved inverse(Expr y, List<Expr> parameters) {
        return map(y, weight(y, parameters).unaryMinus());
    }

    /** Of the side that x is on; so is what it is mapped to. */
    private static Expr weight(Expr x, List<Expr> parameters) {
        return Hyperbolic.softClip(Expr.where(x.lt(0), parameters.get(0), parameters.get(1)), LARGEST_WEIGHT);
    }

    private static Moved map(Expr x, Expr d) {
        Expr lighter = d.lt(0);
        Expr heavy = d.max(0);
        Expr light = d.min(0).unaryMinus();
        // up to where it is as it should be: the image of the largest where it is an inverse
        Expr end = light.times(LARGEST * LARGEST / 2).min(LARGEST_EXPONENT).exp().times(LARGEST);
        Expr within = x.max(end.unaryMinus()).min(end);
        Expr square = within.square();
        Expr whole = Expr.where(lighter, lambertW(light.times(square)), heavy.times(square)).times(0.5);
        Expr h = whole.min(LARGEST_EXPONENT);
        Expr logSlope = h.plus(Expr.where(whole.lt(LARGEST_EXPONENT), h.times(2).log1p(), Expr.of(0)));
        Expr value = within.times(Expr.where(lighter, h.unaryMinus(), h).exp()).plus(x.minus(within));
        return new Moved(value, Expr.where(within.eq(x), Expr.where(lighter, logSlope.unaryMinus(), logSlope), Expr.of(0)));
    }

    /** The w with w exp(w) = v, v >= 0. */
    private static Expr lambertW(Expr v) {
        Expr fixed = v.max(TINY).stopGradient();
        Expr l = fixed.log1p();
        // Iacono and Boyd 2017, eq. 15, and twice the iteration of Fritsch et al. 1973
        Expr w = l.times(Expr.of(1).minus(l.log1p().div(l.plus(2))));
        for (int i = 0; i < 2; i++) {
            Expr z = fixed.div(w).log().minus(w);
            Expr next = w.plus(1);
            Expr q = next.times(2).times(next.plus(z.times(2.0 / 3)));
            w = w.times(z.div(next).times(q.minus(z).div(q.minus(z.times(2)))).plus(1));
        }
        Expr value = w.stopGradient();
        Expr slope = value.unaryMinus().exp().div(value.plus(1));
        return value.withDerivativeOf(value.plus(slope.times(v.minus(fixed))));
    }

    @Override
    public String toString() {
        return "tail transform";
    }
}

package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;

/**
 * y = c asinh(x / c): nearly the identity far within c and logarithmic beyond, smoothly, where {@link Loft} has a corner in its slope.
 * log dy/dx = -log(1 + (x / c)^2) / 2. It maps the line onto itself, unlike c tanh(x / c) and its like, of which nothing beyond c is
 * an image. No parameters. Not the identity, y = x - x^3 / (6 c^2) + ..., and neither is a flow with it at the start; {@link SinhArcsinh}
 * learns how much to hold back.
 *
 * <p>Numerics: the inverse is a hyperbolic sine, which beyond |y| = 690 c stays where it is there.
 *
 * @param scale c, from 1e-8 to 1e8
 */
public record SoftClamp(double scale) implements Transformer {
    private static final double MOST = 690;

    public SoftClamp {
        if (!(scale >= 1e-8 && scale <= 1e8)) {
            throw new IllegalArgumentException("SoftClamp: scale must be from 1e-8 to 1e8, but was " + scale);
        }
    }

    /** With this scale. */
    public static SoftClamp of(double scale) {
        return new SoftClamp(scale);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        Expr a = Hyperbolic.asinh(x.div(scale));
        return new Moved(a.times(scale), logCosh(a).unaryMinus());
    }

    @Override
    public Moved inverse(Expr y, List<Expr> parameters) {
        Expr a = y.div(scale).clamp(-MOST, MOST);
        return new Moved(Hyperbolic.sinh(a).times(scale), logCosh(a));
    }

    private static Expr logCosh(Expr a) {
        return Hyperbolic.logCosh(a).minus(Hyperbolic.LOG_TWO);
    }

    @Override
    public String toString() {
        return "soft clamp at " + scale;
    }
}

package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;
import org.jspecify.annotations.Nullable;

/**
 * y = sinh(exp(w) asinh(x) + skew): skew moves mass to one side, w &gt; 0 makes tails heavier (the
 * sinh-arcsinh distributions of Jones and Pewsey 2009, with 1 / delta = exp(w)).
 * log dy/dx = w + log cosh(asinh(y)) - log cosh(asinh(x)).
 *
 * <p>The exponent exp(w) of a network that is far off may overflow; {@link #bounded} holds it within bounds.
 *
 * <p>With skew and w zero exactly the identity (but -0.0 becomes 0.0). Numerics: values whose size is beyond 4e307
 * stay there; tails grow as |x| to the power exp(w), so that is soon reached from 1e300.
 *
 * @param bound c, positive and finite; null without one
 */
public record SinhArcsinh(@Nullable Double bound) implements Transformer {
    private static final SinhArcsinh UNBOUNDED = new SinhArcsinh(null);

    public SinhArcsinh {
        if (bound != null) Dimensions.bound("SinhArcsinh", "bound", bound);
    }

    /** With any skew and tails: where free weights give them. */
    public static SinhArcsinh of() {
        return UNBOUNDED;
    }

    /** With skew and log tails between -c and c, where a network gives them: c tanh(number / c), as in {@link Affine}. */
    public static SinhArcsinh bounded(double bound) {
        return new SinhArcsinh(bound);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("skew", 0), Parameter.of("log tail", 0));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        Expr skew = bounded(parameters.get(0));
        Expr logTail = bounded(parameters.get(1));
        Expr a = Hyperbolic.asinh(x);
        return map(x, a, a.times(logTail.exp()).plus(skew), logTail);
    }

    @Override
    public Moved inverse(Expr y, List<Expr> parameters) {
        Expr skew = bounded(parameters.get(0));
        Expr logTail = bounded(parameters.get(1));
        Expr a = Hyperbolic.asinh(y);
        return map(y, a, a.minus(skew).div(logTail.exp()), logTail.unaryMinus());
    }

    private Expr bounded(Expr given) {
        return bound == null ? given : Hyperbolic.softClip(given, bound);
    }

    /** From asinh(x) = a to sinh(b), where log db/da is given. */
    private static Moved map(Expr x, Expr a, Expr b, Expr logSlope) {
        Expr exact = Hyperbolic.sinh(b);
        Expr value = Expr.where(b.eq(a), x, exact).withDerivativeOf(exact);
        return new Moved(value, logSlope.plus(Hyperbolic.logCosh(b).minus(Hyperbolic.logCosh(a))));
    }

    @Override
    public String toString() {
        return bound == null ? "sinh-arcsinh" : "sinh-arcsinh, within +-" + bound;
    }
}

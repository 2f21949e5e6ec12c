package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;
import org.jspecify.annotations.Nullable;

/**
 * y = exp(s) x + shift, with log dy/dx = s: s is the log scale r that is given, or c tanh(r / c) where it is bounded by c.
 *
 * <p>A bound keeps a map from stretching or shrinking by more than exp(c) whatever gives it its parameters: forward, inverse and
 * derivatives are finite for |x| to 1e300. It is the same both ways, because a flow is used both ways. Without one they are
 * finite wherever exp(s) x + shift is.
 *
 * @param logScaleBound c, positive and finite; null without one
 */
public record Affine(@Nullable Double logScaleBound) implements Transformer {
    private static final Affine UNBOUNDED = new Affine(null);

    public Affine {
        if (logScaleBound != null) Dimensions.bound("Affine", "logScaleBound", logScaleBound);
    }

    /** With any scale: where free weights give it. */
    public static Affine unbounded() {
        return UNBOUNDED;
    }

    /** With log scales between -c and c, where a network gives them. */
    public static Affine bounded(double logScaleBound) {
        return new Affine(logScaleBound);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("shift", 0), Parameter.of("log scale", 0));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        Expr s = logScale(parameters);
        return new Moved(x.times(s.exp()).plus(parameters.get(0)), s);
    }

    @Override
    public Moved inverse(Expr y, List<Expr> parameters) {
        Expr s = logScale(parameters);
        // by exp(s), not times exp(-s): forward has computed it
        return new Moved(y.minus(parameters.get(0)).div(s.exp()), s.unaryMinus());
    }

    private Expr logScale(List<Expr> parameters) {
        Expr given = parameters.get(1);
        return logScaleBound == null ? given : Hyperbolic.softClip(given, logScaleBound);
    }

    @Override
    public String toString() {
        return logScaleBound == null ? "affine" : "affine, log scale within +-" + logScaleBound;
    }
}

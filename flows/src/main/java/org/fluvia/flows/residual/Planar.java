package org.fluvia.flows.residual;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.transformer.Parameter;

/**
 * y = x + v tanh(w'x + b): space is stretched or shrunk along v beside a hyperplane (Rezende and Mohamed 2015, eq. 10).
 * log |det| = log(1 + w'v (1 - tanh(w'x + b)^2)), eq. 12.
 *
 * <p>The map is invertible if w'v > -1, and so v = u + (m(w'u) - w'u) w / |w|^2 for a free u (appendix A.1), with m(a) = a where that is not
 * negative and expm1(c tanh(a / c)) below, c = 7. The paper's m(a) = -1 + log(1 + exp(a)) is not 0 at 0; with this one u = 0, where u starts,
 * is the identity, and u is v wherever the map is invertible without help. No slope is below exp(-7).
 *
 * <p>Cost: forward O(d). The inverse solves one equation in one unknown for each draw, p + w'v tanh(p) = w'y + b, and then
 * x = y - v tanh(p).
 *
 * <p>Numerics: w'x is a sum; where products of different sign overflow, the result is NaN.
 */
public final class Planar extends Bent {
    /** Below, |w|^2 is taken for this: w'u, and by what v differs from u, are then 0 to rounding. */
    private static final double SMALLEST = 1e-150;

    private final Conditioner conditioner;

    private Planar(int dimension, Conditioner conditioner) {
        super(dimension, bends(conditioner));
        this.conditioner = conditioner;
    }

    private static Bends bends(Conditioner conditioner) {
        List<Expr> parameters = Starts.vectors(conditioner);
        Expr w = parameters.get(0);
        Expr u = parameters.get(1);
        Expr b = parameters.get(2);
        Expr free = w.dot(u);
        Expr slope = Starts.aboveMinusOne(free);
        Expr v = u.plus(w.times(slope.minus(free).div(w.dot(w).max(SMALLEST))));
        return new Bends(x -> w.dot(x).plus(b), h -> v.times(h.get(0)), slope.reshape(Shape.of(1)), slope.reshape(Shape.of(1, 1)));
    }

    /**
     * A map of which w, u and b are weights, or depend on the context. It starts as the identity: w and b are random, u is 0.
     *
     * @param recipe what gives w (d), u (d) and b
     * @param seed of random initial weights
     */
    public static Planar of(int dimension, Conditioner.Recipe recipe, Context context, long seed) {
        int d = Dimensions.positive("Planar", dimension);
        return new Planar(d, Starts.conditioner("Planar", recipe, context, seed, List.of(
                Parameter.of("w", Starts.normal(SplitMix.at(seed, 1), d, 1 / Math.sqrt(d))),
                Parameter.of("u", new double[d]),
                Parameter.of("b", Starts.normal(SplitMix.at(seed, 2), 1, 1)))));
    }

    @Override
    public List<Expr> weights() {
        return conditioner.weights();
    }

    @Override
    public String toString() {
        return "Planar(" + dimension() + ")";
    }
}

package org.fluvia.flows.residual;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.transformer.Parameter;

/**
 * y = x + beta (x - c) / (alpha + r) with r = |x - c|: space is stretched or shrunk around a centre c (Rezende and Mohamed 2015, eq. 14).
 * log |det| = (d - 1) log(1 + beta / (alpha + r)) + log(1 + alpha beta / (alpha + r)^2).
 *
 * <p>alpha = exp(k tanh(a / k)) with k = 3, so that a radius is between exp(-3) and exp(3); beta = alpha m(s), where m(s) is s where that is
 * not negative and expm1(7 tanh(s / 7)) below: beta > -alpha, as the map needs to be invertible, no slope is below exp(-7), and s = 0, where
 * s starts, is the identity.
 *
 * <p>Cost: O(d) either way. Of R = |y - c| the radius is the positive root of r^2 + (alpha + beta - R) r - alpha R = 0, and then
 * x = y - beta (y - c) / (alpha + beta + r).
 */
public final class Radial implements Bijection {
    private static final double LOG_RADIUS_BOUND = 3;
    /** Lengths are at least this: the derivative of a length at 0 is taken for 0. */
    private static final double SMALLEST = 1e-150;

    private final int dimension;
    private final Conditioner conditioner;
    private final Expr centre;
    private final Expr alpha;
    private final Expr beta;

    private Radial(int dimension, Conditioner conditioner) {
        this.dimension = dimension;
        this.conditioner = conditioner;
        List<Expr> parameters = Starts.vectors(conditioner);
        centre = parameters.get(0);
        alpha = parameters.get(1).get(0).div(LOG_RADIUS_BOUND).tanh().times(LOG_RADIUS_BOUND).exp();
        beta = alpha.times(Starts.aboveMinusOne(parameters.get(2).get(0)));
    }

    /**
     * A map of which c, a and s are weights, or depend on the context. It starts as the identity: c is random, a and s are 0.
     *
     * @param recipe what gives c (d), a and s
     * @param seed of random initial weights
     */
    public static Radial of(int dimension, Conditioner.Recipe recipe, Context context, long seed) {
        int d = Dimensions.positive("Radial", dimension);
        return new Radial(d, Starts.conditioner("Radial", recipe, context, seed, List.of(
                Parameter.of("centre", Starts.normal(SplitMix.at(seed, 1), d, 1)),
                Parameter.of("log radius", 0),
                Parameter.of("slope", 0))));
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<Expr> weights() {
        return conditioner.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        Expr from = x.minus(centre);
        Expr r = length(from);
        return new Transformed(x.plus(from.times(beta.div(alpha.plus(r)))), logDeterminant(r));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        Expr from = y.minus(centre);
        Expr r = radius(length(from));
        return new Transformed(y.minus(from.times(beta.div(alpha.plus(beta).plus(r)))), logDeterminant(r).unaryMinus());
    }

    /** The r with r + beta r / (alpha + r) = R, all in units of their largest so that no square overflows. */
    private Expr radius(Expr image) {
        Expr unit = image.plus(alpha).plus(beta.abs());
        Expr q = image.minus(alpha).minus(beta).div(unit);
        Expr product = alpha.div(unit).times(image.div(unit)).times(4);
        Expr sum = q.abs().plus(q.square().plus(product).sqrt());
        // the root of a positive sum; where q is negative by Vieta's formula, so that nothing cancels
        return Expr.where(q.lt(0), alpha.times(image.div(unit)).times(2).div(sum), unit.times(sum).times(0.5));
    }

    /** |z|, at least {@link #SMALLEST}^2, without overflow. */
    private static Expr length(Expr z) {
        Expr unit = Functions.max(z.abs()).max(SMALLEST).stopGradient();
        return unit.times(z.div(unit).square().sum().plus(SMALLEST * SMALLEST).sqrt());
    }

    private Expr logDeterminant(Expr r) {
        Expr ratio = beta.div(alpha.plus(r));
        Expr along = ratio.times(alpha.div(alpha.plus(r))).log1p();
        return dimension == 1 ? along : along.plus(ratio.log1p().times(dimension - 1));
    }

    @Override
    public String toString() {
        return "Radial(" + dimension + ")";
    }
}

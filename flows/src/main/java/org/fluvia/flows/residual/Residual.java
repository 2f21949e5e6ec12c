package org.fluvia.flows.residual;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Solve;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;

/**
 * y = x + g(x) with a network g that shortens every distance to k times what it was or less, k &lt; 1, whatever its weights: invertible, as
 * no two points can meet (Behrmann et al. 2019, theorem 1; Chen et al. 2019). Distances are stretched to 1 + k of what they were at most, and
 * shrunk to 1 - k. log |det| = log det(I + dg/dx), exactly.
 *
 * <p>The network's first bias may depend on a context. Its last layer starts as zeros, and the map as the identity.
 *
 * <p>Cost: forward that of the network, and for the log-determinant, with n the smaller of d and the width of the last hidden layer, that
 * of n vectors through the layers between the first matrix and the last, and n^3 / 3: it does not grow with d where hidden layers are
 * narrower. The inverse iterates x = y - g(x) from y on, each time closer by k or better, until steps are below 1e-13 of the largest
 * element.
 */
public final class Residual implements Bijection {
    private static final double TOLERANCE = 1e-13;
    /** How far from y the solution may be, in units of the largest element. */
    private static final double FARTHEST = 1e7;

    private final int dimension;
    private final int mostSteps;
    private final LipschitzNetwork network;

    private Residual(int dimension, double lipschitz, LipschitzNetwork network) {
        this.dimension = dimension;
        this.mostSteps = (int) Math.ceil(StrictMath.log(TOLERANCE / FARTHEST) / StrictMath.log(lipschitz));
        this.network = network;
    }

    /**
     * A map with weights.
     *
     * @param hidden the widths of the network's hidden layers, each at least 1; with none g is linear
     * @param lipschitz k, more than 0 and less than 1
     * @param recipe what gives the first bias
     * @param seed of random initial weights
     */
    public static Residual of(int dimension, List<Integer> hidden, double lipschitz, Conditioner.Recipe recipe, Context context, long seed) {
        int d = Dimensions.positive("Residual", dimension);
        List<Integer> widths = Dimensions.widths("Residual", hidden);
        Dimensions.part("Residual", "lipschitz", lipschitz);
        return new Residual(d, lipschitz, new LipschitzNetwork(d, widths, lipschitz, recipe, context, seed));
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<Expr> weights() {
        return network.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        return new Transformed(x.plus(network.at(x)), network.logDeterminant(x));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        // in units of the draw's largest element, whose rounding the network carries to all
        Expr unit = Functions.max(y.abs()).max(1);
        Expr near = Solve.fixedPoint(y.div(unit), z -> y.minus(network.at(z.times(unit))).div(unit), TOLERANCE, mostSteps).times(unit);
        return inverseKnowing(y, y.minus(network.at(near)));
    }

    /** By the implicit function theorem: a step of Newton's method, which moves nothing, has the derivatives of the solution. */
    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension, y);
        Expr known = x.stopGradient();
        Expr error = y.minus(known).minus(network.at(known));
        Expr solved = known.withDerivativeOf(known.plus(network.solve(known, error)));
        return new Transformed(solved, network.logDeterminant(solved).unaryMinus());
    }

    @Override
    public Cost inverseCost() {
        return Cost.ITERATIVE;
    }

    @Override
    public String toString() {
        return "Residual(" + dimension + ")";
    }
}

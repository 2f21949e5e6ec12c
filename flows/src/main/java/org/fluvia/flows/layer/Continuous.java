package org.fluvia.flows.layer;

import java.util.List;
import java.util.function.BinaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.dynamics.Ode;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.check.Integration;
import org.fluvia.flows.conditioner.Context;

/**
 * y is where x comes to in a unit of time if it moves with the velocity that a network gives for each time and place: z(0) = x,
 * dz/dt = v(t, z), y = z(1) (Chen et al. 2018, section 4; Grathwohl et al. 2019, known as FFJORD).
 * log |det| = the integral of the divergence, the trace of dv/dz, along the way (Chen et al. 2018, theorem 1). The inverse goes the same
 * way back.
 *
 * <p>The network has one or two hidden layers of tanh, of time, place and context. Its divergence is computed exactly, in closed
 * form and at no more than the network's own cost whatever the dimension is, so nothing is estimated; hence no more than two layers.
 *
 * <p>Both directions are solved by the method of Dormand and Prince with error control, for each draw in steps of its own, such that
 * in each step the value and the log-determinant are off by no more than the tolerance, absolute or relative to their size. Round
 * trips, and log-determinants against the other direction's and against the Jacobian, are off by some times that, and by as much more
 * as the map stretches: with a tolerance of 1e-8 by 1e-8 to 1e-7 where it stretches by up to ten. Derivatives are exactly those of the
 * steps taken, whose lengths count as given; there are no second ones.
 *
 * <p>Velocities are bounded by the weights of the last layer, so that values and derivatives are finite up to 1e300: out there a draw
 * only shifts. A draw that would take more steps than it may, which takes weights that bend its way sharply many times over, has NaN and
 * no derivative. With the last layer zero, as it starts, the map is exactly the identity.
 */
public final class Continuous implements Bijection {
    private final int dimension;
    private final Velocity velocity;
    private final Ode solver;

    private Continuous(int dimension, Velocity velocity, Ode solver) {
        this.dimension = dimension;
        this.velocity = velocity;
        this.solver = solver;
    }

    /**
     * The map along a network's velocities.
     *
     * @param hidden the widths of its hidden layers, one or two
     * @param tolerance of the error of a step
     * @param mostSteps that a draw may take
     * @param seed of random initial weights
     */
    public static Continuous of(int dimension, List<Integer> hidden, double tolerance, int mostSteps, Context context, long seed) {
        Dimensions.present("Continuous", "context", context);
        Integration.check("Continuous", hidden, tolerance, mostSteps);
        return new Continuous(Dimensions.positive("Continuous", dimension), new Velocity(dimension, hidden, context, seed),
                Ode.rk45().tolerances(tolerance, tolerance).maxSteps(mostSteps));
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<Expr> weights() {
        return velocity.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        return move(x, velocity::withDivergence);
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        return move(y, (t, z) -> velocity.withDivergence(Expr.of(1).minus(t), z).unaryMinus());
    }

    private Transformed move(Expr from, BinaryOperator<Expr> rates) {
        Expr end = solver.end((t, z) -> rates.apply(t, z.slice(0, dimension)), Expr.concat(from, Expr.of(0)), 0, 1);
        return new Transformed(end.slice(0, dimension), end.get(dimension));
    }

    @Override
    public Cost forwardCost() {
        return Cost.ITERATIVE;
    }

    @Override
    public Cost inverseCost() {
        return Cost.ITERATIVE;
    }

    @Override
    public String toString() {
        return "Continuous(" + dimension + ")";
    }
}

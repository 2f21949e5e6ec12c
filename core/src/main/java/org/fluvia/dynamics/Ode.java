package org.fluvia.dynamics;

import java.util.function.BinaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.ode.OdeSettings;
import org.fluvia.autodiff.ode.Trajectory;

/**
 * Solves ordinary differential equations y' = f(t, y), y(t0) = y0, for each draw, with derivatives by y0 and by everything
 * that f depends on.
 *
 * <pre>{@code
 * // predator and prey: as Stan's ode_rk45(dz_dt, z_init, 0, ts, alpha, beta, gamma, delta)
 * Expr z = Ode.rk45().solve((t, y) -> stack(
 *         alpha.minus(beta.times(y.get(1))).times(y.get(0)),
 *         delta.times(y.get(0)).minus(gamma).times(y.get(1))), zInit, 0, ts);
 * m.observe("y", logNormal(z.log(), sigma));
 * }</pre>
 *
 * <p>f is recorded once, and may use any expression of the model: Stan's further arguments need not be passed. What does not
 * depend on t and y is better computed before. f depends on t and y through expressions only, so where it switches, use
 * {@link Expr#where}; solve piece by piece where it jumps.
 *
 * <p>Each draw has its own steps, chosen so that the estimated error of a step stays below
 * {@code absoluteTolerance + relativeTolerance |y|} in every element, and so that a step ends at every time asked for.
 * Derivatives come from the equations of the sensitivities by y0 and by the parameters that f uses, solved together with the
 * solution and to the same tolerances, as Stan does. There are no second derivatives.
 *
 * <p>A draw whose solution cannot be found, because the steps run out or it ceases to be finite, has NaN from there on; a
 * model's log-density is then minus infinity, and {@link org.fluvia.model.BoundModel#explain} says why and at which t.
 *
 * <p>Immutable; every method gives a new object.
 */
public final class Ode {
    private static final int MOST_KEPT = 10_000;

    private final OdeSettings settings;

    private Ode(OdeSettings settings) {
        this.settings = settings;
    }

    /**
     * The explicit Runge-Kutta method of Dormand and Prince (1980), of order 5(4): the first choice. Stan's {@code ode_rk45},
     * with its defaults: tolerances 1e-6, at most a million steps from time to time. At equal tolerances it takes Stan's steps,
     * so that log-densities agree to more than the tolerances.
     */
    public static Ode rk45() {
        return new Ode(new OdeSettings(false, 1e-6, 1e-6, 1_000_000));
    }

    /**
     * The Rosenbrock method RODAS of order 4(3) (Hairer and Wanner 1996), L-stable: where fast and slow motions mix, so that
     * {@link #rk45} needs many steps. For Stan's {@code ode_bdf}. Tolerances are 1e-8, at most a million steps from time to
     * time (Stan's are 1e-10 and 10^8). Costs an LU factorisation of f's Jacobian, of size n, for each step and draw.
     */
    public static Ode stiff() {
        return new Ode(new OdeSettings(true, 1e-8, 1e-8, 1_000_000));
    }

    /**
     * The same with other tolerances.
     *
     * @throws IllegalArgumentException if either is not positive and finite
     */
    public Ode tolerances(double relative, double absolute) {
        return new Ode(new OdeSettings(settings.stiff(), relative, absolute, settings.maxSteps()));
    }

    /**
     * The same with another number of steps, from one time to the next, after which a draw is given up.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Ode maxSteps(long steps) {
        return new Ode(new OdeSettings(settings.stiff(), settings.relativeTolerance(), settings.absoluteTolerance(), steps));
    }

    /**
     * The solution at given times, one row a time: (T), then the dimensions of y0.
     *
     * @param f dy/dt, in the shape of y0, from t, a scalar, and y; see {@code Functions.stack} for a vector of scalars
     * @param y0 the state at t0, a scalar, a vector or a matrix
     * @param t0 data
     * @param times data, strictly increasing, none before t0
     * @throws IllegalArgumentException if the times are out of order, or f gives another shape than y0's
     */
    public Expr solve(BinaryOperator<Expr> f, Expr y0, Expr t0, Expr times) {
        return Trajectory.of(f, y0, t0, times, settings);
    }

    /** As {@link #solve(BinaryOperator, Expr, Expr, Expr)}, for a t0 that is a number. */
    public Expr solve(BinaryOperator<Expr> f, Expr y0, double t0, Expr times) {
        return solve(f, y0, Expr.of(t0), times);
    }

    /**
     * The solution at one time, whose derivatives are found by going back over the steps that were taken: their cost does not
     * grow with the number of parameters, so f may be a neural network. They are exactly those of the steps, whose lengths count as
     * given. All states on the way are kept: {@link #maxSteps} times as many values a draw as y0 has; a draw that would take more
     * steps has NaN and no derivative.
     *
     * <pre>{@code
     * Expr end = Ode.rk45().maxSteps(100).end((t, y) -> w2.matmul(w1.matmul(y).plus(b).tanh()), y0, 0, 1);
     * }</pre>
     *
     * @param f dy/dt, in the shape of y0, from t, a scalar, and y
     * @param y0 the state at t0, a scalar, a vector or a matrix
     * @param t1 not before t0
     * @throws IllegalArgumentException if t1 is before t0, f gives another shape than y0's, more than 10,000 steps are allowed, or this
     *     is {@link #stiff}
     */
    public Expr end(BinaryOperator<Expr> f, Expr y0, double t0, double t1) {
        if (settings.stiff()) throw new IllegalArgumentException("ode: end is for Ode.rk45(), not for Ode.stiff()" + Source.suffix());
        if (settings.maxSteps() > MOST_KEPT) {
            throw new IllegalArgumentException("ode: end keeps the states of all steps, of which there may be at most " + MOST_KEPT
                    + ", but maxSteps is " + settings.maxSteps() + Source.suffix());
        }
        return Trajectory.end(f, y0, t0, t1, settings);
    }

    /** The method and its tolerances, for people. */
    @Override
    public String toString() {
        return (settings.stiff() ? "RODAS" : "Dormand-Prince") + ", tolerances " + settings.relativeTolerance() + " relative, "
                + settings.absoluteTolerance() + " absolute, at most " + settings.maxSteps() + " steps";
    }
}

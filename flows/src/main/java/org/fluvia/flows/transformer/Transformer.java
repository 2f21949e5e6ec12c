package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.bijection.Cost;

/**
 * An increasing map of the line onto itself, differentiable almost everywhere, applied to each element of a vector with parameters
 * of its own, which come from a conditioner. Any real parameters are lawful, as a network may give any; numbers whose exponential
 * overflows need not be. What bounds parameters is the transformer's own.
 *
 * <p>Implementations are immutable and thread-safe, are called in {@link Object#toString} as in the table, and record the same
 * operations forward and inverse where they can.
 */
public interface Transformer {
    /** What each element needs, in the order in which it is given; empty if nothing. */
    List<Parameter> parameters();

    /**
     * y = f(x) and log dy/dx.
     *
     * @param x a vector (n)
     * @param parameters one expression for each of {@link #parameters()}, of its {@link Parameter#shape} for n elements
     */
    Moved forward(Expr x, List<Expr> parameters);

    /** x = f^-1(y) and log dx/dy; the arguments are as those of {@link #forward}. */
    Moved inverse(Expr y, List<Expr> parameters);

    /**
     * As {@link #inverse}, where x with f(x) = y is known already: the value is x, its derivatives by y and by the parameters are those
     * of the inverse. No equation is solved for it.
     *
     * @param x a vector (n), whose own derivatives are not used
     */
    default Moved inverseKnowing(Expr y, List<Expr> parameters, Expr x) {
        Moved m = inverse(y, parameters);
        return new Moved(x.withDerivativeOf(m.value()), m.logSlope());
    }

    /** What {@link #inverse} takes; forward is one pass. */
    default Cost inverseCost() {
        return Cost.ONE_PASS;
    }

    /**
     * What a transformer makes of a vector (n).
     *
     * @param value a vector (n)
     * @param logSlope the log of the derivative of each element with respect to what it was made of, a vector (n); shared where it is
     *     the same for all draws, so that layers sum it once and not for each draw
     */
    record Moved(Expr value, Expr logSlope) {}
}

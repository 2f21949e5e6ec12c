package org.fluvia.flows.bijection;

import java.util.List;
import org.fluvia.autodiff.Expr;

/**
 * An invertible map of R^d onto R^d, differentiable almost everywhere, recorded on expressions in either direction.
 *
 * <p>Weights are shared inputs: the map is recorded once and replayed with any weights. Implementations are immutable and
 * thread-safe, and forward and inverse record the same operations on the same operands where they can (a network's
 * output, a scale), so that a program which needs both computes them once.
 */
public interface Bijection {

    /** d, the number of elements of the vectors mapped; at least 1. */
    int dimension();

    /** The shared inputs that training may change, in a fixed order; empty if there are none. */
    List<Expr> weights();

    /**
     * y = f(x) and log |det df/dx|.
     *
     * @param x a vector (d)
     * @throws IllegalArgumentException if x has another shape
     */
    Transformed forward(Expr x);

    /**
     * x = f^-1(y) and log |det df^-1/dy|.
     *
     * @param y a vector (d)
     * @throws IllegalArgumentException if y has another shape
     */
    Transformed inverse(Expr y);

    /**
     * As {@link #inverse}, where x with f(x) = y is known already: the value is x, its derivatives by y and by the weights are those
     * of the inverse. No equation is solved for it. Path gradients use it.
     *
     * @param y a vector (d)
     * @param x a vector (d), whose own derivatives are not used
     */
    default Transformed inverseKnowing(Expr y, Expr x) {
        Transformed t = inverse(y);
        return new Transformed(x.withDerivativeOf(t.value()), t.logAbsDetJacobian());
    }

    /**
     * The bijections within that are set from data, in the order in which a vector meets them; none unless it has some.
     *
     * @param given a vector (d)
     * @param inverse whether it is given to {@link #inverse}, or to {@link #forward}
     */
    default List<Normalising.Met> normalising(Expr given, boolean inverse) {
        return List.of();
    }

    /**
     * The log-density, but for a constant, of weights under a distribution that they are from before anything is known of data: a scalar of
     * shared inputs. Networks have that of their first layer, which weighs what they depend on: Cauchy, around 0, with the
     * scale that it starts with. Elsewhere there is none, and it is 0.
     */
    default Expr logPrior() {
        return Expr.of(0);
    }

    /** What {@link #forward} takes. */
    default Cost forwardCost() {
        return Cost.ONE_PASS;
    }

    /** What {@link #inverse} takes. */
    default Cost inverseCost() {
        return Cost.ONE_PASS;
    }
}

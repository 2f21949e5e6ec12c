package org.fluvia.flows;

import java.util.List;
import org.fluvia.autodiff.Expr;

/**
 * The distribution that a flow begins with, recorded on expressions. Draws of it are made of standard normal noise of its dimension:
 * x = F^-1(Phi(noise)), element by element, makes any distribution of independent elements. Implementations are immutable and
 * thread-safe.
 */
public interface Base {
    /** d, the number of elements of a draw; at least 1. */
    int dimension();

    /** The shared inputs that training may change, in a fixed order; empty if there are none. */
    List<Expr> weights();

    /** A draw (d) of standard normal noise (d), differentiable in both noise and weights. */
    Expr ofNoise(Expr noise);

    /** The log-density in nats at a value (d), a scalar. */
    Expr logDensity(Expr x);

    /** Independent standard normal elements. */
    static Base standardNormal(int dimension) {
        return new StandardNormal(dimension);
    }

    /** Independent angles, uniform on the circle. */
    static Base uniformAngles(int dimension) {
        return new UniformAngles(dimension);
    }

    /**
     * Independent elements with Student's t, each with degrees of freedom that training changes. Its draws are quantiles and solved for;
     * a flow with {@link Flows#heavyTails} last has heavy tails for less.
     *
     * @param df degrees of freedom that each begins with, from 0.6 to 1e5
     */
    static Base studentT(int dimension, double df) {
        return StudentTBase.of(dimension, df);
    }

    /**
     * A mixture of normal distributions with weights, means and scales that training changes, which begin equal, random and 1. Its
     * draws are solved for, element by element.
     *
     * @param components how many, at least 1
     * @param seed of the means
     */
    static Base mixture(int dimension, int components, long seed) {
        return MixtureBase.of(dimension, components, seed);
    }
}

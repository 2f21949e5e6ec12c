package org.fluvia.model;

import org.fluvia.autodiff.Expr;

/**
 * A prior of values that are made of several parameters, such as {@link Horseshoe}. It is used where a distribution is:
 *
 * <pre>{@code
 * Expr beta = m.sample("beta", Horseshoe.of(0.1), 20);
 * }</pre>
 */
@FunctionalInterface
public interface CompositePrior {

    /**
     * Declares the parameters, whose names begin with the one given and "_", and returns the values made of them, which will
     * be reported under the name.
     *
     * @param dims the shape of the values
     */
    Expr declare(ModelBuilder m, String name, int... dims);
}

package org.fluvia.model;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distribution;
import org.fluvia.support.Support;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of a value given a draw: that of observed values, of a prediction, or the prior of a parameter. Immutable.
 *
 * @param distribution as it was declared; its parameters belong to the declaration and not to the bound model
 * @param parameters the distribution's parameters, recorded in terms of the model's unconstrained vector; shared where they
 *     are the same for all draws
 * @param shape of the value
 * @param cut the support that the density is cut to without being normalised; null if that is the distribution's own
 */
public record Conditional(Distribution distribution, List<Expr> parameters, Shape shape, @Nullable Support cut) {

    public Conditional {
        parameters = List.copyOf(parameters);
    }

    /**
     * Draws a value, row-major, of the distribution as it is, not cut.
     *
     * @param values the elements of each of {@link #parameters()} at one draw, row-major; not modified
     */
    public double[] sample(RandomGenerator random, List<double[]> values) {
        return distribution.sample(random, shape, values);
    }
}

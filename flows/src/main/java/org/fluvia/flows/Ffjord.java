package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Integration;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.layer.Continuous;

/**
 * A continuous normalizing flow (FFJORD; Grathwohl et al. 2019): draws move for a unit of time with the velocity that a network gives
 * for each time and place. See {@link Continuous}.
 *
 * @param hidden the widths of the network's hidden layers, one or two
 * @param tolerance of the error of each of the solver's steps; round trips and log-determinants are off by up to some hundred times that
 * @param mostSteps that a draw may take; one that would take more has NaN
 */
public record Ffjord(List<Integer> hidden, double tolerance, int mostSteps) implements FlowSpec {
    public Ffjord {
        hidden = Integration.check("Ffjord", hidden, tolerance, mostSteps);
    }

    /** With hidden layers of these widths, one or two. */
    public Ffjord hidden(int... widths) {
        return new Ffjord(Arrays.stream(widths).boxed().toList(), tolerance, mostSteps);
    }

    /** With this tolerance of a step's error. */
    public Ffjord tolerance(double tolerance) {
        return new Ffjord(hidden, tolerance, mostSteps);
    }

    /** With this bound on the number of steps. */
    public Ffjord mostSteps(int steps) {
        return new Ffjord(hidden, tolerance, steps);
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        return Flow.of(Continuous.of(dimension, hidden, tolerance, mostSteps, context, seed));
    }
}

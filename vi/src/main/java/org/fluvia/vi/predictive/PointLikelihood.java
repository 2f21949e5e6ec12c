package org.fluvia.vi.predictive;

import java.util.List;

/**
 * The log-likelihood of one observation at every draw.
 *
 * @param name of the observation, "y[3]"
 * @param observed what was observed: one number, or the elements of a vector or matrix that is one event
 * @param logDensities one for each draw, in nats; -infinity where the observation is impossible. Not to be modified
 */
public record PointLikelihood(String name, List<Double> observed, double[] logDensities) {

    public PointLikelihood {
        observed = List.copyOf(observed);
    }
}

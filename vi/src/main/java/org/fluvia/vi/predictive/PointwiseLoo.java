package org.fluvia.vi.predictive;

import java.util.List;

/**
 * Leave-one-out cross-validation of one observation.
 *
 * @param name of the observation
 * @param observed what was observed
 * @param elpd log predictive density of the observation given all others, nats
 * @param monteCarloError standard error of elpd that comes from the number of draws; says nothing where khat is above 0.7
 * @param effectiveParameters log predictive density given all observations, minus elpd
 * @param khat shape of the tail of the importance ratios for leaving this observation out
 * @param ess effective number of draws when it is left out
 */
public record PointwiseLoo(String name, List<Double> observed, double elpd, double monteCarloError, double effectiveParameters,
                           double khat, double ess) {

    public PointwiseLoo {
        observed = List.copyOf(observed);
    }

    /** -2 elpd, on the scale of a deviance. */
    public double looic() {
        return -2 * elpd;
    }
}

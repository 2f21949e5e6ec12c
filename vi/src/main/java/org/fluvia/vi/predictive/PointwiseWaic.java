package org.fluvia.vi.predictive;

/**
 * The widely applicable information criterion of one observation.
 *
 * @param name of the observation
 * @param elpd logPredictiveDensity - effectiveParameters, nats
 * @param effectiveParameters posterior variance of the log-likelihood
 * @param logPredictiveDensity log of the posterior mean of the likelihood, nats
 */
public record PointwiseWaic(String name, double elpd, double effectiveParameters, double logPredictiveDensity) {}

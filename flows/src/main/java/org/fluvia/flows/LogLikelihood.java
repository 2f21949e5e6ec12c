package org.fluvia.flows;

/**
 * The mean of log q over points that training did not learn from, in nats a point, with its Monte-Carlo error.
 *
 * @param points how many
 */
public record LogLikelihood(double mean, double standardError, int points) {}

package org.fluvia.vi.judge;

/**
 * What draws that training never sees say of an approximation.
 *
 * @param ratios log p - log q of each, but for a constant; not modified
 * @param elbo of them
 * @param value what candidates are compared by: see {@link Elbo#score}
 */
public record Score(double[] ratios, Elbo elbo, double value) {}

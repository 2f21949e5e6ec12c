/**
 * Models that run through time or space: ordinary differential equations, hidden Markov models, covariance functions of
 * Gaussian processes. Recurrences of one's own are {@link org.fluvia.autodiff.Scan}'s.
 */
@org.jspecify.annotations.NullMarked
package org.fluvia.dynamics;

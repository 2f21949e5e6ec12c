package org.fluvia.model;

import org.fluvia.autodiff.Expr;

/**
 * Observed values and their distribution given a draw.
 *
 * @param name that of the variable of the data, or given by {@link Expr#named}; "observed_1", "observed_2", ... for values
 *     without a name, counted among those. Names differ.
 * @param values the data: a shared expression
 * @param distribution how they are distributed given a draw
 * @param logDensity the log-density of each event, in terms of the model's unconstrained vector: the pointwise log-likelihood.
 *     It has the leading axes of the values, without those of an event
 */
public record Observation(String name, Expr values, Conditional distribution, Expr logDensity) {}

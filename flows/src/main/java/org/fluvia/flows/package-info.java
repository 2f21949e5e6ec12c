/**
 * Normalizing flows: the {@link org.fluvia.flows.Flow distributions} that {@link org.fluvia.flows.bijection.Bijection bijections} make
 * of a {@link org.fluvia.flows.Base base}. {@link org.fluvia.flows.Flows} is the catalogue of flows,
 * {@link org.fluvia.flows.Bijections} that of bijections. A layer of a flow is a transformer by a conditioner.
 */
@NullMarked
package org.fluvia.flows;

import org.jspecify.annotations.NullMarked;

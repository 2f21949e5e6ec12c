/**
 * Normalizing flows: {@link org.fluvia.flows.Bijection bijections} recorded on expressions, and the
 * {@link org.fluvia.flows.Flow distributions} they make of the standard normal one. {@link org.fluvia.flows.Flows} is the
 * catalogue.
 */
package org.fluvia.flows;

/**
 * Invertible maps of R^d onto R^d that are not made of a transformer and a conditioner: affine maps, permutations, and what makes
 * maps of maps. A new one is a class here and a row of {@code org.fluvia.flows.Bijections}.
 */
@NullMarked
package org.fluvia.flows.bijection;

import org.jspecify.annotations.NullMarked;

/** Probability distributions: log-densities as expressions, supports, samplers. */
@NullMarked
package org.fluvia.dist;

import org.jspecify.annotations.NullMarked;

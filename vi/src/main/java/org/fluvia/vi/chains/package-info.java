/** Markov chains that make draws of the posterior itself, in an approximation's base space. */
@NullMarked
package org.fluvia.vi.chains;

import org.jspecify.annotations.NullMarked;

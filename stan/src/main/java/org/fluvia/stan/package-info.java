/** Stan programs, read into models: {@link org.fluvia.stan.StanProgram}. */
@NullMarked
package org.fluvia.stan;

import org.jspecify.annotations.NullMarked;

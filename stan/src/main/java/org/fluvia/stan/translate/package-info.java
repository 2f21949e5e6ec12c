/** Writes programs as models in Java. */
@NullMarked
package org.fluvia.stan.translate;

import org.jspecify.annotations.NullMarked;

/** The functions and distributions of Stan, by name. */
@NullMarked
package org.fluvia.stan.library;

import org.jspecify.annotations.NullMarked;
